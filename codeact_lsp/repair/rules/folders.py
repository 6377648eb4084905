"""A folder that is not there yet where something is written, or that is there already.

Answers FileNotFoundError and FileExistsError.

    os.mkdir(folder)         ->  os.makedirs(folder, exist_ok=True)
    folder.mkdir()           ->  folder.mkdir(parents=True, exist_ok=True)
    open(path, "w")          ->  Path(path).parent.mkdir(parents=True, exist_ok=True) before it
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, line_before, operand, together

_MADE = "parent.mkdir(parents=True, exist_ok=True)"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To make it first, or to bear that it is there."""
    for call in scene.inside(ast.Call):
        match call.func:
            case ast.Attribute(value=ast.Name("os"), attr="mkdir" | "makedirs") if call.args:
                text = f"os.makedirs({scene.text(call.args[0])}, exist_ok=True)"
                yield instead(scene, call, text, SURE)
            case ast.Attribute(attr="mkdir"):
                text = f"{scene.text(call.func)}(parents=True, exist_ok=True)"
                yield instead(scene, call, text, SURE)
            case ast.Name("open") if call.args and _writes(call):
                yield _made_first(scene, call, f"Path({scene.text(call.args[0])})")
            case ast.Attribute(value=owner, attr="write_text" | "write_bytes"):
                yield _made_first(scene, call, operand(scene, owner))
            case ast.Attribute(value=owner, attr="open") if _writes(call):
                yield _made_first(scene, call, operand(scene, owner))
            case _:
                pass


def _made_first(scene: Scene, call: ast.Call, path: str) -> Candidate:
    statement = next(scene.around(call, ast.stmt))
    line = line_before(scene, statement, f"{path}.{_MADE}")
    imports = importing(scene, "from pathlib import Path", "Path") if "Path(" in path else []
    return Candidate("Make its folder first", together(scene, line, *imports), SURE)


def _writes(call: ast.Call) -> bool:
    modes = [*call.args, *(word.value for word in call.keywords if word.arg == "mode")]
    texts = [str(mode.value) for mode in modes if isinstance(mode, ast.Constant)]
    return any(
        text in {f"{how}{kind}" for how in "wax" for kind in ("", "b", "t")} for text in texts
    )


RULE = rule("folders", "FileNotFoundError FileExistsError", candidates)

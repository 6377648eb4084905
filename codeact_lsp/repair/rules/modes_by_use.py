"""A file that is opened to be read, or to be made, where what is done with it tells otherwise.

Answers FileNotFoundError and FileExistsError. What a file of the mode that is proposed would lose,
nobody has: it is not there. Only where it is there, that is for a person to decide.

    open(path), then written, of no file      ->  open(path, "w")
    open(path, "r+"), then written, of none   ->  open(path, "w")
    open(path, "r+"), then read and written   ->  open(path, "w+")
    open(log, "r+"), then written, of none    ->  open(log, "a")
    open(path, "x"), of one that is there     ->  open(path, "w"), or open(path, "a")
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, quoted

_WRITING = frozenset({"write", "writelines", "truncate"})
_READING = frozenset({"read", "readline", "readlines", "readinto"})
# What is given a file, and writes to it or reads it.
_WRITERS = frozenset({"writer", "DictWriter", "dump", "safe_dump", "to_csv", "to_json", "save"})
_READERS = frozenset(
    {"reader", "DictReader", "load", "safe_load", "read_csv", "read_json", "list", "enumerate"}
)
_ADDED_TO = re.compile(r"(?i)append|log|history|record|journal")
_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The mode for what is done."""
    for call in scene.calls():
        if called(call) != "open":
            continue
        mode = _mode(call)
        if scene.error.type == "FileExistsError" and "x" in mode:
            yield from _in_mode(scene, call, mode, ("w", POSSIBLE + _MARGIN), ("a", POSSIBLE))
        elif scene.error.type == "FileNotFoundError" and not set(mode) & set("wax"):
            yield from _to_be_made(scene, call, mode)


def _to_be_made(scene: Scene, call: ast.Call, mode: str) -> Iterator[Candidate]:
    name = _handle(scene, call)
    uses = set(_uses(scene, name or scene.text(call)))
    if uses == {"w"}:
        function = getattr(scene.body, "name", "")
        is_more = bool(_ADDED_TO.search(f"{function} {scene.text(call)}"))
        first, second = ("a", "w") if is_more else ("w", "a")
        yield from _in_mode(scene, call, mode.replace("+", ""), (first, SURE))
        yield from _in_mode(scene, call, mode.replace("+", ""), (second, POSSIBLE))
    elif uses and "+" in mode:
        yield from _in_mode(scene, call, mode, ("w", POSSIBLE + _MARGIN))


def _mode(call: ast.Call) -> str:
    match _written(call):
        case ast.Constant(value=str(mode)):
            return mode
        case _:
            return ""


def _written(call: ast.Call) -> ast.expr | None:
    named = [word.value for word in call.keywords if word.arg == "mode"]
    at = 0 if isinstance(call.func, ast.Attribute) and not _of_module(call.func) else 1
    return next(iter([*named, *call.args[at : at + 1]]), None)


def _of_module(function: ast.Attribute) -> bool:
    return ast.unparse(function.value) in {"io", "gzip", "bz2", "lzma", "codecs"}


def _in_mode(
    scene: Scene, call: ast.Call, mode: str, *meant: tuple[str, float]
) -> Iterator[Candidate]:
    """With another first letter, and the rest as it is."""
    written = _written(call)
    for letter, likely in meant:
        new = letter + re.sub("[rwax]", "", mode)
        if isinstance(written, ast.Constant):
            yield instead(scene, written, quoted(scene, written, new), likely)
        elif written is None:
            text = call_of(scene, call, [*arguments(scene, call), f'"{new}"'])
            yield instead(scene, call, text, likely)


def _handle(scene: Scene, call: ast.Call) -> str | None:
    """What the file is called in the function; nothing if it is used where it is opened."""
    match scene.parents.get(call):
        case ast.withitem(optional_vars=ast.Name(id=name)):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return None


def _uses(scene: Scene, name: str) -> Iterator[str]:
    """Whether the function writes to it, and whether it reads it."""
    for node in scene.nearby(ast.Call):
        given = [scene.text(each) for each in node.args]
        words = {word.arg: scene.text(word.value) for word in node.keywords}
        match node.func:
            case ast.Attribute(value=owner, attr=attr) if scene.text(owner) == name:
                yield from "w" * (attr in _WRITING) + "r" * (attr in _READING)
            case _ if words.get("file") == name:
                yield "w"
            case _ if name in given:
                yield from "w" * (called(node) in _WRITERS) + "r" * (called(node) in _READERS)
            case _:
                pass
    for loop in scene.loops:
        if scene.text(loop.iter) == name:
            yield "r"


RULE = rule("modes-by-use", "FileNotFoundError FileExistsError", candidates)

"""Numbers that are written as such, and added to a text of digits.

Answers TypeError. One after the other would fail: all that are added to that text are mended at
once.

    bits = ""; bits += 0; bits += 1   ->  bits += "0"; bits += "1"
    code = "A"; code = code + 1       ->  code = code + "1"
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, in_places, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import replaced, together

_TO_TEXT = r"can only concatenate str \(not \"(?:int|float)\"\) to str"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The digits in quotes, wherever the function adds them to the same text."""
    if not scene.said(_TO_TEXT):
        return
    texts = {text for node in scene.inside(ast.expr) for text, _ in _added(node)}
    texts |= {text for text, _ in _added(scene.statement)}
    found = [
        number for node in ast.walk(scene.body) for text, number in _added(node) if text in texts
    ]
    if found:
        edits = (replaced(scene, each, f'"{scene.text(each)}"') for each in found)
        title = f"Write digits for numbers{in_places(len(found))}"
        yield Candidate(title, together(scene, *edits), LIKELY)


def _added(node: ast.AST | None) -> Iterator[tuple[str, ast.Constant]]:
    """A number that is written out, and the name of what it is added to."""
    match node:
        case (
            ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=ast.Constant() as number)
            | ast.BinOp(left=ast.Name(id=name), op=ast.Add(), right=ast.Constant() as number)
        ) if isinstance(number.value, int | float):
            yield name, number
        case _:
            pass


RULE = rule("written-digits", "TypeError", candidates)

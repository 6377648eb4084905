"""A number that is looked into as if it were a text or a list.

Answers TypeError. Where its digits are meant it is to be made a text first, once for all that is
done with it; else one position too many is given.

    text = number; text[::-1]     ->  text = str(number)
    number[-2:]                   ->  str(number)[-2:]
    for price in prices: price[0] ->  price
    grid[row][0], of one row      ->  grid[row]
    uuid4()[:8]                   ->  str(uuid4())[:8]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_NUMBER = r"'(?:int|float|(?:numpy\\.)?(?:int|float)64)' object is not subscriptable"
# What is no number either, and has a form in which it is written.
_WRITTEN = (
    r"'(?:[\w.]+\.)?(?:UUID|Decimal|Fraction|date|datetime|time|Timestamp|PosixPath|WindowsPath)' "
    r"object is not subscriptable"
)
_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Its digits, or itself."""
    match scene.failed:
        case ast.Subscript(value=owner, slice=index, ctx=ast.Load()) as item:
            pass
        case _:
            return
    if scene.said(_WRITTEN):
        yield instead(scene, owner, f"str({scene.text(owner)})", LIKELY)
    if not scene.said(_NUMBER):
        return
    is_part = isinstance(index, ast.Slice)
    for value in _made(scene, owner):
        likely = LIKELY - _MARGIN if is_part else POSSIBLE - _MARGIN
        yield instead(scene, value, f"str({scene.text(value)})", likely)
    likely = POSSIBLE + 2 * _MARGIN if is_part else POSSIBLE - 2 * _MARGIN
    if ast.unparse(owner) in {ast.unparse(node) for node in ast.walk(index)}:
        likely = GUESS  # It is a position, and stands where something else is meant.
    yield instead(scene, owner, f"str({scene.text(owner)})", likely)
    if not is_part:
        yield instead(scene, item, scene.text(owner), POSSIBLE)


def _made(scene: Scene, owner: ast.expr) -> Iterator[ast.expr]:
    """The other variable whose value a variable was given."""
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name() as target], value=ast.Name() as value):
                if ast.unparse(target) == ast.unparse(owner):
                    yield value
            case _:
                pass


RULE = rule("digits", "TypeError", candidates)

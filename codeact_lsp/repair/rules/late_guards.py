"""A condition that keeps a place within its bounds, and is late by one or asks the opposite.

Answers IndexError. The condition was written to keep the place in: it is what has to be mended, and
neither the place nor one more condition.

    if i >= len(rows) + 1: return; rows[i]     ->  if i >= len(rows): return
    if i == n or rows[i + 1] > 0, of n rows    ->  if i == n - 1 or rows[i + 1] > 0
    while i < n: rows[i + 1]                   ->  while i < n - 1
    rows[0] if len(rows) > 3 else rows[-3]     ->  rows[0] if len(rows) < 3 else rows[-3]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, replaced

_MARGIN = 0.05
_OPPOSITES = {ast.Lt: ">", ast.LtE: ">=", ast.Gt: "<", ast.GtE: "<="}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The condition, as it would have kept the place in."""
    for item in scene.inside(ast.Subscript):
        match item.slice:
            case ast.Name(id=place):
                yield from _late(scene, item, place)
            case ast.BinOp(
                left=ast.Name(id=place), op=ast.Add(), right=ast.Constant(value=int(more))
            ):
                yield from _too_far(scene, item, place, more)
            case ast.Constant(value=int(least)) if least > 0:
                yield from _turned(scene, least + 1, least)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(least))):
                yield from _turned(scene, least)
            case _:
                pass


def _late(scene: Scene, item: ast.Subscript, place: str) -> Iterator[Candidate]:
    """What lets the length itself pass."""
    for test in _tests(scene, place):
        match test.ops[0], test.comparators[0]:
            case ast.GtE(), ast.BinOp(left=end, op=ast.Add(), right=ast.Constant(value=1)):
                yield instead(scene, test, f"{place} >= {scene.text(end)}", SURE)
            case ast.Gt(), end if _is_length(scene, item, end):
                yield instead(scene, test, f"{place} >= {scene.text(end)}", SURE)
            case ast.Gt(), ast.Name() as end:
                yield instead(scene, test, f"{place} >= {scene.text(end)}", POSSIBLE)
            case _:
                pass


def _too_far(scene: Scene, item: ast.Subscript, place: str, more: int) -> Iterator[Candidate]:
    """What asks of a place whether it is there, where one behind it is looked at."""
    for test in _tests(scene, place):
        end = test.comparators[0]
        if not _is_length(scene, item, end):
            continue
        text = f"{scene.text(end)} - {more}"
        if isinstance(test.ops[0], ast.Eq | ast.NotEq):
            yield Candidate(f"Write '{text}'", replaced(scene, end, text), SURE)
        elif isinstance(test.ops[0], ast.Lt) and isinstance(scene.parents.get(test), ast.While):
            yield Candidate(f"Write '{text}'", replaced(scene, end, text), LIKELY)


def _turned(scene: Scene, *least: int) -> Iterator[Candidate]:
    """Which length is asked for before an item at a fixed place is looked up."""
    inner = scene.around(scene.first, ast.IfExp)
    tests = [*(each.test for each in inner), *(e.test for e in scene.around(scene.first, ast.If))]
    for test in tests:
        match test:
            case ast.Compare(
                left=ast.Call(func=ast.Name("len")) as length,
                ops=[op],
                comparators=[ast.Constant(value=int(asked)) as number],
            ) if asked in least and type(op) in _OPPOSITES:
                sign = _OPPOSITES[type(op)]
                text = f"{scene.text(length)} {sign} {scene.text(number)}"
                edit = replaced(scene, test, text)
                yield Candidate(f"Write '{text}'", edit, LIKELY - _MARGIN)
            case _:
                pass


def _tests(scene: Scene, place: str) -> Iterator[ast.Compare]:
    """What the function asks of a place."""
    for test in scene.nearby(ast.Compare):
        if ast.unparse(test.left) == place and len(test.ops) == 1:
            yield test


def _is_length(scene: Scene, item: ast.Subscript, end: ast.expr) -> bool:
    """Whether it is how many items there are: as it stands, or as a name that was set to it."""
    length = f"len({ast.unparse(item.value)})"
    named = {
        ast.unparse(target) for each in scene.nearby(ast.Assign) for target in each.targets
        if ast.unparse(each.value) == length
    }  # fmt: skip
    return ast.unparse(end) in {length, *named}


RULE = rule("late-guards", "IndexError", candidates)

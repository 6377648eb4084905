"""A number that is asked whether it holds something, where the two are to be compared.

Answers TypeError. Which type cannot hold anything is said by Python.

    if port in default:       ->  if port == default:, of two numbers
    if port not in default:   ->  if port != default:
    if rows in 3:             ->  if 3 in rows:
    if place in len(rows):    ->  if place in range(len(rows)):
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.loops import is_length
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand, replaced, shown

_SAID = r"argument of type '(?:int|float|bool|complex|Decimal)' is not"
_NUMBERS = frozenset({"int", "float", "bool", "complex", "Decimal"})
_HOLDING = frozenset(
    {"list", "tuple", "set", "frozenset", "dict", "deque", "defaultdict", "Counter"}
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To compare the two, or to ask the other one."""
    for asked in scene.inside(ast.Compare) if scene.said(_SAID) else ():
        match asked:
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as op], comparators=[right]):
                yield from _meant(scene, asked, (left, right), op)
            case _:
                pass


def _meant(
    scene: Scene, asked: ast.Compare, sides: tuple[ast.expr, ast.expr], op: ast.cmpop
) -> Iterator[Candidate]:
    (left, right), is_in = sides, isinstance(op, ast.In)
    one, other = operand(scene, left), operand(scene, right)
    kind = scene.kind(left)
    if kind in _HOLDING:
        yield _as(scene, asked, f"{other} {'in' if is_in else 'not in'} {one}", SURE)
        return
    likely = SURE if kind in _NUMBERS else LIKELY
    if is_length(right):
        yield instead(scene, right, f"range({scene.text(right)})", SURE)
        likely = POSSIBLE
    yield _as(scene, asked, f"{one} {'==' if is_in else '!='} {other}", likely)


def _as(scene: Scene, asked: ast.Compare, text: str, likely: float) -> Candidate:
    """Another comparison, which binds as the one that was there: it needs no brackets."""
    return Candidate(f"Write '{shown(text)}'", replaced(scene, asked, text), likely)


RULE = rule("compared-as-held", "TypeError", candidates)

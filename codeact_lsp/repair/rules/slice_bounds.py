"""A bound of a slice that is no whole number.

Answers TypeError about slices: what is as long as the cut was meant, or a number in a text.

    text[mark:]              ->  text[len(mark):], of a text, a list or what else has a length
    rows[:most], most = "3"  ->  rows[:int(most)]
    rows[: len(rows) / 2]    ->  rows[: len(rows) // 2]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_LONG = frozenset({"str", "bytes", "list", "tuple", "dict", "set", "deque"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The whole number that each bound may stand for."""
    slices = scene.inside(ast.Slice) if scene.said("slice indices must be integers") else ()
    for bounds in slices:
        for bound in filter(None, (bounds.lower, bounds.upper, bounds.step)):
            yield from _meant(scene, bound)


def _meant(scene: Scene, bound: ast.expr) -> Iterator[Candidate]:
    kind, seen = scene.kind(bound), scene.literal(bound)
    if isinstance(seen, str) and seen.strip().isdecimal():
        yield instead(scene, bound, f"int({scene.text(bound)})", LIKELY)
    elif kind in _LONG and not isinstance(bound, ast.Constant):
        yield instead(scene, bound, f"len({scene.text(bound)})", LIKELY)
    match bound:
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            text = f"{scene.text(left)} // {scene.text(right)}"
            yield instead(scene, bound, text, SURE)
        case _:
            return


RULE = rule("slice-bounds", "TypeError", candidates)

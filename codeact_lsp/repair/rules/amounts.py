"""A list that is compared or counted with, where what it amounts to is meant.

Answers TypeError. That its length is meant is as likely; for that there is another rule.

    values / 2               ->  sum(values) / 2
    if scores > best:        ->  if max(scores) > best:
    total += row             ->  total += sum(row)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_MANY = frozenset({"list", "tuple", "set", "frozenset", "deque", "dict_values"})
_NUMBERS = frozenset({"int", "float", "Decimal", "Fraction"})
_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The sum of all, or the largest of them."""
    ways: tuple[str, ...] = ("sum",)
    match scene.failed:
        case ast.Compare(left=left, comparators=[right]) as node:
            ways = ("max", "sum") if isinstance(node.ops[0], ast.Gt | ast.GtE) else ("sum", "max")
        case (
            ast.BinOp(left=left, right=right)
            | ast.AugAssign(target=ast.expr() as left, value=right)
        ):
            pass
        case _:
            return
    for many, number in ((left, right), (right, left)):
        is_written = isinstance(many, ast.List | ast.Tuple | ast.Set)
        if scene.kind(many) in _MANY and scene.kind(number) in _NUMBERS and not is_written:
            for rank, way in enumerate(ways):
                likely = POSSIBLE - _MARGIN * (rank + 1)
                if not (isinstance(scene.failed, ast.AugAssign) and many is left):
                    yield instead(scene, many, f"{way}({scene.text(many)})", likely)


RULE = rule("amounts", "TypeError", candidates)

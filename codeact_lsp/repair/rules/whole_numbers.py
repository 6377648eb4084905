"""A number with a fraction where only a whole one will do, since it was divided by a single slash.

Answers TypeError, ValueError and OverflowError that complain of a float. Looks at the place, and at
what made its values. Places and repetitions are left to `arrays` and `elementwise`.

    columns = size / rows; range(columns)   ->  columns = size // rows
    hours << 11 | seconds / 2               ->  hours << 11 | seconds // 2
    f"{total / count:d}"                    ->  f"{total // count:d}"
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import replaced

_WHOLE_WANTED = (
    r"'float' object cannot be interpreted as an integer|"
    r"unsupported operand type\(s\) for (?:<<|>>|\||&|\^|~).*'float'|"
    r"format code '[bcdoxX]' for object of type 'float'|"
    r"integer argument expected, got float"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each of the divisions that led there, without a remainder."""
    if not scene.said(_WHOLE_WANTED):
        return
    likely = SURE
    for there in places(scene):
        for node in there.inside(ast.BinOp):
            # Of what is divided by one, another operator was meant.
            if isinstance(node.op, ast.Div) and ast.unparse(node.right) != "1":
                yield _whole(there, node, likely)
                likely = LIKELY


def _whole(scene: Scene, node: ast.BinOp, likely: float) -> Candidate:
    text, at = scene.text(node), scene.span(node).start
    head, tail = scene.span(node.left).end - at, scene.span(node.right).start - at
    between = text[head:tail].replace("/", "//", 1)
    edit = replaced(scene, node, f"{text[:head]}{between}{text[tail:]}")
    return Candidate("Write '//' for '/'", edit, likely)


RULE = rule("whole-numbers", "TypeError ValueError OverflowError", candidates)

"""Operators that take hold of other parts than those that were meant.

Answers TypeError, ValueError and AttributeError.

    "*" * len(card) - 4 + end      ->  "*" * (len(card) - 4) + end
    day + delta(1).strftime(f)     ->  (day + delta(1)).strftime(f)
    folder / name + ".txt"         ->  folder / (name + ".txt")
    table.a > 1 & table.b < 2      ->  (table.a > 1) & (table.b < 2)
    line = "%s: %d" % name, count  ->  line = "%s: %d" % (name, count)
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_SIDES = r"unsupported operand|can only concatenate|must be str"
_BITS = r"truth value of a|unsupported operand|Cannot perform '\w+' with|operator .* not supported"
_TOO_FEW = r"not enough arguments for format string"
_OPERATOR = re.compile(r"\s*[-+*/%]+\s*")
_SHORTEST = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The same operators, with brackets where they were meant."""
    if scene.said(_SIDES) and isinstance(scene.failed, ast.BinOp):
        yield from _turned(scene, scene.failed)
    if scene.said(_BITS):
        near = [*scene.around(scene.first, ast.Compare), *scene.inside(ast.Compare)]
        for compared in dict.fromkeys(near):
            yield from _apart(scene, compared)
    if scene.said(_TOO_FEW):
        yield from _all_of_them(scene)
    if scene.error.type == "AttributeError":
        yield from _of_whole(scene)


def _of_whole(scene: Scene) -> Iterator[Candidate]:
    """A method of the last operand that was meant to be one of the result."""
    node = scene.failed
    call = scene.parents.get(node) if isinstance(node, ast.Attribute) else None
    whole = scene.parents.get(call) if call else None
    if isinstance(whole, ast.BinOp) and whole.right is call and isinstance(node, ast.Attribute):
        text = scene.text(whole)
        at = scene.span(node.value).end - scene.span(whole).start
        yield instead(scene, whole, f"({text[:at]}){text[at:]}", SURE)


def _turned(scene: Scene, node: ast.BinOp) -> Iterator[Candidate]:
    """`a * b - c` as `a * (b - c)`, if no bracket says otherwise."""
    match node.left:
        case ast.BinOp(left=first, op=op, right=second) if type(op) is not type(node.op):
            gaps = (_gap(scene, first, second), _gap(scene, second, node.right))
            if all(_OPERATOR.fullmatch(gap) for gap in gaps):
                whole, at = scene.text(node), scene.span(second).start - scene.span(node).start
                yield instead(scene, node, f"{whole[:at]}({whole[at:]})", SURE)
        case _:
            return


def _apart(scene: Scene, node: ast.Compare) -> Iterator[Candidate]:
    """Comparisons that an operator on bits holds together, each in brackets."""
    whole, start = scene.text(node), scene.span(node).start
    parts, signs, at = [], [], 0
    for bits in sorted(_bits(node), key=lambda each: scene.span(each.right).start):
        end = scene.span(bits.left).end - start
        parts.append(whole[at:end])
        signs.append(_gap(scene, bits.left, bits.right).strip())
        at = scene.span(bits.right).start - start
    parts.append(whole[at:])
    if len(parts) >= _SHORTEST and set(signs) <= {"&", "|"}:
        after = (f" {sign} ({part})" for sign, part in zip(signs, parts[1:], strict=True))
        text = f"({parts[0]})" + "".join(after)
        yield instead(scene, node, text, SURE, "Compare before '&' and '|'")


def _bits(node: ast.Compare) -> Iterator[ast.BinOp]:
    for part in (node.left, *node.comparators):
        while isinstance(part, ast.BinOp) and isinstance(part.op, ast.BitAnd | ast.BitOr):
            yield part
            part = part.left  # noqa: PLW2901 - down the chain.


def _all_of_them(scene: Scene) -> Iterator[Candidate]:
    """All values behind the first comma, for the text before it."""
    for each in scene.around(scene.first, ast.Tuple):
        match each:
            case ast.Tuple(elts=[ast.BinOp(op=ast.Mod(), right=first), *_, last]):
                span = scene.span(each)
                head = scene.text(each)[: scene.span(first).start - span.start]
                values = scene.plan.source.text[scene.span(first).start : scene.span(last).end]
                yield instead(scene, each, f"{head}({values})", SURE)
            case _:
                pass


def _gap(scene: Scene, one: ast.expr, other: ast.expr) -> str:
    between = Span(scene.span(one).end, scene.span(other).start)
    return scene.plan.source.text[between.start : between.end]


RULE = rule("precedence", "TypeError ValueError AttributeError", candidates)

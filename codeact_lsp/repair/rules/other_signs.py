"""Another operator or comparison than the one that was meant.

Answers what comes of a wrong value. Looks at the place, at what made its values, and at the
conditions that were asked before. Tried only where nothing else has worked.

    end = start - size               ->  end = start + size
    if row is None: return row["n"]  ->  if row is not None: return row["n"]
    while low <= high                ->  while low < high
    if i and i % 7 or row[i]         ->  if i and i % 7 and row[i]
"""

import ast
from collections.abc import Iterator, Mapping

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import replaced

_Sign = tuple[str, tuple[str, ...]]
_OPERATORS: Mapping[type[ast.operator], _Sign] = {
    ast.Add: ("+", ("-", "*")),
    ast.Sub: ("-", ("+",)),
    ast.Mult: ("*", ("+", "/", "**")),
    ast.Div: ("/", ("//", "*", "-")),
    ast.FloorDiv: ("//", ("%", "*")),
    ast.Mod: ("%", ("//", "*")),
    ast.Pow: ("**", ("*",)),
    ast.BitAnd: ("&", ("|",)),
    ast.BitOr: ("|", ("&", "+")),
}
_COMPARISONS: Mapping[type[ast.cmpop], _Sign] = {
    ast.Lt: ("<", ("<=", ">")),
    ast.LtE: ("<=", ("<", ">=")),
    ast.Gt: (">", (">=", "<")),
    ast.GtE: (">=", (">", "<=")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
_JOINTS: Mapping[type[ast.boolop], _Sign] = {
    ast.And: ("and", ("or",)),
    ast.Or: ("or", ("and",)),
}
_ADDING = ("-", "+")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each sign of the places as another one."""
    for there in places(scene):
        for node in there.inside(ast.expr):
            match node:
                case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                    yield from _signs(there, node, left, right, _OPERATORS[type(op)], WILD)
                case ast.Compare(left=left, ops=[ops], comparators=[right]):
                    # Whoever asks for something else may just pass by what fails.
                    sign = _COMPARISONS[type(ops)]
                    yield from _signs(there, node, left, right, sign, WILD / 2)
                case ast.BoolOp(op=op, values=[left, right]):
                    sign = _JOINTS[type(op)]
                    yield from _signs(there, node, left, right, sign, WILD / 2)
                case _:
                    pass


def _signs(  # noqa: PLR0913, PLR0917 - two sides, and what stands between them.
    scene: Scene, node: ast.expr, left: ast.expr, right: ast.expr, sign: _Sign, likely: float
) -> Iterator[Candidate]:
    """The two with each of the other signs between them, and all else as it is written."""
    old, others = sign
    if isinstance(right, ast.Constant) and right.value == 1 and old in {"*", "/", "//", "%"}:
        # Any of those with one is nothing.
        others = tuple(dict.fromkeys([*(each for each in others if each in _ADDING), *_ADDING]))
    whole, start = scene.text(node), scene.span(node).start
    head, tail = scene.span(left).end - start, scene.span(right).start - start
    between = whole[head:tail]
    if between.count(old) != 1:
        return
    for number, other in enumerate(others):
        text = f"{whole[:head]}{between.replace(old, other)}{whole[tail:]}"
        # Just the sign, without brackets around: so it was written, whatever it then takes hold of.
        edit, title = replaced(scene, node, text), f"Write '{other}' for '{old}'"
        yield Candidate(title, edit, likely / (number + 1))


RULE = rule("other-signs", EVERY, candidates)

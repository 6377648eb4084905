"""A helper or method whose result is of another type than what was done to it can take.

Python names both types of an operation that fails, so the side that is a call is known to have
given the one at its place. If that is not what the function declares, it broke its own promise.
"""

import ast
import re

from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.failures.helpers import defined, returns
from codeact_lsp.engine.failures.kinds import kind
from codeact_lsp.engine.failures.steps import Variables
from codeact_lsp.plan import Piece, Plan, Span

_SIDES = re.compile(r"'(\w+)' and '(\w+)'")
_CERTAIN = frozenset({"bool", "bytes", "float", "int", "str"})
_WHOLE = {"float": frozenset({"float", "int", "bool"}), "int": frozenset({"int", "bool"})}


def odd_result(plan: Plan, error: CodeError) -> Blame | None:
    """The function that returned what could not be taken; None if none is known to have.

    Args:
        plan: The plan that ran.
        error: The failure.
    """
    said = _SIDES.search(error.message) if error.type == "TypeError" else None
    for side, given in zip(_sides(plan, error), said.groups() if said else (), strict=False):
        if found := _blamed(plan, side, given):
            return found
    return None


def _sides(plan: Plan, error: CodeError) -> tuple[ast.expr, ...]:
    """What stands left and right of the operator that failed."""
    index = plan.document.piece_at(error.span.start)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    for top in piece.tree.body:
        for node in ast.walk(top):
            if isinstance(node, ast.BinOp | ast.Compare) and _is_at(piece, node, start, error.span):
                right = node.right if isinstance(node, ast.BinOp) else node.comparators[0]
                variables = Variables.of(top)
                return variables.followed(node.left), variables.followed(right)
    return ()


def _is_at(piece: Piece, node: ast.expr, start: int, span: Span) -> bool:
    return piece.span(node).shifted(start) == span


def _blamed(plan: Plan, side: ast.expr, given: str) -> Blame | None:
    name = _called(side.value if isinstance(side, ast.Await) else side)
    found = list(defined(plan, name)) if name and name not in plan.nodes else []
    if len(found) != 1 or found[0][2].decorator_list:
        return None
    piece, start, function = found[0]
    returned = [each for each in returns(function) if each.value is not None]
    declared = ast.unparse(function.returns) if function.returns else ""
    is_broken = declared in _CERTAIN and given not in _WHOLE.get(declared, {declared})
    is_seen = not declared and any(each.value and kind(each.value) == given for each in returned)
    if len(returned) != 1 or not (is_broken or is_seen):
        return None
    what = f"declared {declared}" if is_broken else "made so"
    message = f"What '{name}' returns here is of type {given}, {what}."
    return Blame(name, piece.span(returned[0]).shifted(start), message, likely=is_broken)


def _called(node: ast.expr) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
        case _:
            return ""

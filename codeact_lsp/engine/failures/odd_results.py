"""A helper or method whose result is of another type than what was done to it can take.

Python names both types of an operation that fails, so the side that is a call is known to have
given the one at its place. If that is not what the function declares, it broke its own promise.
"""

import ast
import re

from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.failures.helpers import defined, nothing, returns
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
            if (sides := _parted(node)) and _is_at(piece, node, start, error.span):
                variables = Variables.of(top)
                return variables.followed(sides[0]), variables.followed(sides[1])
    return ()


def _parted(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    match node:
        case ast.BinOp(left=left, right=right) | ast.AugAssign(target=left, value=right):
            return left, right
        case ast.Compare(left=left, comparators=[right, *_]):
            return left, right
        case ast.Call(keywords=words):
            # What things are compared by gives both sides.
            keys = (word.value for word in words if word.arg == "key")
            return next(((key.body, key.body) for key in keys if isinstance(key, ast.Lambda)), None)
        case _:
            return None


def _is_at(piece: Piece, node: ast.AST, start: int, span: Span) -> bool:
    return isinstance(node, ast.expr | ast.stmt) and piece.span(node).shifted(start) == span


def _blamed(plan: Plan, side: ast.expr, given: str) -> Blame | None:
    name = _called(side.value if isinstance(side, ast.Await) else side)
    found = list(defined(plan, name)) if name and name not in plan.nodes else []
    if len(found) != 1 or found[0][2].decorator_list:
        return None
    piece, start, function = found[0]
    returned = [each for each in returns(function) if each.value is not None]
    # Of what it was given, whoever called it may have to answer for.
    is_own = isinstance(side, ast.Call) and not side.args and not side.keywords
    if given == "NoneType" and is_own and returned and (ends := nothing(function)):
        place = piece.span(ends).shifted(start)
        return Blame(name, place, f"'{name}' may give nothing after this.", likely=False)
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

"""What a failing function was handed: the expression that its caller wrote for a parameter."""

import ast

from codeact_lsp.engine.failures.errors import CodeError, Value
from codeact_lsp.engine.failures.steps import Variables
from codeact_lsp.plan import Piece, Plan

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def given(plan: Plan, error: CodeError, value: Value) -> tuple[ast.expr, Variables]:
    """What a value was called in the outermost function that has it, and the variables of that.

    Args:
        plan: The plan that ran.
        error: The failure.
        value: A value that was seen in it.
    """
    node = ast.parse(value.text, mode="eval").body
    within = variables_at(plan, error.span.start)
    inner = function_at(plan, error.span.start)
    for frame in reversed(error.frames[:-1]):
        outer = function_at(plan, frame.span.start)
        if inner is None or inner is outer:
            continue
        followed = within.followed(node)
        call = _call_at(plan, frame.span.start, frame.span.end)
        argument = _argument(call, inner, followed.id) if isinstance(followed, ast.Name) else None
        if argument is None:
            break
        node, within, inner = argument, variables_at(plan, frame.span.start), outer
    return node, within


def variables_at(plan: Plan, at: int) -> Variables:
    """Those of the function in which a place of the plan is."""
    piece = _piece(plan, at)[0]
    function = function_at(plan, at) or next(iter(piece.tree.body), None)
    return Variables.of(function) if function else Variables()


def function_at(plan: Plan, at: int) -> Function | None:
    """The innermost function in which a place of the plan is."""
    piece, start = _piece(plan, at)
    found = None
    for part in ast.walk(piece.tree):
        if isinstance(part, _FUNCTIONS):
            span = piece.span(part).shifted(start)
            found = part if span.start <= at < span.end else found
    return found


def _piece(plan: Plan, at: int) -> tuple[Piece, int]:
    index = plan.document.piece_at(at)
    return plan.document.pieces[index], plan.document.starts[index]


def _call_at(plan: Plan, begin: int, end: int) -> ast.Call | None:
    piece, start = _piece(plan, begin)
    for part in ast.walk(piece.tree):
        if isinstance(part, ast.Call):
            span = piece.span(part).shifted(start)
            if (span.start, span.end) == (begin, end):
                return part
    return None


def _argument(call: ast.Call | None, function: Function, name: str) -> ast.expr | None:
    """What a call gives for a parameter, if that can be seen."""
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    if call is None or name not in names or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    is_bound = isinstance(call.func, ast.Attribute) and names[:1] == ["self"]
    at = names.index(name) - is_bound
    named = [each.value for each in call.keywords if each.arg == name]
    return next(iter([*call.args[at : at + 1], *named] if at >= 0 else []), None)

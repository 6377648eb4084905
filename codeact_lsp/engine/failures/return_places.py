"""Where a node made its value: the `return` that ran, or where the node ended without one."""

import ast
from collections.abc import Sequence

from codeact_lsp.engine.failures.endings import ending, returns_inside
from codeact_lsp.plan import Plan, Span


def return_place(plan: Plan, name: str, returned: int | None) -> Span:
    """The `return` line that ran; else where the node ended, or its name."""
    definition = plan.nodes[name]
    lines = definition.node.return_lines
    if returned is not None and 0 <= returned < len(lines):
        return definition.span(lines[returned])
    ended = None if definition.node.is_decorated else _end(plan, name)
    return definition.span(ended or definition.node.name_span)


def how_it_ended(plan: Plan, node: str, returned: int | None) -> str:
    """Whether the node ended without a `return`; a decorated one does not tell."""
    told = not plan.nodes[node].node.is_decorated
    return ", which ended without a return" if told and returned is None else ""


def _end(plan: Plan, name: str) -> Span | None:
    """The statement at the end of a node, if it makes a value that nobody takes.

    Where some branches return, the one that does not.
    """
    piece = plan.document.pieces[plan.nodes[name].piece]
    for function in piece.tree.body:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            body = function.body
            last = ending(body) if returns_inside(function) else _last_of(body)
            makes = isinstance(last, ast.Expr | ast.Assign | ast.AnnAssign | ast.AugAssign)
            is_told = makes or returns_inside(body[-1])
            return piece.span(last) if last and is_told and not _is_empty(body) else None
    return None


def _last_of(body: Sequence[ast.stmt]) -> ast.stmt:
    """The last statement, be it in a loop: what comes out of that is what was not returned."""
    last = body[-1]
    while isinstance(last, ast.For | ast.AsyncFor | ast.With | ast.AsyncWith):
        last = last.body[-1]
    return last


def _is_empty(body: Sequence[ast.stmt]) -> bool:
    """Whether a function has no more than a docstring, or ends with `...`."""
    match body[-1]:
        case ast.Expr(value=ast.Constant(value=value)):
            return value is ... or (isinstance(value, str) and len(body) == 1)
        case _:
            return False

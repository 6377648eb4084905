"""Split a node at a value: what computes the value becomes a node, the rest takes it."""

import ast

from codeact_lsp.plan.edits.carve import carve_statements
from codeact_lsp.plan.edits.flow import Flow
from codeact_lsp.plan.edits.function import Function, node_at
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request, attempt
from codeact_lsp.plan.source import Span


def split(request: Request) -> Change | Refused | None:
    """Make a node of all that leads to the assignment at the caret.

    What stands above it goes along as a whole, or, if something of that is needed below too, only
    from where the first statement stands that the value needs.
    """
    function = node_at(request.plan, request.span.start)
    index = _assignment(function, request.span) if function else None
    if function is None or index is None:
        return None
    title = f"Split node '{function.name}' at '{_target(function.body[index])}'"
    whole = attempt(request, title, lambda: carve_statements(function, 0, index))
    first = _first_needed(function, index)
    if isinstance(whole, Change) or first == 0:
        return whole
    part = attempt(request, title, lambda: carve_statements(function, first, index))
    return part if isinstance(part, Change) else whole


def _first_needed(function: Function, index: int) -> int:
    """The first of the statements in a row that the one at `index` cannot do without."""
    flow, first = Flow(function), index
    needed = flow.reads(function.span(function.body[index]))
    for above in range(index - 1, -1, -1):
        if flow.writes(function.span(function.body[above])) & needed:
            between = function.body[above:first]
            needed = needed.union(*(flow.reads(function.span(part)) for part in between))
            first = above
    return first


def _assignment(function: Function, span: Span) -> int | None:
    """The statement of the body that assigns to a name and holds the selection."""
    for index, statement in enumerate(function.body):
        place = function.span(statement)
        if _target(statement) and place.start <= span.start and span.end <= place.end:
            return index
    return None


def _target(statement: ast.stmt) -> str:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return name
        case _:
            return ""

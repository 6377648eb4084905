"""Extract node: what is selected in a node's body becomes a node of its own."""

import ast
import re

from codeact_lsp.plan.edits.carve import carve_statements
from codeact_lsp.plan.edits.carve_expression import carve_expression
from codeact_lsp.plan.edits.function import Function, node_at
from codeact_lsp.plan.edits.occasion import Occasion, occasion_of
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request, attempt
from codeact_lsp.plan.source import Span

_TITLE = "Extract node"
_BLANK_BEFORE = re.compile(r"(?:[\s;]|#[^\r\n]*(?:\r\n|\r|\n))*")


def extract(request: Request) -> Change | Refused | None:
    """Make a node of the selected statements, or of the selected expression."""
    plan, span = request.plan, _trimmed(request.plan.source.text, request.span)
    function = node_at(plan, span.start) if span.start < span.end else None
    if function is None or not _is_in_body(function, span):
        return None
    if chosen := _statements(function, span):
        first, last = chosen
        return attempt(request, _TITLE, lambda: carve_statements(function, first, last))
    occasion = _occasion(function, span)
    if occasion is None:
        return Refused(_TITLE, _why_not(function, span))
    if isinstance(occasion.expression, ast.Name | ast.Constant):
        return None
    if _is_assigned(occasion):
        index = occasion.index
        return attempt(request, _TITLE, lambda: carve_statements(function, index, index))
    return attempt(request, _TITLE, lambda: carve_expression(occasion))


def _trimmed(text: str, span: Span) -> Span:
    """The selection without the blanks, semicolons and comment lines around it."""
    begin = _BLANK_BEFORE.match(text, span.start, span.end)
    start = begin.end() if begin else span.start
    end = start + len(text[start : span.end].rstrip().rstrip(";").rstrip())
    return Span(start, end)


def _is_in_body(function: Function, span: Span) -> bool:
    if not function.body:
        return False
    first, last = function.span(function.body[0]), function.span(function.body[-1])
    return first.start <= span.start and span.start < last.end


def _statements(function: Function, span: Span) -> tuple[int, int] | None:
    """The first and the last statement, if the selection holds whole statements of the body."""
    touched = [
        (index, place)
        for index, place in enumerate(map(function.span, function.body))
        if place.start < span.end and span.start < place.end
    ]
    if not touched or span.start > touched[0][1].start:
        return None
    (first, _), (last, place) = touched[0], touched[-1]
    rest = function.plan.source.text[place.end : span.end]
    is_whole = place.end <= span.end and re.fullmatch(
        r"[\s;]*(?:#[^\r\n]*[\r\n]\s*)*(?:#[^\r\n]*)?", rest
    )
    return (first, last) if is_whole else None


def _occasion(function: Function, span: Span) -> Occasion | None:
    """The expression that is selected, perhaps together with its parentheses."""
    text = function.plan.source.text
    while True:
        found = occasion_of(function, span)
        inner = Span(span.start + 1, span.end - 1)
        enclosed = text[span.start] == "(" and text[inner.end : span.end] == ")"
        if found or not enclosed or inner.start >= inner.end:
            return found
        span = _trimmed(text, inner)
        if span.start >= span.end:
            return None


def _is_assigned(occasion: Occasion) -> bool:
    match occasion.path[0]:
        case ast.Assign(targets=[ast.Name()], value=value):
            return value is occasion.expression
        case ast.AnnAssign(target=ast.Name(), value=value):
            return value is occasion.expression
        case _:
            return False


def _why_not(function: Function, span: Span) -> str:
    if _is_in_f_string(function, span):
        return (
            "An expression inside an f-string cannot be cut out of it. Assign it to a name above, "
            "and select what is assigned."
        )
    for statement in function.body:
        place = function.span(statement)
        if place.start < span.start and span.end <= place.end and hasattr(statement, "body"):
            return (
                "Only statements of the node's own body can become a node, not those of a block "
                "in it. Select the whole block, or one expression."
            )
    return "Select whole statements, or one expression, of a node's body."


def _is_in_f_string(function: Function, span: Span) -> bool:
    places = (
        function.span(part) for part in ast.walk(function.tree) if isinstance(part, ast.JoinedStr)
    )
    return any(place.start < span.start and span.end < place.end for place in places)

"""The body of one function, as statements at the start of another."""

import ast
from collections.abc import Iterator, Mapping

from codeact_lsp.plan.edits.flow import Flow
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import (
    comments_above,
    indentation,
    is_on_header_line,
    reindented,
    top_of,
)
from codeact_lsp.plan.edits.naming import unique_name
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.source import LINE_END, Span


def moved_body(function: Function, consumer: Function, last: ast.Return) -> list[str]:
    """The lines that compute the value of `function` and bind it to the function's name.

    Args:
        function: The function; `last` is its only `return`.
        consumer: The function in which they are to stand, whose names keep their meaning.
        last: The last statement of the function.

    Raises:
        UnsoundError: The lines cannot stand elsewhere.
    """
    _check_lines(function, consumer, last)
    new_names = _new_names(function, consumer, last)
    region = _region(function)
    text = region_text(function)
    edits = [*_renamed(function, last, new_names), _bound(function, last, new_names)]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = TextEdit(edit.span.shifted(-region.start), edit.new).apply(text)
    new = indentation(consumer)
    old = "" if is_on_header_line(function) else indentation(function)
    body = reindented(LINE_END.split(text), old, new)
    while body and not body[-1].strip():
        body.pop()
    return [*(new + line for line in comments_above(function)), *body]


def region_text(function: Function) -> str:
    """The body with the comments in and around it."""
    region = _region(function)
    return function.plan.source.text[region.start : region.end]


def _region(function: Function) -> Span:
    """From the start of the body's first line to the end of its last one."""
    source, start = function.plan.source, function.body_span.start
    end = source.line_at(function.whole.end)
    stop = source.line_starts[end] + len(source.line(end))
    if is_on_header_line(function):
        return Span(start, stop)
    return Span(source.line_starts[top_of(function, function.body[0])], stop)


def _check_lines(function: Function, consumer: Function, last: ast.Return) -> None:
    source, first = function.plan.source, function.body[0]
    starts = [function.span(part).start for part in (first, last)]
    heads = [source.text[source.line_starts[source.line_at(at)] : at] for at in starts]
    alone = is_on_header_line(function) and function.tree.body == [last]
    if not alone and any(head.strip() for head in heads):
        raise UnsoundError("Its statements share a line.")
    # What continues a text is part of it, blanks included.
    long = any(
        isinstance(part, ast.Constant | ast.JoinedStr) and part.lineno != part.end_lineno
        for statement in function.body
        for part in ast.walk(statement)
    )
    moves = is_on_header_line(function) or indentation(function) != indentation(consumer)
    if long and moves:
        raise UnsoundError(
            f"It holds a text of several lines, and '{consumer.name}' is indented otherwise."
        )


def _new_names(function: Function, consumer: Function, last: ast.Return) -> Mapping[str, str]:
    """What the locals are to be called; a local that is returned gets the value's own name."""
    own, other, name = Flow(function), Flow(consumer), function.name
    local = {mention.name for mention in own.mentions} - function.arguments.keys()
    value = _returned(last)
    new = {value: name} if value in local and (value == name or name not in own.names()) else {}
    taken = other.names() | own.names() | {name}
    for each in sorted(local - new.keys()):
        if each == name or each in other.names():
            new[each] = unique_name(function.plan, each, taken)
            taken |= {new[each]}
    return new


def _returned(last: ast.Return) -> str:
    return last.value.id if isinstance(last.value, ast.Name) else ""


def _renamed(
    function: Function, last: ast.Return, new_names: Mapping[str, str]
) -> Iterator[TextEdit]:
    """The edits outside of what `_bound` replaces."""
    end = function.span(last).start if _is_bound_already(function, last, new_names) else None
    for mention in Flow(function).mentions:
        span = mention.span.shifted(function.start)
        renamed = new_names.get(mention.name, mention.name)
        if renamed != mention.name and (end is None or span.start < end):
            yield TextEdit(span, renamed)


def _bound(function: Function, last: ast.Return, new_names: Mapping[str, str]) -> TextEdit:
    """The edit that makes of the `return` a binding, or nothing if the name is bound already."""
    span = function.span(last)
    if _is_bound_already(function, last, new_names):
        return TextEdit(span, "")
    end = span.start + len("return")
    after = function.plan.source.text[end : end + 1]
    blank = "" if after.isspace() or last.value is None else " "
    value = " None" if last.value is None else ""
    return TextEdit(Span(span.start, end), f"{function.name} ={value}{blank}")


def _is_bound_already(function: Function, last: ast.Return, new_names: Mapping[str, str]) -> bool:
    return new_names.get(_returned(last)) == function.name

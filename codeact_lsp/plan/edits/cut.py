"""The text of a node that is cut out of another, and what the cut leaves."""

import ast
from collections.abc import Collection, Iterator, Sequence

from codeact_lsp.plan.docstrings.docstring import docstring
from codeact_lsp.plan.edits.flow import awaits
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import (
    indentation,
    inserted_above,
    line_end,
    span_of_lines,
    top_of,
)
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.edits.signature import Signature
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.source import LINE_END, Span


def new_node(  # noqa: PLR0913, PLR0917 - the parts of a function.
    function: Function,
    name: str,
    annotation: str | None,
    needed: Collection[str],
    code: Sequence[ast.AST],
    lines: Sequence[str],
) -> TextEdit:
    """The edit that puts a new node above `function`.

    Args:
        function: The node that it is cut out of.
        name: What it is called.
        annotation: The type of its value, if it is known.
        needed: The names that it needs, of which some are parameters of `function`.
        code: What it does.
        lines: The same as text.
    """
    signature = Signature.of(function)
    items = [item for item in signature.items if item.name in needed]
    parameters = ", ".join(item.text for item in sorted(items, key=lambda item: item.has_default))
    keyword = "async def" if awaits(code) else "def"
    returns = f" -> {annotation}" if annotation else ""
    header = f"{keyword} {name}({parameters}){returns}:"
    return inserted_above(function, [*LINE_END.split(header), *_sections(function), *lines])


def _sections(function: Function) -> Iterator[str]:
    """The old node's sections: when and how it runs holds for all of its code."""
    indent = indentation(function)
    sections = docstring(function.piece, function.tree).sections
    texts = [f"{section.name}: {section.value}" for section in sections]
    if len(texts) == 1:
        yield f'{indent}"""{texts[0]}"""'
    elif texts:
        yield f'{indent}"""{texts[0]}'
        yield from (indent + text for text in texts[1:])
        yield f'{indent}"""'


def lines_of(function: Function, first: int, last: int) -> Span:
    """The line numbers of the statements, with the comments directly above them.

    Raises:
        UnsoundError: They share a line with others.
    """
    source = function.plan.source
    top = source.line_at(function.span(function.body[first]).start)
    end_offset = function.span(function.body[last]).end
    end = source.line_at(end_offset)
    head = source.text[source.line_starts[top] : function.span(function.body[first]).start]
    tail = source.text[end_offset : source.line_starts[end] + len(source.line(end))]
    if head.strip() or tail.strip(" \t\f;").partition("#")[0]:
        raise UnsoundError("It shares a line with other statements.")
    return Span(top_of(function, function.body[first]), end + 1)


def text_of(function: Function, lines: Span) -> list[str]:
    """The lines, without their ends."""
    return [function.plan.source.line(number) for number in range(lines.start, lines.end)]


def replaced(function: Function, lines: Span, new: str) -> TextEdit:
    """The edit that puts one statement, or nothing, in the place of lines."""
    source = function.plan.source
    end = lines.end
    if not new and (not source.line(lines.start - 1).strip() or _is_first(function, lines)):
        while end < len(source.line_starts) - 1 and not source.line(end).strip():
            end += 1
    text = indentation(function) + new + line_end(source, function.start) if new else ""
    return TextEdit(span_of_lines(source, lines.start, end), text)


def _is_first(function: Function, lines: Span) -> bool:
    """Whether nothing stands between the function's header and the lines."""
    first = function.plan.source.line_at(function.span(function.tree.body[0]).start)
    return first >= lines.start

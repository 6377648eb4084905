"""Take what a docstring says of parameters out of it."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import span_of_lines
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.source import Source

_QUOTES = ('"""', "'''", '"', "'")


def without_entries(function: Function, names: Collection[str]) -> Iterator[TextEdit]:
    """The edits that remove the entries of a node's parameters; the heading goes with the last one.

    There is none for an entry that shares a line with the docstring's quotes.
    """
    source = function.plan.source
    described = function.plan.table.nodes[function.name].described
    remains = any(entry.name not in names for entry in described)
    for index, entry in enumerate(described):
        if entry.name in names and entry.exact:
            first = source.line_at(entry.span.start + function.start)
            last = _end(source, first)
            if index == 0 and not remains:
                first -= 1
                first -= not source.line(first - 1).strip()
            lines = [source.line(number).strip() for number in range(first, last)]
            if not any(line.startswith(_QUOTES) or line.endswith(_QUOTES) for line in lines):
                yield TextEdit(span_of_lines(source, first, last), "")


def _end(source: Source, first: int) -> int:
    """The line behind an entry, which goes on where lines are indented further."""
    last = first + 1
    while source.line(last).strip() and _indent(source, last) > _indent(source, first):
        last += 1
    return last


def _indent(source: Source, number: int) -> int:
    line = source.line(number)
    return len(line) - len(line.lstrip())

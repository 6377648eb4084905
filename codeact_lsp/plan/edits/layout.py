"""How a plan is laid out: its line ends, indentation and blank lines, which edits keep."""

import ast
import re
from collections.abc import Iterator, Sequence

from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import LINE_END, Source, Span

_DEFAULT_GAP = 2
_DEFAULT_UNIT = "    "
_BLOCK = re.compile(r":[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)([ \t]+)(?=[^\s#])")


def inserted_above(function: Function, lines: Sequence[str]) -> TextEdit:
    """The edit that puts a definition above `function`, at the distance that the file keeps."""
    source = function.plan.source
    top = source.line_starts[_top(function)]
    newline = line_end(source, top)
    block = [*lines, *[""] * _gap(function)]
    return TextEdit(Span(top, top), "".join(line + newline for line in block))


def removed(function: Function) -> TextEdit:
    """The edit that takes `function` out, with the blank lines and comments that are its own."""
    source = function.plan.source
    first, last = _top(function), source.line_at(function.whole.end) + 1
    count = len(source.line_starts)
    while last < count and not source.line(last).strip():
        last += 1
    if last == count:
        # The last definition of the file: the blank lines before it are what is left over.
        while first and not source.line(first - 1).strip():
            first -= 1
    return TextEdit(span_of_lines(source, first, last), "")


def comments_above(function: Function) -> list[str]:
    """The comment lines that stand directly above `function`."""
    source = function.plan.source
    first, last = _top(function), source.line_at(function.whole.start)
    return [source.line(number) for number in range(first, last)]


def top_of(function: Function, statement: ast.stmt) -> int:
    """The first line of the comments directly above a statement of the body, or its own line."""
    source, body = function.plan.source, function.tree.body
    index = body.index(statement)
    # What ends above may be a text whose last line looks like a comment.
    end = function.span(body[index - 1]).end if index else function.span(function.tree).start
    top, floor = source.line_at(function.span(statement).start), source.line_at(end)
    while top - 1 > floor and source.line(top - 1).strip().startswith("#"):
        top -= 1
    return top


def indentation(function: Function) -> str:
    """What the lines of the function's body begin with."""
    source = function.plan.source
    return _own_indentation(function) or next(_indentations(source), _DEFAULT_UNIT)


def is_on_header_line(function: Function) -> bool:
    """Whether the body stands on the line of the `def`."""
    return _own_indentation(function) is None


def line_end(source: Source, offset: int) -> str:
    """The line end that text at `offset` uses."""
    number = source.line_at(offset)
    near = source.lines[number : number + 2] + source.lines[:1]
    ends = (match[0] for line in near if (match := LINE_END.search(line)))
    return next(ends, "\n")


def span_of_lines(source: Source, first: int, last: int) -> Span:
    """The lines from `first` up to but not including `last`, with their line ends."""
    starts = [*source.line_starts[first : first + 1], *source.line_starts[last : last + 1]]
    return Span(starts[0], starts[1] if len(starts) > 1 else len(source.text))


def reindented(lines: Sequence[str], old: str, new: str) -> list[str]:
    """The lines with `new` where they began with `old`."""
    return [new + line[len(old) :] if line.startswith(old) else line for line in lines]


def _top(function: Function) -> int:
    """The first line of the comments directly above a function, or its own first line."""
    source = function.plan.source
    own = top = source.line_at(function.whole.start)
    while top and source.line(top - 1).startswith("#"):
        top -= 1
    # A comment that begins the file is about the file: its encoding, licence or interpreter.
    return top or own


def _gap(function: Function) -> int:
    """How many blank lines the file leaves between this definition and what is above it."""
    source = function.plan.source
    last = _top(function)
    blank = last
    while blank and not source.line(blank - 1).strip():
        blank -= 1
    above = source.line(blank - 1).lstrip("\ufeff")
    # Right below a comment about the file, or at its start, there is no distance to go by.
    if blank and not (blank == last and above.startswith("#")):
        return last - blank
    gaps = _gaps_below(function.plan, function.index)
    return next(gaps, _DEFAULT_GAP)


def _gaps_below(plan: Plan, index: int) -> Iterator[int]:
    document = plan.document
    if index + 1 < len(document.pieces):
        behind = document.pieces[index].text[len(document.pieces[index].code) :]
        blank = re.match(r"[^\r\n]*(?:\r\n|\r|\n)((?:[ \t]*(?:\r\n|\r|\n))*)", behind)
        if blank:
            yield len(LINE_END.findall(blank[1]))


def _own_indentation(function: Function) -> str | None:
    source = function.plan.source
    start = function.span(function.tree.body[0]).start
    line = source.line_at(start)
    before = source.text[source.line_starts[line] : start]
    return before if before and not before.strip() else None


def _indentations(source: Source) -> Iterator[str]:
    if match := _BLOCK.search(source.text):
        yield match[1]

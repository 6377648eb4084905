"""Parse one piece of a plan; what cannot be parsed comes back as a value, never as an exception."""

import ast
import re
import warnings
from dataclasses import dataclass

from codeact_lsp.plan.source import LINE_END, Encoding, Position, Source, Span

# What `ast.parse` and `compile` raise on hostile text: NUL bytes (ValueError), deep nesting
# (RecursionError, MemoryError), numbers of too many digits (ValueError), lone surrogates.
_FAILURES = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)

# What the interpreter says at the beginning of what may only lack its end.
_UNFINISHED = re.compile(r"expected |.* was never closed")

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class SyntaxIssue:
    """Why a piece does not compile: the interpreter's own words and place."""

    message: str
    span: Span


def parse(text: str) -> tuple[ast.Module, SyntaxIssue | None]:
    """Parse and compile `text`; on failure the tree is empty and the issue says why."""
    tree, issue = parse_draft(text)
    if issue is None and (issue := refusal(text, tree)):
        tree = _empty()
    return tree, issue


def parse_draft(text: str) -> tuple[ast.Module, SyntaxIssue | None]:
    """As `parse`, but what the grammar lets pass counts as sound."""
    if text == BYTE_ORDER_MARK:
        return _empty(), None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text), None
        except _FAILURES as error:
            return _empty(), _issue(Source(text), error, Encoding.CODE_POINTS)


def refusal(text: str, tree: ast.Module) -> SyntaxIssue | None:
    """Why Python does not compile what it has parsed: `return` outside a function, for example."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(tree, "<piece>", "exec", dont_inherit=True)
        except _FAILURES as error:
            return _issue(Source(text), error, Encoding.UTF8)
    return None


def is_wrong(beginning: str) -> bool:
    """Whether no text that begins so can be Python, whatever follows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(beginning)
        except SyntaxError as error:
            # What only lacks its end is mostly reported there.
            last = len(LINE_END.findall(beginning.rstrip())) + 1
            return (error.lineno or last) < last and not _UNFINISHED.match(error.msg)
        except _FAILURES:
            return False
    return False


def _empty() -> ast.Module:
    return ast.Module(body=[], type_ignores=[])


def _issue(source: Source, error: Exception, unit: Encoding) -> SyntaxIssue:
    if not isinstance(error, SyntaxError) or error.lineno is None:
        message = str(error) or "too deeply nested to parse"
        return SyntaxIssue(message, _unplaced(source, error))
    if field := _in_field(source, error):
        return SyntaxIssue(error.msg, field)
    start = _offset(source, error.lineno, error.offset, unit)
    end = _offset(source, error.end_lineno or error.lineno, error.end_offset, unit)
    # What is missing at the end is reported behind it, where the next piece begins.
    last = len(source.text.rstrip(" \t\f\r\n"))
    start = min(start, max(last - 1, 0))
    end = min(max(start + 1, end), last)
    return SyntaxIssue(error.msg, _visible(source, Span(start, end)))


def _in_field(source: Source, error: SyntaxError) -> Span | None:
    """Where in a field of an f-string an error is: Python 3.11 counts from the field's beginning.

    The line that it tells is right. What it shows of it is the field, in brackets.
    """
    line = (error.lineno or 1) - 1
    shown, written = (error.text or "").rstrip("\n"), source.line(line)
    if written.startswith(shown) or not (shown.startswith("(") or error.msg.startswith("f-string")):
        return None
    field = shown[1:].removesuffix(")").rstrip()
    at = written.find(f"{{{field}") + 1
    if not (field and at and shown.startswith("(")):
        return source.span_of_lines(line, line)
    start = source.line_starts[line] + at
    # Beyond ASCII it counts in bytes, in characters, or in both.
    exact = shown.isascii() and error.end_lineno == error.lineno
    blank = len(field) - len(field.lstrip())
    first = min(max((error.offset or 0) - 2, 0), len(field) - 1) if exact else blank
    last = max((error.end_offset or 0) - 2, first + 1) if exact else len(field)
    return Span(start + first, start + min(last, len(field)))


def _visible(source: Source, span: Span) -> Span:
    """The span, or, where it is nothing but the end of a line, the last character before that."""
    line = source.position(span.start, Encoding.CODE_POINTS).line
    first, written = source.line_starts[line], source.line(line).rstrip()
    if not written or span.start < first + len(source.line(line)):
        return span
    return Span(first + len(written) - 1, first + len(written))


def _unplaced(source: Source, error: Exception) -> Span:
    """Where an error is whose place the interpreter does not tell: its character, or line one."""
    if isinstance(error, UnicodeEncodeError):
        return Span(error.start, error.end)
    nul = source.text.find("\0")
    return source.span_of_lines(0, 0) if nul < 0 else Span(nul, nul + 1)


def _offset(source: Source, line: int, column: int | None, unit: Encoding) -> int:
    return source.offset(Position(max(line - 1, 0), max((column or 1) - 1, 0)), unit)

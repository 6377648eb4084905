"""Python inside of string literals, with its exact place: f-string fields, quoted annotations.

Before 3.12, `ast` places what stands in an f-string only roughly. There, each field is looked up in
the literal and parsed on its own; it counts as found if it is the very expression that `ast` saw.
"""

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.plan.source import Encoding, Position, Source, Span

# What `ast.parse` raises on hostile text.
_FAILURES = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
_LITERAL = re.compile(
    r"""
    ([A-Za-z]*)
    ( \"\"\"(?:[^"\\]|\\[\s\S]|"(?!""))*\"\"\" | '''(?:[^'\\]|\\[\s\S]|'(?!''))*'''
    | "(?:[^"\\]|\\[\s\S])*"                   | '(?:[^'\\]|\\[\s\S])*' )
    """,
    re.VERBOSE,
)
_BETWEEN = re.compile(r"(?:[\s\\]|#[^\r\n]*)*")
_NESTED_LITERAL = re.compile(
    r"\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"[^\"]*\"|'[^']*'"  # No backslash before 3.12.
)
_NAMED_CHARACTER = re.compile(r"\\N\{[^}]*\}")
_COMPARISON = re.compile(r"[=!<>]=")
_DEBUG = re.compile(r"=\s*")
# A format may hold fields, whose formats hold none.
_MOST_NESTED = 2
# What a name consists of to the interpreter, in a text that it accepts.
_NAME = re.compile(r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*")
_NAME_OR_COMMENT = re.compile(rf"#[^\r\n]*|({_NAME.pattern})")


_Located = ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias | ast.pattern


@dataclass(frozen=True, slots=True)
class View:
    """Where a parsed text stands in its piece.

    Attributes:
        source: The text that was parsed.
        shift: What has to be added to an offset in it.
        whole: Stands for every place in it, when the exact ones cannot be told.
    """

    source: Source
    shift: int = 0
    whole: Span | None = None

    def span(self, node: _Located) -> Span:
        """Where `node` stands in the piece."""
        if self.whole:
            return self.whole
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return Span(start, end)

    def text(self, span: Span) -> str:
        """What is written at a place."""
        return self.source.text[span.start - self.shift : span.end - self.shift]

    def name(self, start: int) -> Span:
        """The name that starts at `start`."""
        if self.whole:
            return self.whole
        match = _NAME.match(self.source.text, start - self.shift)
        return Span(start, match.end() + self.shift if match else start)

    def names(self, start: int, end: int) -> Iterator[Span]:
        """The names and keywords between two places with no string literal between them."""
        for match in _NAME_OR_COMMENT.finditer(
            self.source.text, start - self.shift, end - self.shift
        ):
            if match[1]:
                yield Span(*match.span(1)).shifted(self.shift)

    def _offset(self, line: int, column: int) -> int:
        if self.source.text.isascii():  # As a rule, and then a byte is a character.
            return self.source.line_starts[line - 1] + column + self.shift
        return self.source.offset(Position(line - 1, column), Encoding.UTF8) + self.shift


Placed = tuple[ast.expr, View]


def annotation(view: View, literal: ast.Constant, value: str) -> Placed | None:
    """The expression in a quoted annotation, whose value is `value`; None if it holds none."""
    expression = _parsed(value)
    if expression is None:
        return None
    span = view.span(literal)
    match = None if view.whole else _LITERAL.fullmatch(view.text(span))
    quotes = 3 if match and match[2][:3] in {'"""', "'''"} else 1
    if match is None or match[2][quotes:-quotes] != value:
        return expression, View(view.source, whole=span)
    return expression, _inner(value, span.start + match.start(2) + quotes)


def fields(view: View, literal: ast.JoinedStr) -> Iterator[Placed]:
    """The expressions in the fields of an f-string."""
    expressions = list(_fields(literal))
    if view.whole or sys.version_info >= (3, 12):
        yield from ((expression, view) for expression in expressions)
        return
    yield from _found(view, view.span(literal), expressions)


def _found(view: View, span: Span, expressions: list[ast.expr]) -> Iterator[Placed]:
    text = view.text(span)
    places = list(_places(text))
    read = [_parsed(text[place.start : place.end]) for place in places]
    if len(read) == len(expressions) and all(map(_same, read, expressions)):
        for place, expression in zip(places, read, strict=True):
            assert expression is not None  # noqa: S101 - the same as one that `ast` saw.
            inner = _inner(text[place.start : place.end], span.start + place.start)
            yield expression, inner
        return
    yield from ((expression, View(view.source, whole=span)) for expression in expressions)


def _inner(text: str, start: int) -> View:
    return View(Source(f"({text})"), start - 1)


def _parsed(text: str) -> ast.expr | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(f"({text})", mode="eval").body
        except _FAILURES:
            return None


def _same(one: ast.AST | None, other: ast.AST) -> bool:
    """Whether two trees are alike but for their places. Iterative: trees can be deep."""
    pending: list[tuple[object, object]] = [(one, other)]
    while pending:
        left, right = pending.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, ast.AST) and isinstance(right, ast.AST):
            pending += [
                (getattr(left, name, None), getattr(right, name, None)) for name in left._fields
            ]
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return False
            pending += zip(left, right, strict=True)
        elif left != right:
            return False
    return True


def _fields(literal: ast.JoinedStr) -> Iterator[ast.expr]:
    """In the order of the text: a field, then the fields in its format."""
    for part in literal.values:
        if isinstance(part, ast.FormattedValue):
            yield part.value
            if isinstance(part.format_spec, ast.JoinedStr):
                yield from _fields(part.format_spec)


def _places(text: str) -> Iterator[Span]:
    """Where the fields stand in adjacent literals, of which some are f-strings."""
    at = 0
    while match := _LITERAL.match(text, at):
        at = _end_of(_BETWEEN, text, match.end())
        prefix = match[1].lower()
        if "f" in prefix:
            quotes = 3 if match[2][:3] in {'"""', "'''"} else 1
            body = Span(match.start(2) + quotes, match.end() - quotes)
            yield from _Fields(text, body, is_raw="r" in prefix).read()


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


class _Fields:
    """Reads the body of one f-string as Python 3.11 does."""

    def __init__(self, text: str, body: Span, *, is_raw: bool) -> None:
        self._text = text
        self._at = body.start
        self._end = body.end
        self._is_raw = is_raw

    def read(self, depth: int = 0) -> list[Span]:
        """The fields up to the end of the body, or of the format that a field holds."""
        found: list[Span] = []
        while self._at < self._end and depth <= _MOST_NESTED:
            char = self._text[self._at]
            if char == "\\" and not self._is_raw:
                self._at = max(_end_of(_NAMED_CHARACTER, self._text, self._at), self._at + 1)
            elif depth == 0 and char in "{}" and self._is_next(char, self._at + 1):
                self._at += 2
            elif char == "{":
                self._at += 1
                found += self._field(depth)
            elif char == "}":
                break
            else:
                self._at += 1
        return found

    def _field(self, depth: int) -> list[Span]:
        expression = self._expression()
        if self._is_next("="):
            self._at = _end_of(_DEBUG, self._text, self._at)
        if self._is_next("!"):
            self._at += 2
        nested: list[Span] = []
        if self._is_next(":"):
            self._at += 1
            nested = self.read(depth + 1)
        self._at += 1  # The closing brace.
        return [expression, *nested]

    def _is_next(self, char: str, at: int | None = None) -> bool:
        return self._text.startswith(char, self._at if at is None else at, self._end)

    def _expression(self) -> Span:
        start, brackets = self._at, 0
        while self._at < self._end:
            char = self._text[self._at]
            if char in "\"'":
                self._at = max(_end_of(_NESTED_LITERAL, self._text, self._at), self._at + 1)
                continue
            if brackets == 0 and _COMPARISON.match(self._text, self._at):
                self._at += 2
                continue
            if brackets == 0 and char in "=!:}":
                break
            brackets += (char in "([{") - (char in ")]}")
            self._at += 1
        return Span(start, self._at)

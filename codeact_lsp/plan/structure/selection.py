"""What encloses a place, from the whole plan down to a word: what a selection grows to.

In code the steps are statements and expressions. In docstrings, where Python's own servers see one
string, they are paragraphs, lines, sections, their values and the items of those.
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.plan.docstrings.vocabulary import SECTION_NAMES
from codeact_lsp.plan.document import Document
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.source import Encoding, Span
from codeact_lsp.plan.structure.outline import outline, whole

_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"[^,\s](?:[^,\r\n]*[^,\s])?")
_COMMENT = re.compile(r"#[^\r\n]*")
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_PARAGRAPH = re.compile(r"\S[^\r\n]*(?:(?:\r\n|\r|\n)[ \t\f]*\S[^\r\n]*)*(?<!\s)")
_SECTION = re.compile(rf"(?:{'|'.join(SECTION_NAMES)}):[ \t]+(\S(?:[^\r\n]*\S)?)")
_QUOTES = re.compile(r"""[A-Za-z]*(\"\"\"|'''|"|')""")


def enclosing(document: Document, offset: int) -> list[Span]:
    """Spans that hold `offset`, outermost first, each strictly inside the one before it."""
    index = document.piece_at(offset)
    piece, start = document.pieces[index], document.starts[index]
    around = [Span(0, len(document.source.text))]
    for span in _in_piece(piece, offset - start):
        inner, outer = span.shifted(start), around[-1]
        nests = outer.start <= inner.start and inner.end <= outer.end and inner != outer
        if nests and offset in inner:
            around.append(inner)
    return around


def _in_piece(piece: Piece, offset: int) -> Iterator[Span]:
    """Candidates from the outside in; the caller leaves out what does not nest."""
    text, line = piece.text, _line(piece, offset)
    yield from (entry.span for entry in outline(piece))
    parts = list(_in_tree(piece, offset))
    yield from (span for span, _ in parts)
    for span, part in parts:
        if isinstance(part, ast.Expr) and _is_text(part.value):
            yield from _in_text(text, span, line, offset)
    if not parts:
        yield from _touching(_LINE, text, line, offset)
    yield from _touching(_COMMENT, text, line, offset)
    yield from _touching(_WORD, text, line, offset)


def _in_tree(piece: Piece, offset: int) -> Iterator[tuple[Span, ast.AST]]:
    """The statements and expressions around a place, from the outside in."""
    pending: list[ast.AST] = [piece.tree]
    while pending:
        for child in ast.iter_child_nodes(pending.pop()):
            span = _span(piece, child)
            if span is None:
                pending.append(child)  # It has no place of its own, but its parts have.
            elif offset in span:
                yield span, child
                # Before Python 3.12, what stands in an f-string has no true place.
                pending = [] if isinstance(child, ast.JoinedStr) else [child]
                break


def _span(piece: Piece, part: ast.AST) -> Span | None:
    if isinstance(part, ast.stmt):
        return whole(piece, part)
    return piece.span(part) if isinstance(part, ast.expr | ast.arg | ast.keyword) else None


def _is_text(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and isinstance(expression.value, str)


def _in_text(text: str, literal: Span, line: Span, offset: int) -> Iterator[Span]:
    """Steps inside a docstring: all of it, paragraph, line, value of a section, item of that."""
    if opening := _QUOTES.match(text, literal.start):
        literal = Span(opening.end(), max(literal.end - len(opening[1]), opening.end()))
    line = Span(max(line.start, literal.start), min(line.end, literal.end))
    yield literal
    yield from _touching(_PARAGRAPH, text, literal, offset)
    for found in _touching(_LINE, text, line, offset):
        yield found
        if section := _SECTION.fullmatch(text, found.start, found.end):
            value = Span(*section.span(1))
            yield value
            yield from _touching(_ITEM, text, value, offset)


def _line(piece: Piece, offset: int) -> Span:
    """The line that holds `offset`, without its end."""
    number = piece.source.position(offset, Encoding.CODE_POINTS).line
    start = piece.source.line_starts[number]
    return Span(start, start + len(piece.source.line(number)))


def _touching(pattern: re.Pattern[str], text: str, within: Span, offset: int) -> Iterator[Span]:
    """The matches in a stretch of the text that a caret at `offset` touches."""
    for match in pattern.finditer(text, within.start, within.end):
        span = Span(*match.span())
        if offset in span:
            yield span

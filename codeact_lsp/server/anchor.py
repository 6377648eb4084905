"""Where a piece begins, which is all that its ranges need to know of the document."""

from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types as lsp

from codeact_lsp.plan import Document, Encoding, Piece, Span


class Anchor(NamedTuple):
    """The line and character at which a piece begins, and the unit of its characters.

    What is made of a piece and its anchor stays right for as long as nothing moves the piece, and
    costs what the piece costs, whatever the size of the document.
    """

    line: int
    character: int
    encoding: Encoding

    def position(self, piece: Piece, offset: int) -> lsp.Position:
        """Where an offset in the piece stands in the document."""
        line, character = self._position(piece, offset)
        return lsp.Position(line=self.line + line, character=character)

    def range(self, piece: Piece, span: Span) -> lsp.Range:
        """Where a span of the piece stands in the document."""
        return lsp.Range(start=self.position(piece, span.start), end=self.position(piece, span.end))

    def place(self, piece: Piece, span: Span) -> dict[str, dict[str, int]]:
        """The same as plain data, of a piece that is taken to begin on line 0."""
        first, start = self._position(piece, span.start)
        last, end = self._position(piece, span.end)
        return {
            "start": {"line": first, "character": start},
            "end": {"line": last, "character": end},
        }

    def behind(self, piece: Piece) -> "Anchor":
        """Where the next piece begins."""
        line, character = self._position(piece, len(piece.text))
        return Anchor(self.line + line, character, self.encoding)

    def _position(self, piece: Piece, offset: int) -> tuple[int, int]:
        """The line in the piece, and the character on it."""
        line, character = piece.source.position(offset, self.encoding)
        return line, character + (self.character if line == 0 else 0)


def anchored(
    document: Document, encoding: Encoding, pieces: slice = slice(None)
) -> Iterator[tuple[Piece, Anchor]]:
    """The pieces of a document, or some of them, in order and each with its anchor."""
    lines = document.source.line_starts
    for piece, start in zip(document.pieces[pieces], document.starts[pieces], strict=True):
        line = document.source.line_at(start)
        # Only behind a byte order mark does a piece begin elsewhere than at a line's beginning.
        at_start = lines[line] == start
        character = 0 if at_start else document.source.position(start, encoding).character
        yield piece, Anchor(line, character, encoding)

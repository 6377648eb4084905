"""A plan file as a sequence of top-level pieces, each parsed once and shared across edits."""

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from codeact_lsp.plan import splitting
from codeact_lsp.plan.source import LINE_END, Encoding, Position, Source, Span
from codeact_lsp.plan.syntax import SyntaxIssue, parse

if TYPE_CHECKING:
    import libcst

    from codeact_lsp.plan.annotations.meanings import Meanings
    from codeact_lsp.plan.facts import Facts
    from codeact_lsp.plan.names.scopes import Scopes
    from codeact_lsp.plan.nodes import Node

_DEFINED = re.compile(r"(?:\A|(?<=[\r\n]))(?:async[ \t]+)?def[ \t]+(\w+)")
# Levels of a syntax tree. Code written by people stays below a tenth of it.
_TOO_DEEP = 400


@dataclass(frozen=True)
class Piece:
    """One top-level statement with the blank lines and comments after it.

    Everything about a piece is relative to its own start, so that an edit above it costs nothing.
    """

    text: str

    @cached_property
    def source(self) -> Source:
        """The piece's text with its line index."""
        return Source(self.text)

    @cached_property
    def code(self) -> str:
        """The statement without the blank lines and comments after it."""
        return self.text[: self.span(self.tree.body[-1]).end] if self.tree.body else self.text

    @cached_property
    def line_ends(self) -> str:
        """Nothing but the piece's line ends: what keeps the lines behind it where they are."""
        return "".join(LINE_END.findall(self.text))

    @cached_property
    def _parsed(self) -> tuple[ast.Module, SyntaxIssue | None]:
        return parse(self.text)

    @property
    def tree(self) -> ast.Module:
        """The statements of the piece; empty when it does not parse."""
        return self._parsed[0]

    @property
    def issue(self) -> SyntaxIssue | None:
        """Why the piece does not parse, if it does not."""
        return self._parsed[1]

    @property
    def supposed_names(self) -> tuple[str, ...]:
        """The functions that a piece which does not parse seems to define."""
        return tuple(_DEFINED.findall(self.text)) if self.issue else ()

    @cached_property
    def cst(self) -> "libcst.Module | None":
        """The lossless tree, built when first needed: it costs about eight times an `ast`.

        None for what does not compile or is nested too deep.
        """
        # libcst recurses in native code: on some text that Python refuses, it ends the process.
        if self.issue is not None or _depth(self.tree) > _TOO_DEEP:
            return None
        import libcst  # noqa: PLC0415 - 200 ms of import that reading a plan never needs.

        try:
            return libcst.parse_module(self.text)
        except (libcst.ParserSyntaxError, RecursionError):
            return None

    @cached_property
    def nodes(self) -> "tuple[Node, ...]":
        """The workflow nodes that the piece defines, read by the plan's dialect."""
        from codeact_lsp.plan.dialects import plain  # noqa: PLC0415 - the dialect needs `Piece`.

        return plain.nodes(self)

    @cached_property
    def facts(self) -> "Facts":
        """What the piece contributes to the code keys of the nodes that reach it."""
        from codeact_lsp.plan import facts  # noqa: PLC0415 - the facts need `Piece`.

        return facts.facts(self)

    @cached_property
    def meanings(self) -> "Meanings":
        """What the names that the piece binds stand for in annotations."""
        from codeact_lsp.plan.annotations import meanings  # noqa: PLC0415 - as `facts`.

        return meanings.meanings(self)

    @cached_property
    def scopes(self) -> "Scopes":
        """Which scope binds each name of the piece, and where each is written."""
        from codeact_lsp.plan.names import scope_reader  # noqa: PLC0415 - the reader needs `Piece`.

        return scope_reader.scopes(self)

    def span(self, node: ast.expr | ast.stmt | ast.arg | ast.keyword | ast.excepthandler) -> Span:
        """Where `node` of `tree` stands in the piece, in code points."""
        last_line, last_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return Span(
            self._offset(node.lineno, node.col_offset), self._offset(last_line, last_column)
        )

    def _offset(self, line: int, column: int) -> int:
        # Most code is ASCII, where bytes are characters; this is the hottest place of all.
        if self.text.isascii():
            return self.source.line_starts[line - 1] + column
        return self.source.offset(Position(line - 1, column), Encoding.UTF8)


class Replaced(NamedTuple):
    """What an edit did: `pieces[first:old_end]` became the new pieces from `first` to `new_end`."""

    pieces: tuple[Piece, ...]
    first: int
    old_end: int
    new_end: int


@dataclass(frozen=True)
class Document:
    """A text cut into pieces; `chunk_starts` are the offsets at which the cutter can begin anew.

    A chunk is what the cutter yields. It is one piece, unless it does not parse and holds several
    definitions: then each becomes a piece, so that one unclosed quote does not hide the others.

    Attributes:
        starts: Offset of each piece.
        broken: Indices of the pieces that do not parse.
        origin: What the document was made from by an edit, if it was.
    """

    source: Source
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    chunk_starts: tuple[int, ...]
    broken: tuple[int, ...]
    origin: "Replaced | None" = field(default=None, compare=False, repr=False)

    @classmethod
    def from_text(cls, text: str, version: int | None = None) -> "Document":
        """Cut and parse a whole text."""
        cuts = (0, *splitting.boundaries(text))
        pieces, starts = _pieces(text, cuts, len(text), {})
        return cls(Source(text, version), pieces, starts, cuts, _broken(pieces))

    def edited(self, span: Span, new: str, version: int | None = None) -> "Document":
        """The document in which `span` reads `new`; pieces that the edit spares are shared."""
        source = self.source.replaced(span, new, version)
        by = len(new) - (span.end - span.start)
        # One chunk further back: the edit may turn its chunk into the clause of an earlier one.
        head = max(bisect_right(self.chunk_starts, span.start) - 2, 0)
        cuts, tail = self._recut(source.text, head, span.end, by)
        end = self.chunk_starts[tail] if tail < len(self.chunk_starts) else len(self.source.text)
        first = bisect_left(self.starts, self.chunk_starts[head])
        last = bisect_left(self.starts, end) if end < len(self.source.text) else len(self.pieces)
        known = {piece.text: piece for piece in self.pieces[first:last]}
        pieces, starts = _pieces(source.text, cuts, end + by, known)
        grown = len(pieces) - (last - first)
        return Document(
            source,
            self.pieces[:first] + pieces + self.pieces[last:],
            self.starts[:first] + starts + _shifted(self.starts[last:], by),
            self.chunk_starts[:head] + cuts + _shifted(self.chunk_starts[tail:], by),
            self.broken[: bisect_left(self.broken, first)]
            + _shifted(_broken(pieces), first)
            + _shifted(self.broken[bisect_left(self.broken, last) :], grown),
            Replaced(self.pieces, first, last, first + len(pieces)),
        )

    def piece_at(self, offset: int) -> int:
        """Index of the piece that holds `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _recut(self, text: str, head: int, edited: int, by: int) -> tuple[tuple[int, ...], int]:
        """The chunks of `text` from chunk `head` on, until the cutter is in step with the old ones.

        Args:
            text: The edited text.
            head: The chunk to begin with.
            edited: Where the edit ended in the old text.
            by: How much longer the text has become.

        Returns:
            Where the new chunks start, and the old chunk with which they are in step.
        """
        cuts = [self.chunk_starts[head]]
        for offset in splitting.boundaries(text, cuts[0]):
            old = bisect_left(self.chunk_starts, offset - by)
            if offset - by > edited and self.chunk_starts[old : old + 1] == (offset - by,):
                return tuple(cuts), old
            cuts.append(offset)
        return tuple(cuts), len(self.chunk_starts)


def difference(old: Document, new: Document) -> Replaced:
    """Which pieces of `old` are others in `new`; all that is outside of them is shared."""
    if new.origin and new.origin.pieces is old.pieces:
        return new.origin
    before, after = old.pieces, new.pieces
    shorter = min(len(before), len(after))
    first = next((at for at in range(shorter) if before[at] is not after[at]), shorter)
    most = shorter - first
    same = next((at for at in range(most) if before[-1 - at] is not after[-1 - at]), most)
    return Replaced(before, first, len(before) - same, len(after) - same)


def _shifted(offsets: tuple[int, ...], by: int) -> tuple[int, ...]:
    return tuple([offset + by for offset in offsets]) if by else offsets


def _broken(pieces: tuple[Piece, ...]) -> tuple[int, ...]:
    return tuple(index for index, piece in enumerate(pieces) if piece.issue)


def _pieces(
    text: str, cuts: tuple[int, ...], end: int, known: dict[str, Piece]
) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
    """The pieces of the chunks that begin at `cuts`, the last of which ends at `end`."""
    pieces: list[Piece] = []
    starts: list[int] = []
    for start, stop in zip(cuts, (*cuts[1:], end), strict=True):
        for offset, piece in _pieces_of_chunk(text[start:stop], known):
            starts.append(start + offset)
            pieces.append(piece)
    return tuple(pieces), tuple(starts)


def _pieces_of_chunk(text: str, known: dict[str, Piece]) -> Iterator[tuple[int, Piece]]:
    whole = known.get(text) or Piece(text)
    if whole.issue is None:
        yield 0, whole
        return
    cuts = [0, *splitting.definitions(text)]
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        part = text[start:end]
        yield start, whole if part == text else known.get(part) or Piece(part)


def _depth(tree: ast.AST) -> int:
    level, depth = [tree], 0
    while level := [child for part in level for child in ast.iter_child_nodes(part)]:
        depth += 1
    return depth

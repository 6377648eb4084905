"""A plan file as a sequence of top-level pieces, each parsed once and shared across edits."""

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codeact_lsp.plan import splitting
from codeact_lsp.plan.source import LINE_END, Encoding, Position, Source, Span
from codeact_lsp.plan.syntax import SyntaxIssue, parse

if TYPE_CHECKING:
    import libcst

    from codeact_lsp.plan.facts import Facts
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

    def span(self, node: ast.expr | ast.stmt | ast.arg | ast.keyword) -> Span:
        """Where `node` of `tree` stands in the piece, in code points."""
        last_line, last_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return Span(
            self._offset(node.lineno, node.col_offset), self._offset(last_line, last_column)
        )

    def _offset(self, line: int, column: int) -> int:
        return self.source.offset(Position(line - 1, column), Encoding.UTF8)


@dataclass(frozen=True)
class Document:
    """A text cut into pieces; `chunk_starts` are the offsets at which the cutter can begin anew.

    A chunk is what the cutter yields. It is one piece, unless it does not parse and holds several
    definitions: then each becomes a piece, so that one unclosed quote does not hide the others.
    """

    source: Source
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    chunk_starts: tuple[int, ...]

    @classmethod
    def from_text(cls, text: str, version: int | None = None) -> "Document":
        """Cut and parse a whole text."""
        offsets = (0, *splitting.boundaries(text))
        return _assemble(Source(text, version), offsets, {})

    def edited(self, span: Span, new: str, version: int | None = None) -> "Document":
        """The document in which `span` reads `new`; pieces that the edit spares are shared."""
        source = self.source.replaced(span, new, version)
        known = {piece.text: piece for piece in self.pieces}
        return _assemble(source, tuple(self._recut(source.text, span, len(new))), known)

    def piece_at(self, offset: int) -> int:
        """Index of the piece that holds `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _recut(self, text: str, span: Span, inserted: int) -> Iterator[int]:
        """Old chunk starts before the edit, new ones around it, shifted old ones after it."""
        # One chunk further back: the edit may turn its chunk into the clause of an earlier one.
        first = max(bisect_right(self.chunk_starts, span.start) - 2, 0)
        yield from self.chunk_starts[: first + 1]
        by = inserted - (span.end - span.start)
        rest = [start + by for start in self.chunk_starts if start > span.end]
        known = set(rest)
        for offset in splitting.boundaries(text, self.chunk_starts[first]):
            if offset in known:
                yield from (start for start in rest if start >= offset)
                return
            yield offset


def _assemble(source: Source, chunk_starts: tuple[int, ...], known: dict[str, Piece]) -> Document:
    pieces: list[Piece] = []
    starts: list[int] = []
    for start, end in zip(chunk_starts, (*chunk_starts[1:], len(source.text)), strict=True):
        for offset, piece in _pieces_of_chunk(source.text[start:end], known):
            starts.append(start + offset)
            pieces.append(piece)
    return Document(source, tuple(pieces), tuple(starts), chunk_starts)


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

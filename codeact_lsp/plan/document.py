"""A plan file as a sequence of top-level pieces, each parsed once and shared across edits."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from codeact_lsp.plan import splitting
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.pieces import Pieces
from codeact_lsp.plan.recutting import Recutting
from codeact_lsp.plan.source import Source, Span
from codeact_lsp.plan.starts import Starts


class Replaced(NamedTuple):
    """What an edit did: `pieces[first:old_end]` became the new pieces from `first` to `new_end`."""

    pieces: Pieces
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
        looked: Of each chunk behind whose end the cutter had to look, where it starts and how far.
        origin: What the document was made from by an edit, if it was.
        known: For each word that was asked for, the indices of the pieces in which it stands.
    """

    source: Source
    pieces: Pieces
    starts: Starts
    chunk_starts: Starts
    broken: tuple[int, ...]
    looked: tuple[tuple[int, int], ...] = ()
    origin: "Replaced | None" = field(default=None, compare=False, repr=False)
    known: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_text(
        cls, text: str, version: int | None = None, *, is_draft: bool = False
    ) -> "Document":
        """Cut and parse a whole text.

        Args:
            text: The text.
            version: The editor's number of it.
            is_draft: Whether to do without what takes a fifth of the time, and is for errors that
                the grammar does not show; see `refused`.
        """
        source = Source(text, version)
        cuts = [0]
        looked: list[tuple[int, int]] = []
        for cut in splitting.boundaries(text):
            _note(looked, cuts[-1], cut)
            cuts.append(cut.offset)
        pieces, places = _pieces(source, cuts, len(text), partial(Piece, is_draft=is_draft))
        starts = Starts.of(places)
        chunk_starts = starts if places == cuts else Starts.of(cuts)
        return cls(source, Pieces.of(pieces), starts, chunk_starts, _broken(pieces), tuple(looked))

    def edited(self, span: Span, new: str, version: int | None = None) -> "Document":
        """The document in which `span` reads `new`; pieces that the edit spares are shared."""
        source = self.source.replaced(span, new, version)
        by = len(new) - (span.end - span.start)
        head = self._first_affected(span.start)
        cuts, looked, tail = Recutting(source, self.chunk_starts, span.end, by).recut(head)
        length = len(self.source.characters)
        end = self.chunk_starts[tail] if tail < len(self.chunk_starts) else length
        first = self.starts.part_at(self.chunk_starts[head])
        last = self.starts.part_at(end) if end < length else len(self.pieces)
        gone = {piece.text: piece for piece in self.pieces[first:last] if not piece.refusal}
        pieces, come = _pieces(source, cuts, end + by, lambda text: gone.get(text) or Piece(text))
        starts = self.starts.replaced(first, last, come, by)
        chunk_starts = starts
        # Where there are as many chunks as pieces, each is one: most of the time.
        if head + len(cuts) + len(self.chunk_starts) - tail != len(starts):
            chunk_starts = self.chunk_starts.replaced(head, tail, cuts, by)

        def indices(old: tuple[int, ...], new: tuple[int, ...]) -> tuple[int, ...]:
            """Of `old`, those of pieces that stay, where they are now; those of new pieces."""
            before, behind = old[: bisect_left(old, first)], old[bisect_left(old, last) :]
            return before + _shifted(new, first) + _shifted(behind, len(starts) - len(self.starts))

        return Document(
            source,
            self.pieces.replaced(first, last, pieces),
            starts,
            chunk_starts,
            indices(self.broken, _broken(pieces)),
            tuple(known for known in self.looked if known[0] < cuts[0])
            + looked
            + tuple((at + by, seen + by) for at, seen in self.looked if at >= end),
            _replaced(self.pieces, first, last, pieces),
            {word: indices(old, _holding(word, pieces)) for word, old in self.known.items()},
        )

    def piece_at(self, offset: int) -> int:
        """Index of the piece that holds `offset`."""
        return self.starts.part_at(max(offset, 0))

    def pieces_with(self, word: str) -> tuple[int, ...]:
        """Indices of the pieces in which `word`, a part of a line, stands.

        All pieces are looked through once; from then on, edits look through their own.
        """
        if word not in self.known:
            self.known[word] = _holding(word, self.pieces)
        return self.known[word]

    @property
    def refused(self) -> Span | None:
        """From the first to the last piece of a draft that Python does not compile, if it has any.

        An edit which puts there what is there already makes no draft of it.
        """
        refused = [index for index, piece in enumerate(self.pieces) if piece.refusal]
        if not refused:
            return None
        last = refused[-1]
        return Span(self.starts[refused[0]], self.starts[last] + len(self.pieces[last].text))

    def _first_affected(self, offset: int) -> int:
        """The first chunk that an edit at `offset` can make end elsewhere."""
        # One chunk further back: the edit may turn its chunk into the clause of an earlier one.
        head = max(self.chunk_starts.part_at(offset) - 1, 0)
        far = [self.chunk_starts.part_at(at) for at, seen in self.looked if seen >= offset]
        return min([head, *far])


def _note(looked: list[tuple[int, int]], start: int, cut: splitting.Boundary) -> None:
    if cut.seen > cut.offset:
        looked.append((start, cut.seen))


def difference(old: Document, new: Document) -> Replaced:
    """Which pieces of `old` are others in `new`; all that is outside of them is shared."""
    if new.origin and new.origin.pieces is old.pieces:
        return new.origin
    return _replaced(old.pieces, 0, len(old.pieces), tuple(new.pieces))


def _replaced(before: Pieces, first: int, last: int, come: tuple[Piece, ...]) -> Replaced:
    """That `before[first:last]` became `come`, less what is the same at both ends."""
    gone = before[first:last]
    shorter = min(len(gone), len(come))
    head = next((at for at in range(shorter) if gone[at] is not come[at]), shorter)
    most = shorter - head
    tail = next((at for at in range(most) if gone[-1 - at] is not come[-1 - at]), most)
    return Replaced(before, first + head, last - tail, first + len(come) - tail)


def _shifted(indices: tuple[int, ...], by: int) -> tuple[int, ...]:
    return tuple([index + by for index in indices]) if by else indices


def _broken(pieces: Iterable[Piece]) -> tuple[int, ...]:
    return tuple(index for index, piece in enumerate(pieces) if piece.issue)


def _holding(word: str, pieces: Iterable[Piece]) -> tuple[int, ...]:
    return tuple([index for index, piece in enumerate(pieces) if word in piece.text])


def _pieces(
    source: Source, cuts: Sequence[int], end: int, piece_of: Callable[[str], Piece]
) -> tuple[tuple[Piece, ...], list[int]]:
    """The pieces of the chunks that begin at `cuts`, the last of which ends at `end`."""
    pieces: list[Piece] = []
    starts: list[int] = []
    for start, stop in zip(cuts, (*cuts[1:], end), strict=True):
        for offset, piece in _pieces_of_chunk(source.characters[start:stop], piece_of):
            starts.append(start + offset)
            pieces.append(piece)
    return tuple(pieces), starts


def _pieces_of_chunk(text: str, piece_of: Callable[[str], Piece]) -> Iterator[tuple[int, Piece]]:
    whole = piece_of(text)
    if whole.issue is None:
        yield 0, whole
        return
    cuts = [0, *splitting.definitions(text)]
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        part = text[start:end]
        yield start, whole if part == text else piece_of(part)

"""Cut an edited text anew, from the edit on and no further than it can matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from codeact_lsp.plan import splitting
from codeact_lsp.plan.source import Source
from codeact_lsp.plan.splitting import Boundary
from codeact_lsp.plan.starts import Starts

# How many statements behind an edit are shown to the cutter. Nearly always the first one is what it
# was before. If it is not, as behind a quote, a definition is: and if not that, all are shown.
_SHOWN_BEHIND = (4, 256)


class Recut(NamedTuple):
    """Where new chunks start, how far they looked, and the old chunk that they are in step with."""

    cuts: tuple[int, ...]
    looked: tuple[tuple[int, int], ...]
    tail: int


@dataclass(frozen=True, slots=True)
class Recutting:
    """An edited text that is to be cut.

    Attributes:
        source: The text.
        chunks: Where each chunk started before.
        edited: Where the edit ended in the old text.
        by: How much longer the text has become.
    """

    source: Source
    chunks: Starts
    edited: int
    by: int

    def recut(self, head: int) -> Recut:
        """The chunks from chunk `head` on, until the cutter is in step with the old ones."""
        behind = self.chunks.part_at(self.edited)
        for shown in _SHOWN_BEHIND:
            if behind + shown < len(self.chunks):
                end = self.chunks[behind + shown] + self.by
                found = self._followed(self.chunks[head], end)
                if found.tail < len(self.chunks):
                    return found
        return self._followed(self.chunks[head], None)

    def _followed(self, start: int, end: int | None) -> Recut:
        """The same from `start` on, of what can be told from the text up to `end`."""
        cuts = [start]
        looked: list[tuple[int, int]] = []
        for cut in self._boundaries(start, end):
            if cut.seen > cut.offset:
                looked.append((cuts[-1], cut.seen))
            if (before := cut.offset - self.by) > self.edited:
                old = self.chunks.part_at(before)
                if self.chunks[old] == before:
                    return Recut(tuple(cuts), tuple(looked), old)
            cuts.append(cut.offset)
        return Recut(tuple(cuts), tuple(looked), len(self.chunks))

    def _boundaries(self, start: int, end: int | None) -> Iterator[Boundary]:
        """The boundaries behind `start` that do not depend on what stands behind `end`.

        Those do not of which the cutter did not see that far: it begins each line with what it has
        seen of those before, and what it needs to see of the line is on it or looked at as a whole.
        """
        # With the character before: what is a byte order mark at the start of a text, is none here.
        origin = max(start - 1, 0)
        for cut in splitting.boundaries(self.source.characters[origin:end], start - origin):
            if end is not None and origin + cut.seen >= end:
                return
            yield Boundary(origin + cut.offset, origin + cut.seen)

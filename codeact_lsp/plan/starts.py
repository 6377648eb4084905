"""Where the parts of a text start, in blocks, so that an edit of a long text costs only its own."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import overload

from codeact_lsp.plan.rope import evenly

# Blocks are shifted one by one and parts are copied a block at a time: about the square root of the
# number of lines in a long plan serves both.
_MOST_PARTS = 256


class Starts(Sequence[int]):
    """The offset of the first character of each part: a line, or a piece. Never empty or changed.

    The first part starts at 0, and the others in ascending order.
    """

    def __init__(self, offsets: list[int], blocks: list[list[int]]) -> None:
        """Take in where the first part of each block starts, and where all do relative to that."""
        self._offsets = offsets
        self._blocks = blocks
        self._firsts = [0, *accumulate(map(len, blocks))]

    @classmethod
    def of(cls, starts: Sequence[int]) -> "Starts":
        """The same offsets, in blocks."""
        return cls(*_blocks(starts))

    def __len__(self) -> int:
        """How many parts there are."""
        return self._firsts[-1]

    def __iter__(self) -> Iterator[int]:
        """The offsets in order."""
        for offset, block in zip(self._offsets, self._blocks, strict=True):
            yield from [offset + start for start in block]

    @overload
    def __getitem__(self, part: int) -> int: ...
    @overload
    def __getitem__(self, part: slice) -> list[int]: ...
    def __getitem__(self, part: int | slice) -> int | list[int]:
        """Where a part starts, or each of some parts does."""
        if isinstance(part, slice):
            return [self[number] for number in range(*part.indices(len(self)))]
        number = part + len(self) if part < 0 else part
        if not 0 <= number < len(self):
            message = f"the text has no part {part}"
            raise IndexError(message)
        index = bisect_right(self._firsts, number) - 1
        return self._offsets[index] + self._blocks[index][number - self._firsts[index]]

    def __eq__(self, other: object) -> bool:
        """Whether the parts of another text start at the same offsets."""
        return isinstance(other, Starts) and [*self] == [*other]

    def __hash__(self) -> int:
        """As for any sequence of these offsets."""
        return hash(tuple(self))

    def part_at(self, offset: int) -> int:
        """The part that holds `offset`, which is no negative number."""
        index = bisect_right(self._offsets, offset) - 1
        inside = offset - self._offsets[index]
        return self._firsts[index] + bisect_right(self._blocks[index], inside) - 1

    def replaced(self, first: int, last: int, new: Iterable[int], by: int) -> "Starts":
        """The starts in which `new` stand for those of the parts from `first` up to `last`.

        Args:
            first: The first part that starts elsewhere, or comes or goes.
            last: The first part behind it that is only shifted, or the number of parts; not 0.
            new: Offsets, in order.
            by: How far the parts from `last` on are shifted.
        """
        # The blocks of the last part before, and of the last that goes: what is left of the latter
        # is shifted by itself.
        head = bisect_right(self._firsts, max(first - 1, 0)) - 1
        tail = bisect_right(self._firsts, last - 1) - 1
        before = self._absolute(head)[: first - self._firsts[head]]
        after = self._absolute(tail)[last - self._firsts[tail] :]
        offsets, blocks = _blocks([*before, *new, *(start + by for start in after)])
        behind = [offset + by for offset in self._offsets[tail + 1 :]]
        return Starts(
            [*self._offsets[:head], *offsets, *behind],
            [*self._blocks[:head], *blocks, *self._blocks[tail + 1 :]],
        )

    def _absolute(self, index: int) -> list[int]:
        offset = self._offsets[index]
        return [offset + start for start in self._blocks[index]]


def _blocks(starts: Sequence[int]) -> tuple[list[int], list[list[int]]]:
    """`starts`, in order, as blocks that are about equally long, with the first one of each."""
    parts = evenly(starts, _MOST_PARTS)
    return [part[0] for part in parts], [[start - part[0] for start in part] for part in parts]

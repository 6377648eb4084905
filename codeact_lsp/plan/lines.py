"""Where the lines of a text start, in blocks, so that an edit of a long text costs only its own."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple, overload

# Blocks are shifted one by one and lines are copied a block at a time: about the square root of the
# number of lines in a long plan serves both.
_MOST_LINES = 256


class _Block(NamedTuple):
    """Some lines in a row: where the first starts, and where each starts relative to it."""

    offset: int
    starts: list[int]


class LineStarts(Sequence[int]):
    """The offset of the first character of each line; never empty, never changed."""

    def __init__(self, blocks: Sequence[_Block]) -> None:
        self._blocks = blocks
        self._offsets = [block.offset for block in blocks]
        self._firsts = [0, *accumulate(len(block.starts) for block in blocks)]

    @classmethod
    def of(cls, starts: Sequence[int]) -> "LineStarts":
        """The same offsets, in blocks."""
        return cls(_blocks(starts))

    def __len__(self) -> int:
        """How many lines there are."""
        return self._firsts[-1]

    @overload
    def __getitem__(self, line: int) -> int: ...
    @overload
    def __getitem__(self, line: slice) -> list[int]: ...
    def __getitem__(self, line: int | slice) -> int | list[int]:
        """Where a line starts, or each of some lines does."""
        if isinstance(line, slice):
            return [self[number] for number in range(*line.indices(len(self)))]
        number = line + len(self) if line < 0 else line
        if not 0 <= number < len(self):
            message = f"the text has no line {line}"
            raise IndexError(message)
        index = bisect_right(self._firsts, number) - 1
        offset, starts = self._blocks[index]
        return offset + starts[number - self._firsts[index]]

    def line_at(self, offset: int) -> int:
        """The line that holds `offset`, which is no negative number."""
        index = bisect_right(self._offsets, offset) - 1
        block = self._blocks[index]
        return self._firsts[index] + bisect_right(block.starts, offset - block.offset) - 1

    def replaced(self, first: int, last: int, new: Iterable[int], by: int) -> "LineStarts":
        """The index in which `new` stand for the starts of the lines from `first` up to `last`.

        Args:
            first: The first line that starts elsewhere; not 0.
            last: The first line behind it that is only shifted, or the number of lines.
            new: Offsets, in order.
            by: How far the lines from `last` on are shifted.
        """
        head = bisect_right(self._firsts, first - 1) - 1
        # The block of the last line that goes: what is left of it is shifted by itself.
        tail = bisect_right(self._firsts, last - 1) - 1
        before = self._absolute(head)[: first - self._firsts[head]]
        after = self._absolute(tail)[last - self._firsts[tail] :]
        between = _blocks([*before, *new, *(start + by for start in after)])
        rest = (_Block(offset + by, starts) for offset, starts in self._blocks[tail + 1 :])
        return LineStarts([*self._blocks[:head], *between, *rest])

    def _absolute(self, index: int) -> list[int]:
        offset, starts = self._blocks[index]
        return [offset + start for start in starts]


def _blocks(starts: Sequence[int]) -> list[_Block]:
    """`starts`, in order, as blocks that are about equally long."""
    size = len(starts) // (len(starts) // _MOST_LINES + 1) + 1
    return [
        _Block(starts[at], [start - starts[at] for start in starts[at : at + size]])
        for at in range(0, len(starts), size)
    ]

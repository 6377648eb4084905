"""A long text in blocks, so that an edit of it costs only its own."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from codeact_lsp.plan.rope import evenly

# An edit copies a block, and the list of them; half of a megabyte of text makes thirty-two.
_MOST_CHARACTERS = 16_384


class Characters:
    """What is done with a string of which little is looked at; never changed."""

    def __init__(self, blocks: Sequence[str]) -> None:
        """Take in the text, cut anywhere."""
        self._blocks = blocks
        self._firsts = [0, *accumulate(map(len, blocks))]

    @classmethod
    def of(cls, text: str) -> "Characters":
        """The same text, in blocks."""
        return cls(evenly(text, _MOST_CHARACTERS))

    def __len__(self) -> int:
        """How many characters there are."""
        return self._firsts[-1]

    def __str__(self) -> str:
        """The text in one."""
        return "".join(self._blocks)

    def __getitem__(self, part: slice) -> str:
        """The text from one place to another, as of a string."""
        first, end, _ = part.indices(len(self))
        head, tail = self._block_of(first), self._block_of(end)
        origin = self._firsts[head]
        return "".join(self._blocks[head : tail + 1])[first - origin : max(end, first) - origin]

    def replaced(self, first: int, end: int, new: str) -> "Characters":
        """The text in which `new` stands for what was from `first` to `end`."""
        head, tail = self._block_of(first), self._block_of(end)
        before = self[self._firsts[head] : first]
        behind = self[end : self._firsts[min(tail + 1, len(self._blocks))]]
        made = evenly(f"{before}{new}{behind}", _MOST_CHARACTERS)
        return Characters([*self._blocks[:head], *made, *self._blocks[tail + 1 :]])

    def _block_of(self, offset: int) -> int:
        """The block of a character; of one behind the last, the last block."""
        return max(min(bisect_right(self._firsts, offset), len(self._blocks)) - 1, 0)

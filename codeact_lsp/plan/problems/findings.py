"""What the checks found, piece by piece, in blocks: an edit of a long plan costs only its own."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, overload

from codeact_lsp.plan.problems.problem import Problem

# Blocks are looked through one by one and made anew a block at a time: about the square root of the
# number of pieces in a long plan serves both.
_MOST_PIECES = 64


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks of one piece and its nodes found, and the names that they asked about."""

    problems: tuple[Problem, ...]
    asked: frozenset[str]


class _Block(NamedTuple):
    """Some pieces in a row.

    Attributes:
        asked: All that the checks of any of them asked about.
        telling: Those, counted from the first, of which there is something to tell.
    """

    found: tuple[Found, ...]
    asked: frozenset[str]
    telling: tuple[int, ...]


class Findings(Sequence[Found]):
    """What was found of each piece; never changed."""

    def __init__(self, blocks: Sequence[_Block]) -> None:
        self._blocks = blocks
        self._firsts = [0, *accumulate(len(block.found) for block in blocks)]

    @classmethod
    def of(cls, found: Sequence[Found]) -> "Findings":
        """The same, in blocks."""
        return cls(_blocks(found))

    def __len__(self) -> int:
        """How many pieces there are."""
        return self._firsts[-1]

    @overload
    def __getitem__(self, index: int) -> Found: ...
    @overload
    def __getitem__(self, index: slice) -> list[Found]: ...
    def __getitem__(self, index: int | slice) -> Found | list[Found]:
        """What was found of a piece, or of each of some."""
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            message = f"the plan has no piece {index}"
            raise IndexError(message)
        block = self._block_of(number)
        return self._blocks[block].found[number - self._firsts[block]]

    @property
    def problems(self) -> Iterator[tuple[int, Problem]]:
        """All problems, in order and each with the index of its piece."""
        for first, block in zip(self._firsts, self._blocks, strict=False):
            for at in block.telling:
                yield from ((first + at, problem) for problem in block.found[at].problems)

    def asking(self, names: Collection[str]) -> Iterator[int]:
        """The pieces whose checks asked about one of `names`."""
        for first, block in zip(self._firsts, self._blocks, strict=False):
            if names and not block.asked.isdisjoint(names):
                for at, found in enumerate(block.found, first):
                    if not found.asked.isdisjoint(names):
                        yield at

    def replaced(self, first: int, end: int, come: Iterable[Found]) -> "Findings":
        """The findings in which `come` stand for those of the pieces from `first` to `end`."""
        if not self._blocks:
            return Findings.of([*come])
        head, tail = self._block_of(first), self._block_of(max(first, end - 1))
        before = self._blocks[head].found[: first - self._firsts[head]]
        behind = self._blocks[tail].found[end - self._firsts[tail] :]
        made = _blocks([*before, *come, *behind])
        return Findings([*self._blocks[:head], *made, *self._blocks[tail + 1 :]])

    def updated(self, found: Mapping[int, Found]) -> "Findings":
        """The findings in which those of some pieces are others."""
        blocks = list(self._blocks)
        for index in {self._block_of(number) for number in found}:
            old = enumerate(blocks[index].found, self._firsts[index])
            blocks[index] = _block(tuple([found.get(number, kept) for number, kept in old]))
        return Findings(blocks)

    def _block_of(self, number: int) -> int:
        """The block of a piece; of one behind the last, the last block."""
        return min(bisect_right(self._firsts, number), len(self._blocks)) - 1


def _block(found: tuple[Found, ...]) -> _Block:
    asked = frozenset[str]().union(*(each.asked for each in found))
    return _Block(found, asked, tuple([at for at, each in enumerate(found) if each.problems]))


def _blocks(found: Sequence[Found]) -> list[_Block]:
    """`found`, in order, as blocks that are about equally long."""
    size = len(found) // (len(found) // _MOST_PIECES + 1) + 1
    return [_block(tuple(found[at : at + size])) for at in range(0, len(found), size)]

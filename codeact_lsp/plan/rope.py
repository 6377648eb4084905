"""A long sequence in blocks, so that an edit of it costs only its own."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import Any, ClassVar, Self, TypeVar, overload

_T = TypeVar("_T")


class Block(tuple[_T, ...]):  # noqa: SLOT001 - what is found out is kept in its `__dict__`.
    """Some items in a row. What a subclass finds out about them stays for as long as they do.

    Two blocks are the same only if they are one object.
    """

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        """Whether this is the other one."""
        return self is other

    def __ne__(self, other: object) -> bool:
        """Whether this is not the other one."""
        return self is not other


class Rope(Sequence[_T]):
    """Items in blocks; never changed. An edited one shares all blocks but those of the edit.

    Attributes:
        blocks: All items, in order.
        firsts: For each block the number of its first item, and behind them how many there are.
    """

    block: ClassVar[type[Block[Any]]] = Block
    # Blocks are looked through one by one and made anew a block at a time: about the square root of
    # the number of items in a long plan serves both.
    most: ClassVar[int] = 64

    def __init__(self, blocks: Iterable[Block[_T]] = ()) -> None:
        self.blocks = (*blocks,)
        self.firsts = [0, *accumulate(map(len, self.blocks))]

    @classmethod
    def of(cls, items: Iterable[_T]) -> Self:
        """The items in blocks."""
        return cls(cls._cut([*items]))

    @classmethod
    def _cut(cls, items: Sequence[_T]) -> list[Block[_T]]:
        return [cls.block(part) for part in evenly(items, cls.most)]

    def __len__(self) -> int:
        """How many items there are."""
        return self.firsts[-1]

    def __iter__(self) -> Iterator[_T]:
        """The items in order."""
        return chain.from_iterable(self.blocks)

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        """An item, or some of them."""
        if isinstance(index, slice):
            first, end, step = index.indices(len(self))
            return tuple(self._between(first, end)) if step == 1 else tuple(self)[index]
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            message = f"there is no item {index}"
            raise IndexError(message)
        at = self.block_of(number)
        return self.blocks[at][number - self.firsts[at]]

    def _between(self, first: int, end: int) -> Iterator[_T]:
        at = self.block_of(first)
        behind = chain.from_iterable(islice(self.blocks, max(at, 0), None))
        skipped = first - self.firsts[max(at, 0)]
        return islice(behind, skipped, skipped + max(end - first, 0))

    def __eq__(self, other: object) -> bool:
        """Whether the other one holds equal items."""
        return isinstance(other, Rope) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """As for any sequence of these items."""
        return hash(tuple(self))

    def block_of(self, number: int) -> int:
        """The block of an item; of one behind the last, the last block; -1 if there is none."""
        return min(bisect_right(self.firsts, number), len(self.blocks)) - 1

    def replaced(self, first: int, end: int, come: Iterable[_T]) -> Self:
        """The items in which `come` stand for those from `first` to `end`."""
        if not self.blocks:
            return self.of(come)
        head, tail = self.block_of(first), self.block_of(max(first, end - 1))
        before = self.blocks[head][: first - self.firsts[head]]
        behind = self.blocks[tail][end - self.firsts[tail] :]
        made = self._cut([*before, *come, *behind])
        return type(self)([*self.blocks[:head], *made, *self.blocks[tail + 1 :]])


@overload
def evenly(items: str, most: int) -> list[str]: ...
@overload
def evenly(items: Sequence[_T], most: int) -> list[Sequence[_T]]: ...
def evenly(items: Sequence[_T], most: int) -> Sequence[Sequence[_T]]:
    """The items, in order, in parts of no more than `most` that are about equally long."""
    size = len(items) // (len(items) // most + 1) + 1
    return [items[at : at + size] for at in range(0, len(items), size)]

"""The pieces of a plan in a row, and where among them each node is defined."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.overlay import Overlay
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.rope import Block, Rope


class _Defined(NamedTuple):
    """A definition, and the number of its piece in the block."""

    at: int
    node: Node


class PieceBlock(Block[Piece]):
    """Some pieces in a row."""

    @cached_property
    def names(self) -> list[str]:
        """The names that are defined, each as often as it is."""
        return [node.name for piece in self for node in piece.nodes]

    @cached_property
    def last(self) -> Mapping[str, _Defined]:
        """Of each name the last definition."""
        return {
            node.name: _Defined(at, node) for at, piece in enumerate(self) for node in piece.nodes
        }


class Pieces(Rope[Piece]):
    """Pieces in the order of the text."""

    block = PieceBlock
    most = 32
    blocks: tuple[PieceBlock, ...]


_Definers = Mapping[str, tuple[PieceBlock, ...]]


class Places(Mapping[str, int]):
    """For each node the index of the piece that defines it; where several do, of the last one."""

    def __init__(self, pieces: Pieces, definers: _Definers) -> None:
        """Take in the pieces, and for each definition of a name the block in which it stands."""
        self._pieces = pieces
        self._definers = definers

    @classmethod
    def of(cls, pieces: Pieces) -> "Places":
        """The places of all nodes."""
        return Places(Pieces(), {}).edited(pieces)

    def edited(self, pieces: Pieces) -> "Places":
        """The places in other pieces; only those in blocks that are not shared are looked at."""
        before, after = {*self._pieces.blocks}, {*pieces.blocks}
        gone = before - after
        changed = {
            name: tuple(other for other in self._definers[name] if other not in gone)
            for block in gone
            for name in block.names
        }
        for block in after - before:
            for name in block.names:
                known = changed[name] if name in changed else self._definers.get(name, ())
                changed[name] = (*known, block)
        come = {name: blocks for name, blocks in changed.items() if blocks}
        definers = Overlay.over(self._definers).edited(come, changed.keys() - come.keys())
        return Places(pieces, definers)

    @cached_property
    def _firsts(self) -> Mapping[PieceBlock, int]:
        return dict(zip(self._pieces.blocks, self._pieces.firsts, strict=False))

    def _definer(self, name: str) -> PieceBlock:
        blocks = self._definers[name]
        return blocks[0] if len(blocks) == 1 else max(blocks, key=self._firsts.__getitem__)

    def __getitem__(self, name: str) -> int:
        """The index of the piece that defines a node."""
        block = self._definer(name)
        return self._firsts[block] + block.last[name].at

    def node(self, name: str) -> Node:
        """The node of a name."""
        return self._definer(name).last[name].node

    def is_repeated(self, name: str) -> bool:
        """Whether a name has more than one definition."""
        return len(self._definers.get(name, ())) > 1

    def __contains__(self, name: object) -> bool:
        """Whether a node has that name."""
        return name in self._definers

    def __iter__(self) -> Iterator[str]:
        """The names, in no order."""
        return iter(self._definers)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._definers)

"""Which piece defines which node."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.piece import Piece

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class NodeTable:
    """The nodes by name; as in Python, the last definition of a name holds.

    Attributes:
        nodes: In the order in which their names first appear.
        pieces: Index of the piece that defines each.
        repeated: The names that have more than one definition.
        generators: The nodes that cannot be called, since they are generators.
    """

    nodes: Mapping[str, Node]
    pieces: Mapping[str, int]
    repeated: frozenset[str]
    generators: frozenset[str]

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "NodeTable":
        """The table of all `pieces`."""
        nodes: dict[str, Node] = {}
        places: dict[str, int] = {}
        repeated: set[str] = set()
        for index, piece in enumerate(pieces):
            for node in piece.nodes:
                if node.name in nodes:
                    repeated.add(node.name)
                nodes[node.name] = node
                places[node.name] = index
        return cls(nodes, places, frozenset(repeated), frozenset(_generators(nodes)))

    def edited(
        self, pieces: Sequence[Piece], first: int, old: Sequence[Piece], new: Sequence[Piece]
    ) -> "NodeTable":
        """The table of `pieces`, in which `new` took the place of `old` at index `first`."""
        names_before, names_after = list(map(_names, old)), list(map(_names, new))
        # Copies cost next to nothing, going through all pieces does.
        if names_before == names_after:
            return self._refilled(first, new)
        match names_before, names_after:
            case [[before]], [[after]] if self._can_rename(before, after):
                return self._with(
                    {**renamed(self.nodes, before, after), after: new[0].nodes[0]},
                    renamed(self.pieces, before, after),
                    {before, after},
                )
            case _:
                return NodeTable.of(pieces)

    def _refilled(self, first: int, new: Sequence[Piece]) -> "NodeTable":
        """The table in which the nodes of the pieces from `first` on are those of `new`."""
        held = {
            node.name: node
            for index, piece in enumerate(new, first)
            for node in piece.nodes
            if self.pieces[node.name] == index
        }
        return self._with({**self.nodes, **held}, self.pieces, held.keys())

    def _with(
        self, nodes: Mapping[str, Node], pieces: Mapping[str, int], changed: AbstractSet[str]
    ) -> "NodeTable":
        edited = {name: nodes[name] for name in changed if name in nodes}
        generators = self.generators - changed | frozenset(_generators(edited))
        return NodeTable(nodes, pieces, self.repeated, generators)

    def _can_rename(self, before: str, after: str) -> bool:
        return before not in self.repeated and after not in self.nodes


def renamed(entries: Mapping[str, _T], before: str, after: str) -> dict[str, _T]:
    """The entries in the same order, one of them under another name."""
    names = list(entries)
    names[names.index(before)] = after
    return dict(zip(names, entries.values(), strict=True))


def _generators(nodes: Mapping[str, Node]) -> Iterator[str]:
    return (name for name, node in nodes.items() if node.is_generator)


def _names(piece: Piece) -> list[str]:
    return [node.name for node in piece.nodes]


def defined(pieces: Sequence[Piece]) -> Iterator[Node]:
    """All definitions in `pieces`, in order."""
    for piece in pieces:
        yield from piece.nodes

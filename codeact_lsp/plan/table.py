"""Which piece defines which node."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.piece import Piece


@dataclass(frozen=True, slots=True)
class NodeTable:
    """The nodes by name; as in Python, the last definition of a name holds.

    Attributes:
        nodes: In the order in which their names first appear.
        pieces: Index of the piece that defines each; in no order.
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
        # Copies cost next to nothing, going through all pieces does.
        if len(old) == len(new) and list(map(_names, old)) == list(map(_names, new)):
            return self._refilled(first, new)
        if self._can_splice(old, new):
            return self._spliced(first, old, new)
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

    def _can_splice(self, old: Sequence[Piece], new: Sequence[Piece]) -> bool:
        """Whether each name has one definition before and after, so that their order is known."""
        gone, come = _defined_names(old), _defined_names(new)
        is_new = all(name in gone or name not in self.nodes for name in come)
        return not self.repeated and len(set(come)) == len(come) and is_new

    def _spliced(self, first: int, old: Sequence[Piece], new: Sequence[Piece]) -> "NodeTable":
        """The table in which the definitions of `new` stand for those of `old`."""
        names, nodes, place = [*self.nodes], [*self.nodes.values()], self.pieces.__getitem__
        start = bisect_left(names, first, key=place)
        end = bisect_left(names, first + len(old), key=place)
        by = len(new) - len(old)
        shifted = {name: place(name) + by for name in names[end:]} if by else {}
        held = {node.name: at for at, piece in enumerate(new, first) for node in piece.nodes}
        places = {**self.pieces, **shifted, **held}
        for name in {*names[start:end]} - held.keys():
            del places[name]
        names[start:end], nodes[start:end] = held, defined(new)
        return self._with(
            dict(zip(names, nodes, strict=True)), places, {*_defined_names(old), *held}
        )


def _generators(nodes: Mapping[str, Node]) -> Iterator[str]:
    return (name for name, node in nodes.items() if node.is_generator)


def _defined_names(pieces: Sequence[Piece]) -> list[str]:
    return [node.name for node in defined(pieces)]


def _names(piece: Piece) -> list[str]:
    return [node.name for node in piece.nodes]


def defined(pieces: Sequence[Piece]) -> Iterator[Node]:
    """All definitions in `pieces`, in order."""
    for piece in pieces:
        yield from piece.nodes

"""Which piece defines which node."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.overlay import Overlay
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.pieces import Pieces, Places
from codeact_lsp.plan.spelling import Spellings


@dataclass(frozen=True, slots=True)
class NodeTable:
    """The nodes by name; as in Python, the last definition of a name holds.

    Attributes:
        nodes: In the order in which their names first appear.
        pieces: Index of the piece that defines each; in no order.
        repeated: The names that have more than one definition.
        generators: The nodes that cannot be called, since they are generators.
        spellings: The names, for whoever looks for one that was misspelt.
    """

    nodes: Mapping[str, Node]
    pieces: Places
    repeated: frozenset[str]
    generators: frozenset[str]
    spellings: Spellings = field(compare=False, repr=False)

    @classmethod
    def of(cls, pieces: Pieces) -> "NodeTable":
        """The table of all `pieces`."""
        nodes = {node.name: node for node in defined(pieces)}
        places = Places.of(pieces)
        repeated, generators = _repeated(places, nodes), _generators(nodes)
        return cls(nodes, places, repeated, generators, Spellings.of(nodes))

    def edited(self, pieces: Pieces, names: Collection[str]) -> "NodeTable":
        """The table of `pieces`, which are those of this one but for the definitions of `names`."""
        places = self.pieces.edited(pieces)
        held = {name: places.node(name) for name in names if name in places}
        come = [name for name in held if name not in self.nodes]
        gone = [name for name in names if name not in held and name in self.nodes]
        nodes = Overlay.over(self.nodes).edited(
            held, gone, lambda: (node.name for node in defined(pieces))
        )
        return NodeTable(
            nodes,
            places,
            self.repeated.difference(names) | _repeated(places, held),
            self.generators.difference(names) | _generators(held),
            self.spellings.edited(come, gone),
        )

    def holds(self, node: Node, piece: int) -> bool:
        """Whether `node`, which the piece of that index defines, is the last one of its name."""
        if node.name not in self.repeated:
            return True
        return self.nodes[node.name] is node and self.pieces[node.name] == piece


def _repeated(places: Places, names: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(places.is_repeated, names))


def _generators(nodes: Mapping[str, Node]) -> frozenset[str]:
    return frozenset(name for name, node in nodes.items() if node.is_generator)


def defined(pieces: Iterable[Piece]) -> Iterator[Node]:
    """All definitions in `pieces`, in order."""
    for piece in pieces:
        yield from piece.nodes

"""A plan: an immutable snapshot of a document read as a workflow."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from codeact_lsp.plan.document import Document, difference
from codeact_lsp.plan.graph import PlanGraph
from codeact_lsp.plan.keys import CodeKeys
from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.source import Source, Span
from codeact_lsp.plan.syntax import BYTE_ORDER_MARK
from codeact_lsp.plan.table import NodeTable


@dataclass(frozen=True)
class Definition:
    """A node and where its piece starts; `span` turns the node's spans into the document's."""

    node: Node
    piece: int
    start: int

    def span(self, part: Span) -> Span:
        """`part`, which is relative to the node's piece, as a span of the document."""
        return part.shifted(self.start)


class Definitions(Mapping[str, Definition]):
    """The nodes by name. Made when asked for, since a definition's place moves at each edit."""

    def __init__(self, table: NodeTable, starts: Sequence[int]) -> None:
        self._table = table
        self._starts = starts

    def __getitem__(self, name: str) -> Definition:
        """The definition of `name` that holds."""
        piece = self._table.pieces[name]
        return Definition(self._table.nodes[name], piece, self._starts[piece])

    def __iter__(self) -> Iterator[str]:
        """The names, in the order in which they first appear."""
        return iter(self._table.nodes)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._table.nodes)

    def __contains__(self, name: object) -> bool:
        """Whether a node has that name."""
        return name in self._table.nodes


@dataclass(frozen=True)
class Plan:
    """What the editor has open, at one version.

    Attributes:
        known_keys: The code keys of an earlier version, if they were asked for.
    """

    document: Document
    table: NodeTable
    graph: PlanGraph
    known_keys: CodeKeys | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_text(cls, text: str, version: int | None = None) -> "Plan":
        """Read a whole text. Never raises: what cannot be read becomes a problem."""
        return cls._of(Document.from_text(text, version))

    @classmethod
    def draft(cls, text: str, version: int | None = None) -> "Plan":
        """As `from_text`, but sooner, and blind to what only a compiler sees: see `compiled`."""
        return cls._of(Document.from_text(text, version, is_draft=True))

    @classmethod
    def _of(cls, document: Document) -> "Plan":
        table = NodeTable.of(document.pieces)
        return cls(document, table, PlanGraph.of(table.nodes, table.pieces))

    def edited(self, span: Span, new: str, version: int | None = None) -> "Plan":
        """The plan in which `span` reads `new`; what the edit spares is shared with this one."""
        document = self.document.edited(span, new, version)
        before, first, old_end, new_end = difference(self.document, document)
        gone, come = before[first:old_end], document.pieces[first:new_end]
        was, now = _defining(gone), _defining(come)
        names = {name for piece in (*was, *now) for name in piece}
        table = self.table.edited(document.pieces, names)
        known = vars(self).get("_keys", self.known_keys)
        graph = self.graph.edited(table.nodes, table.pieces, names, moved=was != now)
        return Plan(document, table, graph, known)

    def compiled(self) -> "Plan":
        """What the text says once Python has compiled all of it: the same, but for errors."""
        refused, source = self.document.refused, self.document.source
        if refused is None:
            return self
        return self.edited(refused, source.text[refused.start : refused.end], source.version)

    @property
    def source(self) -> Source:
        """The text with its line index."""
        return self.document.source

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Every definition of a node in order, duplicates included."""
        return tuple(
            Definition(node, index, start)
            for index, (piece, start) in enumerate(
                zip(self.document.pieces, self.document.starts, strict=True)
            )
            for node in piece.nodes
        )

    @cached_property
    def nodes(self) -> Mapping[str, Definition]:
        """The nodes by name; as in Python, the last definition of a name holds."""
        return Definitions(self.table, self.document.starts)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the plan binds at module level."""
        bound = (name for piece in self.document.pieces for name in piece.facts.binds)
        return frozenset(name for name in bound if name.isidentifier())

    @cached_property
    def broken(self) -> frozenset[str]:
        """Names that seem to be defined where the text does not parse."""
        pieces = (self.document.pieces[index] for index in self.document.broken)
        return frozenset(name for piece in pieces for name in piece.supposed_names)

    @property
    def code_keys(self) -> Mapping[str, str]:
        """For each node, a digest of its own code and of everything in the module it reaches."""
        return self._keys.keys

    def names_key(self, names: Iterable[str]) -> str:
        """A digest of all code behind the module-level `names`."""
        return self._keys.of_names(names)

    def reached(self, node: str) -> list[Piece]:
        """The pieces that the code key of `node` covers, in their order."""
        return [self.document.pieces[index] for index in sorted(self._keys.reached[node])]

    def program(self, node: str, names: Iterable[str] = ()) -> str:
        """The text that runs for `node`: what its code key covers, each line where it is.

        Args:
            node: The node.
            names: Further module-level names that have to exist: values may be made of them.
        """
        reach = self._keys.reach
        more = reach.binders(names)
        kept = reach.pieces([*reach.binders([node]), *more]) if more else self._keys.reached[node]
        # Most of it are line ends, and they are the same for all nodes.
        line_ends, starts = self._line_ends
        parts: list[str] = []
        done = 0
        for index in sorted(kept):
            parts += line_ends[done : starts[index]], self.document.pieces[index].text
            done = starts[index + 1]
        return "".join([*parts, line_ends[done:]])

    @cached_property
    def _line_ends(self) -> tuple[str, list[int]]:
        """What is left of the text where nothing of it runs, and where each piece starts in it."""
        left = [
            piece.text if piece.text == BYTE_ORDER_MARK else piece.line_ends
            for piece in self.document.pieces
        ]
        return "".join(left), [0, *accumulate(map(len, left))]

    @cached_property
    def _keys(self) -> CodeKeys:
        if self.known_keys:
            return self.known_keys.edited(self.document, self.table.nodes)
        return CodeKeys.of(self.document, self.table.nodes)

    @property
    def task(self) -> str:
        """The module docstring: what the plan is for."""
        for piece in self.document.pieces:
            if piece.tree.body:
                return ast.get_docstring(piece.tree) or ""
        return ""

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """Top-level modules that the plan is sure to import, sorted."""
        return tuple(sorted({name.partition(".")[0] for name in self.modules}))

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """All modules that it is sure to import, in functions too, by their full names, sorted.

        Of `from a import b` that is `a.b` too, which may be one.
        """
        return tuple(sorted({name for piece in self.document.pieces for name in piece.modules}))

    def inputs(self, name: str) -> Iterator[Parameter]:
        """The parameters of node `name` that no node provides."""
        nodes = self.table.nodes
        for parameter in nodes[name].parameters:
            if parameter.name not in nodes and not parameter.variadic:
                yield parameter

    def node_at(self, offset: int) -> Definition | None:
        """The node whose function holds `offset`, if one does."""
        index = self.document.piece_at(offset)
        for node in self.document.pieces[index].nodes:
            definition = Definition(node, index, self.document.starts[index])
            if self.table.holds(node, index) and offset in definition.span(node.span):
                return definition
        return None


def _defining(pieces: Iterable[Piece]) -> list[list[str]]:
    """The names that each of the pieces which define any defines."""
    return [[node.name for node in piece.nodes] for piece in pieces if piece.nodes]

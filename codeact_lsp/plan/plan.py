"""A plan: an immutable snapshot of a document read as a workflow."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from codeact_lsp.plan import keys
from codeact_lsp.plan.document import Document
from codeact_lsp.plan.facts import Facts
from codeact_lsp.plan.graph import PlanGraph
from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.plan.reach import Reach
from codeact_lsp.plan.source import Source, Span
from codeact_lsp.plan.syntax import BYTE_ORDER_MARK


@dataclass(frozen=True)
class Definition:
    """A node and where its piece starts; `span` turns the node's spans into the document's."""

    node: Node
    piece: int
    start: int

    def span(self, part: Span) -> Span:
        """`part`, which is relative to the node's piece, as a span of the document."""
        return part.shifted(self.start)


@dataclass(frozen=True)
class Plan:
    """What the editor has open, at one version."""

    document: Document

    @classmethod
    def from_text(cls, text: str, version: int | None = None) -> "Plan":
        """Read a whole text. Never raises: what cannot be read becomes a problem."""
        return cls(Document.from_text(text, version))

    def edited(self, span: Span, new: str, version: int | None = None) -> "Plan":
        """The plan in which `span` reads `new`; unchanged pieces are shared with this one."""
        return Plan(self.document.edited(span, new, version))

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
        return {definition.node.name: definition for definition in self.definitions}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the plan binds at module level."""
        bound = (name for facts in self._facts for name in facts.binds)
        return frozenset(name for name in bound if name.isidentifier())

    @cached_property
    def broken(self) -> frozenset[str]:
        """Names that seem to be defined where the text does not parse."""
        pieces = self.document.pieces
        return frozenset(name for piece in pieces for name in piece.supposed_names)

    @cached_property
    def graph(self) -> PlanGraph:
        """The dependencies between the nodes."""
        return PlanGraph({name: definition.node for name, definition in self.nodes.items()})

    @cached_property
    def code_keys(self) -> Mapping[str, str]:
        """For each node, a digest of its own code and of everything in the module it reaches."""
        return {
            name: keys.code_key(self._facts, self._reach, self._reach.binders([name]))
            for name in self.nodes
        }

    def names_key(self, names: Iterable[str]) -> str:
        """A digest of all code behind the module-level `names`."""
        return keys.code_key(self._facts, self._reach, self._reach.binders(names))

    def program(self, node: str, names: Iterable[str] = ()) -> str:
        """The text that runs for `node`: what its code key covers, each line where it is.

        Args:
            node: The node.
            names: Further module-level names that have to exist: values may be made of them.
        """
        kept = self._reach.pieces(self._reach.binders([node, *names]))
        return "".join(
            piece.text if index in kept or piece.text == BYTE_ORDER_MARK else piece.line_ends
            for index, piece in enumerate(self.document.pieces)
        )

    @cached_property
    def _facts(self) -> list[Facts]:
        return [piece.facts for piece in self.document.pieces]

    @cached_property
    def _reach(self) -> Reach:
        return Reach(self._facts)

    @property
    def task(self) -> str:
        """The module docstring: what the plan is for."""
        for piece in self.document.pieces:
            if piece.tree.body:
                return ast.get_docstring(piece.tree) or ""
        return ""

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """Top-level modules that the plan imports at module level, sorted."""
        names = {
            name.split(".")[0]
            for piece in self.document.pieces
            for statement in piece.tree.body
            for name in _imported(statement)
        }
        return tuple(sorted(names))

    def inputs(self, name: str) -> Iterator[Parameter]:
        """The parameters of node `name` that no node provides."""
        for parameter in self.nodes[name].node.parameters:
            if parameter.name not in self.nodes and not parameter.variadic:
                yield parameter

    def node_at(self, offset: int) -> Definition | None:
        """The node whose function holds `offset`, if one does."""
        start = self.document.starts[self.document.piece_at(offset)]
        for definition in self.nodes.values():
            if definition.start == start and offset in definition.span(definition.node.span):
                return definition
        return None


def _imported(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        yield statement.module

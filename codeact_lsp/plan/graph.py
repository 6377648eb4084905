"""The dependency graph of a plan: a frozen view over a networkx DiGraph."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from codeact_lsp.plan.nodes import Node

if TYPE_CHECKING:
    import networkx as nx


class EdgeKind(Enum):
    """Why one node comes before another."""

    DATA = "data"
    CONTROL = "control"
    TEMPORAL = "temporal"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependency: `target` depends on `source`."""

    source: str
    target: str
    kind: EdgeKind


@dataclass(frozen=True)
class PlanGraph:
    """The nodes by name, and how they depend on each other.

    Data, control and temporal edges order the nodes. A resource edge orders nothing: it joins two
    nodes that claim the same resource and so may not run at the same time.
    """

    nodes: Mapping[str, Node]

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, in the order of the nodes that depend."""
        return (*self._ordering(), *self._resources())

    @cached_property
    def _digraph(self) -> "nx.DiGraph[str]":
        import networkx as nx  # noqa: PLC0415 - 200 ms that starting the server should not pay.

        digraph: nx.DiGraph[str] = nx.DiGraph()
        digraph.add_nodes_from(self.nodes)
        digraph.add_edges_from((edge.source, edge.target) for edge in self._ordering())
        nx.freeze(digraph)
        return digraph

    def _ordering(self) -> Iterator[Edge]:
        for name, node in self.nodes.items():
            for parameter in node.parameters:
                if parameter.name in self.nodes and not parameter.variadic:
                    yield Edge(parameter.name, name, EdgeKind.DATA)
            for reference in node.directives.after:
                if reference.name in self.nodes:
                    yield Edge(reference.name, name, EdgeKind.CONTROL)
            for wait in node.directives.waits:
                if wait.after and wait.after.name in self.nodes:
                    yield Edge(wait.after.name, name, EdgeKind.TEMPORAL)

    def _resources(self) -> Iterator[Edge]:
        users: dict[str, list[str]] = {}
        for name, node in self.nodes.items():
            for resource in dict.fromkeys(use.name for use in node.directives.uses):
                users.setdefault(resource, []).append(name)
        for names in users.values():
            yield from (Edge(one, other, EdgeKind.RESOURCE) for one, other in pairwise(names))

    def dependencies(self, name: str) -> list[str]:
        """The nodes that must end before `name` starts."""
        return list(self._digraph.predecessors(name))

    def dependents(self, name: str) -> list[str]:
        """The nodes that wait for `name`."""
        return list(self._digraph.successors(name))

    def upstream(self, names: Iterable[str]) -> set[str]:
        """`names` and everything that leads to them."""
        return self._closure(names, self._digraph.predecessors)

    def downstream(self, names: Iterable[str]) -> set[str]:
        """`names` and everything that follows from them."""
        return self._closure(names, self._digraph.successors)

    @staticmethod
    def _closure(names: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
        found: set[str] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += step(name)
        return found

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """Groups of nodes that depend on each other, each in the order of the file."""
        import networkx as nx  # noqa: PLC0415 - see `_digraph`.

        order = {name: index for index, name in enumerate(self.nodes)}
        # Not `find_cycle`, which takes 200 ms to find nothing in a graph of a thousand nodes.
        groups = [
            tuple(sorted(component, key=order.__getitem__))
            for component in nx.strongly_connected_components(self._digraph)
            if len(component) > 1 or self._digraph.has_edge(*(list(component) * 2))
        ]
        return tuple(sorted(groups, key=lambda group: order[group[0]]))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """A topological order of the nodes that no cycle holds back, as close to the file's."""
        import networkx as nx  # noqa: PLC0415 - see `_digraph`.

        cyclic = {name for group in self.cycles for name in group}
        held = self.downstream(cyclic)
        free = self._digraph
        if held:
            # A copy: a view filters at every step, which costs ten times as much.
            free = nx.DiGraph(free.subgraph(name for name in self.nodes if name not in held))
        position = {name: index for index, name in enumerate(self.nodes)}
        return tuple(nx.lexicographical_topological_sort(free, key=position.__getitem__))

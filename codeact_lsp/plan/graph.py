"""The dependency graph of a plan: who is tied to whom, and a frozen networkx view of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

from codeact_lsp.plan.nodes import Links, Node

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

    Attributes:
        links: For each node, in the order of the file, the names by which it is tied to others.
        mentions: For each such name, node or not, the nodes whose order it decides.
    """

    links: Mapping[str, Links]
    mentions: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, nodes: Mapping[str, Node]) -> "PlanGraph":
        """The graph of all `nodes`."""
        mentions: dict[str, set[str]] = {}
        for name, node in nodes.items():
            for other in node.links.ordering:
                mentions.setdefault(other, set()).add(name)
        links = {name: node.links for name, node in nodes.items()}
        return cls(links, {name: frozenset(nodes) for name, nodes in mentions.items()})

    def edited(self, nodes: Mapping[str, Node], changed: Iterable[str]) -> "PlanGraph":
        """The graph of `nodes`, which differ from this graph's at most in those named `changed`."""
        differing = [name for name in changed if self._differs(name, nodes)]
        # A name that is defined twice can move to another place.
        if not differing and list(nodes) == list(self.links):
            return self
        mentions = dict(self.mentions)
        closing: list[str] = []
        touched: set[str] = set(differing)
        for name in differing:
            before = {*self.links[name].ordering} if name in self.links else set()
            after = {*nodes[name].links.ordering} if name in nodes else set()
            touched |= before ^ after
            _mention(mentions, name, before - after, after - before)
            if name not in self.links or any(other in nodes for other in after - before):
                closing.append(name)
        graph = PlanGraph(self._relinked(nodes, differing), mentions)
        # A cycle that was not there before holds a node that is new or waits for one more.
        if not self.cycles and not any(map(graph._waits_for_itself, closing)):
            vars(graph)["cycles"] = ()
        # The nodes that mention a name which has come or gone are tied anew as well.
        touched.update(*(mentions.get(name, ()) for name in differing))
        if "isolated" in vars(self):
            vars(graph)["isolated"] = graph._alone({*self.isolated, *touched})
        return graph

    def _relinked(self, nodes: Mapping[str, Node], differing: Iterable[str]) -> dict[str, Links]:
        """The links of `nodes`, in their order."""
        links = {**self.links, **{name: nodes[name].links for name in differing if name in nodes}}
        if list(links) == list(nodes):
            return links
        return dict(zip(nodes, map(links.__getitem__, nodes), strict=True))

    def _differs(self, name: str, nodes: Mapping[str, Node]) -> bool:
        return (nodes[name].links if name in nodes else None) != self.links.get(name)

    def _waits_for_itself(self, name: str) -> bool:
        """Whether `name` is on a cycle."""
        return (
            name in self.links
            and bool(self._dependents(name))
            and name in self.upstream(self.dependencies(name))
        )

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, in the order of the nodes that depend."""
        return (*self._ordering(), *self._resources())

    @cached_property
    def _digraph(self) -> "nx.DiGraph[str]":
        import networkx as nx  # noqa: PLC0415 - 200 ms that starting the server should not pay.

        digraph: nx.DiGraph[str] = nx.DiGraph()
        digraph.add_nodes_from(self.links)
        digraph.add_edges_from(
            (other, name) for name in self.links for other in self.dependencies(name)
        )
        nx.freeze(digraph)
        return digraph

    def _ordering(self) -> Iterator[Edge]:
        for name, links in self.links.items():
            kinds = (
                (links.data, EdgeKind.DATA),
                (links.control, EdgeKind.CONTROL),
                (links.temporal, EdgeKind.TEMPORAL),
            )
            for others, kind in kinds:
                yield from (Edge(other, name, kind) for other in others if other in self.links)

    def _resources(self) -> Iterator[Edge]:
        users: dict[str, list[str]] = {}
        for name, links in self.links.items():
            for resource in links.resources:
                users.setdefault(resource, []).append(name)
        for names in users.values():
            yield from (Edge(one, other, EdgeKind.RESOURCE) for one, other in pairwise(names))

    def dependencies(self, name: str) -> list[str]:
        """The nodes that must end before `name` starts."""
        return [other for other in self.links[name].ordering if other in self.links]

    def dependents(self, name: str) -> list[str]:
        """The nodes that wait for `name`, in the order of the file."""
        return sorted(self._dependents(name), key=self._position.__getitem__)

    def _dependents(self, name: str) -> frozenset[str]:
        return self.mentions.get(name, frozenset())

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return {name: index for index, name in enumerate(self.links)}

    def upstream(self, names: Iterable[str]) -> set[str]:
        """`names` and everything that leads to them."""
        links = self.links
        found = self._closure(names, lambda name: links[name].ordering if name in links else ())
        return found & links.keys()

    def downstream(self, names: Iterable[str]) -> set[str]:
        """`names` and everything that follows from them."""
        return self._closure(names, self._dependents)

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
        if self._is_acyclic():
            return ()
        import networkx as nx  # noqa: PLC0415 - see `_digraph`.

        # Not `find_cycle`, which takes 200 ms to find nothing in a graph of a thousand nodes.
        groups = [
            tuple(sorted(component, key=self._position.__getitem__))
            for component in nx.strongly_connected_components(self._digraph)
            if len(component) > 1 or self._digraph.has_edge(*(list(component) * 2))
        ]
        return tuple(sorted(groups, key=lambda group: self._position[group[0]]))

    def _is_acyclic(self) -> bool:
        """Whether there is no cycle, as in most plans; found without the cost of `_digraph`."""
        try:
            TopologicalSorter({name: self.dependencies(name) for name in self.links}).prepare()
        except CycleError:
            return False
        return True

    @cached_property
    def isolated(self) -> tuple[str, ...]:
        """The nodes that neither wait for another nor are waited for."""
        return self._alone(self.links.keys())

    def _alone(self, candidates: AbstractSet[str]) -> tuple[str, ...]:
        """Those of the candidates that are tied to no node, in the order of the file."""
        alone = {
            name
            for name in candidates & self.links.keys()
            if name not in self.mentions and not self.dependencies(name)
        }
        return tuple(filter(alone.__contains__, self.links))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """A topological order of the nodes that no cycle holds back, as close to the file's."""
        # Not networkx's: to import it takes longer than to run a plan again that has not changed.
        held = self.downstream(name for group in self.cycles for name in group)
        names = tuple(self.links)
        missing = {name: len({*self.dependencies(name)}) for name in names if name not in held}
        ready = [self._position[name] for name, count in missing.items() if not count]
        order: list[str] = []
        while ready:
            order.append(names[heappop(ready)])
            for other in self._dependents(order[-1]) & missing.keys():
                missing[other] -= 1
                if not missing[other]:
                    heappush(ready, self._position[other])
        return tuple(order)


def _mention(
    mentions: dict[str, frozenset[str]], name: str, no_more: Iterable[str], now: Iterable[str]
) -> None:
    """Note which others `name` no longer mentions, and which it now does."""
    for other in no_more:
        mentions[other] -= {name}
        if not mentions[other]:
            del mentions[other]
    for other in now:
        mentions[other] = mentions.get(other, frozenset()) | {name}

"""The dependency graph of a plan: who is tied to whom, and a frozen networkx view of it."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from codeact_lsp.plan.edges import Edge, ordering, sharing
from codeact_lsp.plan.mentions import Mentions
from codeact_lsp.plan.nodes import Links, Node
from codeact_lsp.plan.spelling import Spellings

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class PlanGraph:
    """The nodes by name, and how they depend on each other.

    Data, control and temporal edges order the nodes. A resource edge orders nothing: it joins two
    nodes that claim the same resource and so may not run at the same time.

    Attributes:
        nodes: As a plan before may have had them: of what is tied to others, nothing is different.
        mentions: For each name by which one is tied, node or not, those whose order it decides.
        early: The nodes that wait for one which stands no higher than they do. There is one in
            every cycle, and none in most plans.
        spellings: The names by which one is tied, for whoever looks for one that was misspelt.
    """

    nodes: Mapping[str, Node] = field(repr=False)
    mentions: Mapping[str, frozenset[str]]
    early: frozenset[str] = field(compare=False, repr=False)
    spellings: Spellings = field(compare=False, repr=False)

    @classmethod
    def of(cls, nodes: Mapping[str, Node], places: Mapping[str, int]) -> "PlanGraph":
        """The graph of all `nodes`.

        Args:
            nodes: The nodes by name, in the order of the file.
            places: The index of the piece of each.
        """
        mentions: dict[str, set[str]] = {}
        for name, node in nodes.items():
            for other in node.links.ordering:
                mentions.setdefault(other, set()).add(name)
        early = frozenset(name for name in nodes if _is_early(name, nodes, places))
        frozen = {name: frozenset(nodes) for name, nodes in mentions.items()}
        return cls(nodes, frozen, early, Spellings.of(frozen))

    def edited(
        self,
        nodes: Mapping[str, Node],
        places: Mapping[str, int],
        changed: AbstractSet[str],
        *,
        moved: bool,
    ) -> "PlanGraph":
        """The graph of `nodes`.

        Args:
            nodes: The nodes by name, in the order of the file.
            places: The index of the piece of each.
            changed: Names of all that may be others than those of this graph.
            moved: Whether one of these has come, gone, or stands elsewhere among the nodes.
        """
        differing = [name for name in changed if self._differs(name, nodes)]
        if not differing and not moved:
            return self
        noted = Mentions(self.mentions)
        closing: list[str] = []
        touched: set[str] = set(differing)
        for name in differing:
            before, after = _ordering(name, self.nodes), _ordering(name, nodes)
            touched |= before ^ after
            noted.note(name, before - after, after - before)
            if name not in self.nodes or any(other in nodes for other in after - before):
                closing.append(name)
        mentions, spellings = noted.all(), self.spellings.edited(noted.come, noted.gone)
        # Of nodes that have moved, those that wait for them are seen from elsewhere as well.
        tied = set(changed).union(*(mentions.get(name, ()) for name in changed if moved))
        early = self.early - tied | {name for name in tied if _is_early(name, nodes, places)}
        graph = PlanGraph(nodes, mentions, early, spellings)
        # A cycle that was not there before holds a node that is new or waits for one more.
        if not early or not (self.cycles or any(map(graph._waits_for_itself, closing))):
            vars(graph)["cycles"] = ()
        # The nodes that mention a name which has come or gone are tied anew as well.
        touched.update(*(mentions.get(name, ()) for name in differing))
        if "isolated" in vars(self):
            vars(graph)["isolated"] = graph._alone({*self.isolated, *touched})
        return graph

    def _differs(self, name: str, nodes: Mapping[str, Node]) -> bool:
        before, after = self.nodes.get(name), nodes.get(name)
        return (before and before.links) != (after and after.links)

    def _waits_for_itself(self, name: str) -> bool:
        """Whether `name` is on a cycle."""
        return (
            name in self.nodes
            and bool(self._dependents(name))
            and name in self.upstream(self.dependencies(name))
        )

    @cached_property
    def links(self) -> Mapping[str, Links]:
        """For each node, in the order of the file, the names by which it is tied to others."""
        return {name: node.links for name, node in self.nodes.items()}

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, in the order of the nodes that depend."""
        return (*ordering(self.links), *sharing(self.links))

    @cached_property
    def _digraph(self) -> "nx.DiGraph[str]":
        import networkx as nx  # noqa: PLC0415 - 200 ms that starting the server should not pay.

        digraph: nx.DiGraph[str] = nx.DiGraph()
        digraph.add_nodes_from(self.nodes)
        digraph.add_edges_from(
            (other, name) for name in self.nodes for other in self.dependencies(name)
        )
        nx.freeze(digraph)
        return digraph

    def dependencies(self, name: str) -> list[str]:
        """The nodes that must end before `name` starts."""
        return [other for other in self.nodes[name].links.ordering if other in self.nodes]

    def is_input(self, name: str) -> bool:
        """Whether a node takes what bears that name, and no node makes it."""
        users = self._dependents(name)
        return name not in self.nodes and any(name in self.nodes[user].links.data for user in users)

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The names of all inputs."""
        return frozenset(filter(self.is_input, self.mentions))

    def dependents(self, name: str) -> list[str]:
        """The nodes that wait for `name`, in the order of the file."""
        return sorted(self._dependents(name), key=self._position.__getitem__)

    def _dependents(self, name: str) -> frozenset[str]:
        return self.mentions.get(name, frozenset())

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return {name: index for index, name in enumerate(self.nodes)}

    def upstream(self, names: Iterable[str]) -> set[str]:
        """`names` and everything that leads to them."""
        nodes = self.nodes
        found = self._closure(
            names, lambda name: nodes[name].links.ordering if name in nodes else ()
        )
        return found & nodes.keys()

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
        if not self.early:
            return True
        try:
            TopologicalSorter({name: self.dependencies(name) for name in self.nodes}).prepare()
        except CycleError:
            return False
        return True

    @cached_property
    def isolated(self) -> frozenset[str]:
        """The nodes that neither wait for another nor are waited for."""
        return self._alone(self.nodes)

    def _alone(self, candidates: Iterable[str]) -> frozenset[str]:
        """Those of the candidates that are nodes, and tied to no other."""
        return frozenset(
            name
            for name in candidates
            if name in self.nodes and name not in self.mentions and not self.dependencies(name)
        )

    @cached_property
    def order(self) -> tuple[str, ...]:
        """A topological order of the nodes that no cycle holds back, as close to the file's."""
        if self._stands_in_order():
            return tuple(self.links)
        # Not networkx's: to import it takes longer than to run a plan again that has not changed.
        held = self.downstream(name for group in self.cycles for name in group)
        names = tuple(self.nodes)
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

    def _stands_in_order(self) -> bool:
        """Whether each node stands behind all that it waits for, as in most plans."""
        above: set[str] = set()
        for name, links in self.links.items():
            if any(other not in above and other in self.nodes for other in links.ordering):
                return False
            above.add(name)
        return True


def _ordering(name: str, nodes: Mapping[str, Node]) -> set[str]:
    """What `name`, if it is a node, waits for."""
    return {*nodes[name].links.ordering} if name in nodes else set()


def _is_early(name: str, nodes: Mapping[str, Node], places: Mapping[str, int]) -> bool:
    """Whether `name`, if it is a node, waits for one that stands no higher."""
    if name not in nodes:
        return False
    place = places[name]
    return any(places.get(other, -1) >= place for other in nodes[name].links.ordering)

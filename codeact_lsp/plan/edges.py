"""The edges of a plan's graph: which node depends on which, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from codeact_lsp.plan.nodes import Links


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


def ordering(links: Mapping[str, Links]) -> Iterator[Edge]:
    """The edges that order the nodes, in the order of those that depend.

    Args:
        links: For each node, the names by which it is tied to others, nodes or not.
    """
    for name, tied in links.items():
        kinds = (
            (tied.data, EdgeKind.DATA),
            (tied.control, EdgeKind.CONTROL),
            (tied.temporal, EdgeKind.TEMPORAL),
        )
        for others, kind in kinds:
            yield from (Edge(other, name, kind) for other in others if other in links)


def sharing(links: Mapping[str, Links]) -> Iterator[Edge]:
    """The edges that join users of one resource, each with the next in the order of the file."""
    users: dict[str, list[str]] = {}
    for name, tied in links.items():
        for resource in tied.resources:
            users.setdefault(resource, []).append(name)
    for names in users.values():
        yield from (Edge(one, other, EdgeKind.RESOURCE) for one, other in pairwise(names))

"""Which links close a cycle, and in which layer each vertex stands."""

from collections.abc import Iterator, Sequence

# How often the vertices are moved closer to their neighbours; more changes next to nothing.
_ROUNDS = 6

Edges = Sequence[tuple[int, int]]


def closing(count: int, edges: Edges) -> set[int]:
    """Indices of the edges without which there is no cycle: those that lead back on a search.

    Edges from a vertex to itself are not among them.
    """
    leaving: list[list[int]] = [[] for _ in range(count)]
    entered = [False] * count
    for index, (source, target) in enumerate(edges):
        if source != target:
            leaving[source].append(index)
            entered[target] = True
    state = [_NEW] * count
    back: set[int] = set()
    # What nothing leads to comes first, so that a cycle is cut where it is entered.
    for root in sorted(range(count), key=entered.__getitem__):
        back.update(_led_back(root, edges, leaving, state))
    return back


_NEW, _OPEN, _DONE = range(3)


def _led_back(root: int, edges: Edges, leaving: list[list[int]], state: list[int]) -> Iterator[int]:
    """The edges that lead back to a vertex from which the search has not returned."""
    if state[root] != _NEW:
        return
    state[root] = _OPEN
    stack = [(root, iter(leaving[root]))]
    while stack:
        vertex, rest = stack[-1]
        index = next(rest, None)
        if index is None:
            state[vertex] = _DONE
            stack.pop()
            continue
        target = edges[index][1]
        if state[target] == _OPEN:
            yield index
        elif state[target] == _NEW:
            state[target] = _OPEN
            stack.append((target, iter(leaving[target])))


def layers(count: int, edges: Edges) -> list[int]:
    """A layer for each vertex, from 0, such that every edge leads to a higher one.

    Longest paths give as few layers as there can be. Then vertices move within the room that they
    have, towards the side to which more of their edges lead, which shortens lines as the network
    simplex method would, if not always to the optimum.

    Args:
        count: How many vertices there are.
        edges: From which to which; without cycles.
    """
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        before[target].append(source)
        after[source].append(target)
    order = _topological(before, after)
    layer = [0] * count
    for vertex in order:
        layer[vertex] = 1 + max((layer[other] for other in before[vertex]), default=-1)
    for _ in range(_ROUNDS):
        if not _tighten(order, layer, before, after):
            break
    return layer


def _topological(before: list[list[int]], after: list[list[int]]) -> list[int]:
    missing = [len(others) for others in before]
    order = [vertex for vertex, number in enumerate(missing) if not number]
    for vertex in order:  # It grows while it is read.
        for other in after[vertex]:
            missing[other] -= 1
            if not missing[other]:
                order.append(other)
    return order


def _tighten(
    order: list[int], layer: list[int], before: list[list[int]], after: list[list[int]]
) -> bool:
    """Move each vertex once; whether any has moved."""
    old = list(layer)
    for vertex in reversed(order):
        if len(after[vertex]) > len(before[vertex]):
            layer[vertex] = min(layer[other] for other in after[vertex]) - 1
    for vertex in order:
        if len(before[vertex]) > len(after[vertex]):
            layer[vertex] = max(layer[other] for other in before[vertex]) + 1
    return layer != old

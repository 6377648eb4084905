"""The x coordinates of vertices whose order within their layers is settled.

Brandes and Köpf, "Fast and simple horizontal coordinate assignment" (2001): vertices are lined up
with their median neighbours into vertical blocks, in four ways (from above or below, to the left or
right), and each gets the mean of the two middle results. Blocks are placed by longest paths over
what stands beside what, which also settles boxes of different widths.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from codeact_lsp.plan.layout.ordering import Neighbours


@dataclass(frozen=True, slots=True)
class Layered:
    """Ordered layers, and what is needed to place their vertices.

    Attributes:
        dummies: The first vertex that is no box, but where a long line passes a layer.
        widths: The width of each vertex.
        gaps: What is kept free between two vertices: for boxes, and beside a dummy.
    """

    layers: Sequence[Sequence[int]]
    above: Neighbours
    below: Neighbours
    dummies: int
    widths: Sequence[float]
    gaps: tuple[float, float]

    def apart(self, left: int, right: int) -> float:
        """How far apart the middles of two vertices are that stand side by side, at least."""
        gap = self.gaps[max(left, right) >= self.dummies]
        return (self.widths[left] + self.widths[right]) / 2 + gap


def coordinates(graph: Layered) -> list[float]:
    """The middle of each vertex. Neighbours of a layer stand at least as far apart as they must."""
    conflicts = _conflicts(graph)
    found = [_aligned(graph, conflicts, up=up, left=left) for up, left in _WAYS]
    narrowest = min(found, key=lambda xs: _extent(graph, xs))
    for (_, left), xs in zip(_WAYS, found, strict=True):
        _shift(xs, narrowest, left=left)
    # Each order statistic keeps distances that all four keep, and so does a mean of two of them.
    return [sum(sorted(four)[1:3]) / 2 for four in zip(*found, strict=True)]


_WAYS = ((True, True), (True, False), (False, True), (False, False))


def _extent(graph: Layered, xs: list[float]) -> float:
    ends = [(x - width / 2, x + width / 2) for x, width in zip(xs, graph.widths, strict=True)]
    return max(end for _, end in ends) - min(start for start, _ in ends)


def _shift(xs: list[float], onto: list[float], *, left: bool) -> None:
    side = min if left else max
    by = side(onto) - side(xs)
    xs[:] = [x + by for x in xs]


def _conflicts(graph: Layered) -> set[tuple[int, int]]:
    """Short lines that cross a part of a long one: the long one shall be straight."""
    conflicts: set[tuple[int, int]] = set()
    for upper, lower in pairwise(graph.layers):
        place = {vertex: index for index, vertex in enumerate(upper)}
        passed, first = -1, 0
        for index, vertex in enumerate(lower):
            inner = _inner_end(graph, vertex)
            if inner is None and index < len(lower) - 1:
                continue
            limit = len(upper) if inner is None else place[inner]
            for other in lower[first : index + 1]:
                conflicts.update(
                    (near, other)
                    for near in graph.above[other]
                    if not passed <= place[near] <= limit
                    and not (near >= graph.dummies and other >= graph.dummies)
                )
            passed, first = limit, index + 1
    return conflicts


def _inner_end(graph: Layered, vertex: int) -> int | None:
    """Where in the layer above the inner part of a long line begins that ends at `vertex`."""
    if vertex < graph.dummies:
        return None
    return next((near for near in graph.above[vertex] if near >= graph.dummies), None)


def _aligned(
    graph: Layered, conflicts: set[tuple[int, int]], *, up: bool, left: bool
) -> list[float]:
    """The coordinates of one of the four ways; the way to the right is the mirrored one."""
    layers = [list(layer) if left else list(layer)[::-1] for layer in graph.layers]
    if not up:
        layers.reverse()
    root = _blocks(layers, graph.above if up else graph.below, conflicts, up=up)
    xs = _compact(graph, layers, root)
    placed = [xs[root[vertex]] for vertex in range(len(graph.widths))]
    return placed if left else [-x for x in placed]


def _blocks(
    layers: list[list[int]], nearer: Neighbours, conflicts: set[tuple[int, int]], *, up: bool
) -> dict[int, int]:
    """For each vertex the first one of its block."""
    root = {vertex: vertex for layer in layers for vertex in layer}
    for before, layer in pairwise(layers):
        place = {vertex: index for index, vertex in enumerate(before)}
        taken = -1
        for vertex in layer:
            for near in _medians(nearer[vertex], place):
                edge = (near, vertex) if up else (vertex, near)
                if root[vertex] == vertex and taken < place[near] and edge not in conflicts:
                    root[vertex] = root[near]
                    taken = place[near]
    return root


def _medians(neighbours: Sequence[int], place: Mapping[int, int]) -> list[int]:
    near = sorted(neighbours, key=place.__getitem__)
    return near[(len(near) - 1) // 2 : len(near) // 2 + 1]


def _compact(graph: Layered, layers: list[list[int]], root: Mapping[int, int]) -> dict[int, float]:
    """A coordinate for each block: as far left as it can be, then as close to what is right."""
    before: dict[int, dict[int, float]] = {}
    after: dict[int, dict[int, float]] = {}
    for layer in layers:
        for one, other in pairwise(layer):
            left, right, apart = root[one], root[other], graph.apart(one, other)
            apart = max(apart, before.setdefault(right, {}).get(left, 0))
            before[right][left] = after.setdefault(left, {})[right] = apart
    order = list(_topological(dict.fromkeys(root[v] for v in root), before, after))
    xs: dict[int, float] = {}
    for block in order:
        xs[block] = max((xs[b] + apart for b, apart in before.get(block, {}).items()), default=0.0)
    for block in reversed(order):
        if block in after:
            xs[block] = max(xs[block], min(xs[b] - apart for b, apart in after[block].items()))
    return xs


def _topological(
    blocks: Mapping[int, None],
    before: Mapping[int, Mapping[int, float]],
    after: Mapping[int, Mapping[int, float]],
) -> Iterator[int]:
    missing = {block: len(before.get(block, ())) for block in blocks}
    ready = [block for block in blocks if not missing[block]]
    while ready:
        block = ready.pop()
        yield block
        for other in after.get(block, ()):
            missing[other] -= 1
            if not missing[other]:
                ready.append(other)

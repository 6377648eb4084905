"""Lay out one connected part of a graph, in layers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from codeact_lsp.plan.layout.coordinates import Layered, coordinates
from codeact_lsp.plan.layout.layers import closing, layers
from codeact_lsp.plan.layout.ordering import ordered
from codeact_lsp.plan.layout.routes import Band, Chain, Frame, Way, draw
from codeact_lsp.plan.layout.shapes import Box, Layout, Link, Size, Spacing

# Places where long lines pass a layer. Beyond that, the longest lines go round the drawing.
_MOST_DUMMIES = 10_000
_DUMMY = 2.0
# The least slope of a line between two layers, and how far they are moved apart for it at most.
_SLOPE = 0.12
_MOST_APART = 2.5


def lay_out(sizes: Mapping[str, Size], links: Sequence[Link], spacing: Spacing) -> Layout:
    """Place the boxes and lines of a connected part; see `arrange`."""
    graph, chains = _layered(sizes, links, spacing)
    xs = coordinates(graph)
    left = min(x - width / 2 for x, width in zip(xs, graph.widths, strict=True))
    xs = [x - left for x in xs]
    bands = _bands(graph, xs, list(sizes.values()), spacing)
    layer = {vertex: index for index, row in enumerate(graph.layers) for vertex in row}
    boxes = [
        Box(xs[vertex] - size.width / 2, bands[layer[vertex]].middle - size.height / 2, *size)
        for vertex, size in enumerate(sizes.values())
    ]
    routes = draw(Frame(boxes, xs, layer, bands, spacing), chains)
    ends = [*((box.right, box.bottom) for box in boxes), *(route.reach for route in routes)]
    size = Size(max(x for x, _ in ends), max(y for _, y in ends))
    return Layout(size, dict(zip(sizes, boxes, strict=True)), routes)


def _layered(
    sizes: Mapping[str, Size], links: Sequence[Link], spacing: Spacing
) -> tuple[Layered, list[Chain]]:
    """The vertices in ordered layers, and for each link the vertices that its line passes."""
    number = {name: index for index, name in enumerate(sizes)}
    edges = [(number[link.source], number[link.target]) for link in links]
    ordering = [index for index, link in enumerate(links) if link.orders]
    back = {ordering[at] for at in closing(len(sizes), [edges[index] for index in ordering])}
    down = [edges[index][::-1] if index in back else edges[index] for index in ordering]
    layer = layers(len(sizes), [(source, target) for source, target in down if source != target])
    rows: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    for vertex, index in enumerate(layer):
        rows[index].append(vertex)
    chains = _chains(edges, layer, rows, back)
    count = sum(map(len, rows))
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    for chain in chains:
        for upper, lower in pairwise(chain.steps):
            below[upper].append(lower)
            above[lower].append(upper)
    widths = [*(size.width for size in sizes.values()), *[_DUMMY] * (count - len(sizes))]
    gaps = (spacing.between, spacing.line)
    rows = ordered(rows, above, below)
    return Layered(rows, above, below, len(sizes), widths, gaps), chains


def _chains(
    edges: Sequence[tuple[int, int]], layer: Sequence[int], rows: list[list[int]], back: set[int]
) -> list[Chain]:
    """The way of each link from above to below; the dummies on it are added to `rows`."""
    chains: dict[int, Chain] = {}
    free, fresh = _MOST_DUMMIES, len(layer)
    spans = [abs(layer[target] - layer[source]) for source, target in edges]
    for index in sorted(range(len(edges)), key=spans.__getitem__):
        source, target = edges[index]
        turned = layer[source] > layer[target]
        upper, lower = (target, source) if turned else (source, target)
        way = _way(edges[index], spans[index], free)
        dummies = range(fresh, fresh + (spans[index] - 1 if way is Way.DOWN else 0))
        for dummy in dummies:
            rows[layer[upper] + 1 + dummy - fresh].append(dummy)
        free, fresh = free - len(dummies), fresh + len(dummies)
        chains[index] = Chain((upper, *dummies, lower), way, turned, index in back)
    return [chains[index] for index in range(len(edges))]


def _way(edge: tuple[int, int], span: int, free: int) -> Way:
    """The way of a link over `span` layers, if there may be so many dummies more."""
    if span == 0:
        return Way.LOOP if edge[0] == edge[1] else Way.BESIDE
    return Way.DOWN if span - 1 <= free else Way.ROUND


def _bands(
    graph: Layered, xs: Sequence[float], sizes: Sequence[Size], spacing: Spacing
) -> list[Band]:
    """The rooms of the layers, further apart where lines lead far to a side."""
    bands: list[Band] = []
    top = 0.0
    for row in graph.layers:
        height = max((sizes[vertex].height for vertex in row if vertex < graph.dummies), default=0)
        bands.append(Band(top, top + height))
        farthest = max(
            (abs(xs[vertex] - xs[other]) for vertex in row for other in graph.below[vertex]),
            default=0.0,
        )
        apart = min(max(spacing.layers, farthest * _SLOPE), spacing.layers * _MOST_APART)
        top += height + apart
    return bands

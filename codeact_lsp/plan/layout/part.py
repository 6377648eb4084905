"""Lay out one connected part of a graph, in layers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from codeact_lsp.plan.layout.coordinates import Layered, coordinates
from codeact_lsp.plan.layout.layers import closing, layers
from codeact_lsp.plan.layout.ordering import ordered
from codeact_lsp.plan.layout.routes import Drawn, route
from codeact_lsp.plan.layout.shapes import Box, Layout, Link, Size, Spacing

# Places where long lines pass a layer. What has no room among them is drawn straight across.
_MOST_DUMMIES = 10_000
# A line is no flatter than this, as height by width, unless the layers would come too far apart.
_FLATTEST = 0.09
_MOST_STRETCH = 3.0


@dataclass(frozen=True, slots=True)
class Part:
    """The vertices in their layers, boxes first, then the places where long lines pass.

    Attributes:
        rows: The vertices of each layer.
        chains: For each link, from its upper to its lower end, the vertices that its line passes.
        turned: Indices of the links whose source is the lower end.
        back: Indices of the links that would close a cycle.
        loops: For each box, how many links it has to itself.
    """

    rows: list[list[int]]
    above: list[list[int]]
    below: list[list[int]]
    chains: list[tuple[int, ...]]
    turned: frozenset[int]
    back: frozenset[int]
    loops: list[int]


def lay_out(sizes: Mapping[str, Size], links: Sequence[Link], spacing: Spacing) -> Layout:
    """Place the boxes and lines of a connected part; see `arrange`."""
    part = _part(sizes, links)
    boxes = list(sizes.values())
    rows = ordered(part.rows, part.above, part.below)
    room = [loops * spacing.loop for loops in part.loops]
    widths = [size.width + extra for size, extra in zip(boxes, room, strict=True)]
    widths += [2.0] * (sum(map(len, rows)) - len(boxes))
    gaps = (spacing.between, spacing.line)
    middles = coordinates(Layered(rows, part.above, part.below, len(boxes), widths, gaps))
    left = min(x - width / 2 for x, width in zip(middles, widths, strict=True))
    xs = [x - left for x in middles]
    bands = _bands(part, rows, boxes, xs, spacing)
    placed: dict[int, Box] = {}
    for row, (top, _) in zip(rows, bands, strict=True):
        for vertex in (vertex for vertex in row if vertex < len(boxes)):
            # What a box needs for its loops is at its right.
            corner = xs[vertex] - widths[vertex] / 2
            placed[vertex] = Box(corner, top, *boxes[vertex])
    drawn = Drawn(placed, xs, _band_of(rows, bands), spacing)
    routes = tuple(
        route(drawn, chain, ports, back=index in part.back, turned=index in part.turned)
        for index, (chain, ports) in enumerate(
            zip(part.chains, _ports(part, placed, xs, spacing), strict=True)
        )
    )
    width = max(x - left + w / 2 for x, w in zip(middles, widths, strict=True))
    named = {name: placed[vertex] for vertex, name in enumerate(sizes)}
    return Layout(Size(width, bands[-1][1]), named, routes)


def _part(sizes: Mapping[str, Size], links: Sequence[Link]) -> Part:
    number = {name: index for index, name in enumerate(sizes)}
    ends = [(number[link.source], number[link.target]) for link in links]
    ordering = [index for index, link in enumerate(links) if link.orders]
    back = {ordering[at] for at in closing(len(sizes), [ends[index] for index in ordering])}
    downwards = [ends[i][::-1] if i in back else ends[i] for i in ordering]
    layer = layers(len(sizes), [(a, b) for a, b in downwards if a != b])
    turned = {index for index, (source, target) in enumerate(ends) if layer[source] > layer[target]}
    upright = [pair[::-1] if index in turned else pair for index, pair in enumerate(ends)]
    rows, chains = _chains(layer, upright)
    above, below = _neighbours(rows, chains)
    loops = [0] * len(sizes)
    for source, target in ends:
        loops[source] += source == target
    return Part(rows, above, below, chains, frozenset(turned), frozenset(back), loops)


def _chains(
    layer: Sequence[int], ends: Sequence[tuple[int, int]]
) -> tuple[list[list[int]], list[tuple[int, ...]]]:
    """The vertices of each layer, and for each line those that it passes."""
    rows: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    for vertex, at in enumerate(layer):
        rows[at].append(vertex)
    chains: list[tuple[int, ...]] = []
    fresh = len(layer)
    for top, bottom in ends:
        between = range(layer[top] + 1, layer[bottom])
        if fresh + len(between) > len(layer) + _MOST_DUMMIES:
            between = range(0)
        for at in between:
            rows[at].append(fresh + at - between.start)
        chains.append((top, *range(fresh, fresh + len(between)), bottom))
        fresh += len(between)
    return rows, chains


def _neighbours(
    rows: Sequence[Sequence[int]], chains: Sequence[Sequence[int]]
) -> tuple[list[list[int]], list[list[int]]]:
    """For each vertex, those in the layer above that its lines lead to, and those below."""
    count = sum(map(len, rows))
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    place = {vertex: at for at, row in enumerate(rows) for vertex in row}
    for upper, lower in (pair for chain in chains for pair in pairwise(chain)):
        if place[lower] == place[upper] + 1:
            below[upper].append(lower)
            above[lower].append(upper)
    return above, below


def _bands(
    part: Part,
    rows: Sequence[Sequence[int]],
    boxes: Sequence[Size],
    xs: Sequence[float],
    spacing: Spacing,
) -> list[tuple[float, float]]:
    """Top and bottom of each layer. Layers between which lines go far aside stand further apart."""
    bands: list[tuple[float, float]] = []
    top = 0.0
    for row in rows:
        height = max((boxes[vertex].height for vertex in row if vertex < len(boxes)), default=0.0)
        bands.append((top, top + height))
        aside = max((abs(xs[v] - xs[w]) for v in row for w in part.below[v]), default=0.0)
        stretched = min(aside * _FLATTEST, spacing.layers * _MOST_STRETCH)
        top += height + max(spacing.layers, stretched)
    return bands


def _band_of(
    rows: Sequence[Sequence[int]], bands: Sequence[tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    return {vertex: band for row, band in zip(rows, bands, strict=True) for vertex in row}


def _ports(
    part: Part, boxes: Mapping[int, Box], xs: Sequence[float], spacing: Spacing
) -> list[tuple[float, float]]:
    """For each link, the x at which its line leaves its upper end and enters its lower one."""
    ends: dict[tuple[int, bool], list[tuple[float, int]]] = {}
    for index, chain in enumerate(part.chains):
        ends.setdefault((chain[0], False), []).append((xs[chain[1]], index))
        ends.setdefault((chain[-1], True), []).append((xs[chain[-2]], index))
    found: dict[tuple[int, bool], float] = {}
    for (vertex, enters), lines in ends.items():
        box = boxes[vertex]
        step = min(spacing.port, box.width * 0.7 / len(lines))
        for at, (_, index) in enumerate(sorted(lines)):
            found[index, enters] = box.center + step * (at - (len(lines) - 1) / 2)
    return [(found[index, False], found[index, True]) for index in range(len(part.chains))]

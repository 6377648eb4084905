"""The order of the vertices within their layers: few lines should cross.

Sweeps of barycentres with a transposing step, after Gansner, Koutsofios, North and Vo, "A technique
for drawing directed graphs" (1993), section 3; the best order that was seen is kept.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

_MOST_SWEEPS = 24
_FEWEST_SWEEPS = 4
# Vertices times sweeps: what keeps the time bounded, whatever the graph.
_WORK = 60_000
_MOST_TRANSPOSITIONS = 4

Neighbours = Sequence[Sequence[int]]


def ordered(layers: list[list[int]], above: Neighbours, below: Neighbours) -> list[list[int]]:
    """The layers, each in an order that lets no more lines cross than the order given.

    Args:
        layers: The vertices of each layer.
        above: For each vertex its neighbours in the layer above.
        below: For each vertex its neighbours in the layer below.
    """
    best, fewest = layers, crossings(layers, below)
    current = [list(layer) for layer in layers]
    place = _places(current)
    size = sum(map(len, layers))
    for sweep in range(max(_FEWEST_SWEEPS, min(_MOST_SWEEPS, _WORK // max(size, 1)))):
        if not fewest:
            break
        _sweep(current, place, (above, below), down=sweep % 2 == 0)
        found = crossings(current, below)
        if found < fewest:
            best, fewest = [list(layer) for layer in current], found
    return best


def crossings(layers: Sequence[Sequence[int]], below: Neighbours) -> int:
    """How many pairs of lines between neighbouring layers cross."""
    place = _places(layers)
    crossed = 0
    for layer in layers:
        seen: list[int] = []
        for vertex in layer:
            ends = sorted(place[other] for other in below[vertex])
            crossed += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return crossed


def _places(layers: Sequence[Sequence[int]]) -> dict[int, int]:
    return {vertex: index for layer in layers for index, vertex in enumerate(layer)}


def _sweep(
    layers: list[list[int]],
    place: dict[int, int],
    neighbours: tuple[Neighbours, Neighbours],
    *,
    down: bool,
) -> None:
    fixed, other = neighbours if down else neighbours[::-1]
    for layer in layers[1:] if down else layers[-2::-1]:
        _by_barycentre(layer, place, fixed)
        _transpose(layer, place, fixed, other)


def _by_barycentre(layer: list[int], place: dict[int, int], fixed: Neighbours) -> None:
    """Sort by the mean place of the neighbours; a vertex without any keeps its place."""
    means = {
        vertex: sum(place[other] for other in fixed[vertex]) / len(fixed[vertex])
        for vertex in layer
        if fixed[vertex]
    }
    moving = iter(sorted(means, key=means.__getitem__))
    for index, vertex in enumerate(layer):
        layer[index] = next(moving) if vertex in means else vertex
    place.update((vertex, index) for index, vertex in enumerate(layer))


def _transpose(
    layer: list[int], place: dict[int, int], fixed: Neighbours, other: Neighbours
) -> None:
    """Exchange neighbours of a layer as long as that takes crossings away, on both sides."""
    ends = {
        vertex: [sorted(place[near] for near in side[vertex]) for side in (fixed, other)]
        for vertex in layer
    }
    for _ in range(_MOST_TRANSPOSITIONS):
        moved = False
        for index in range(len(layer) - 1):
            left, right = layer[index], layer[index + 1]
            now = sum(map(_crossed, ends[left], ends[right]))
            if now and sum(map(_crossed, ends[right], ends[left])) < now:
                layer[index], layer[index + 1] = right, left
                moved = True
        if not moved:
            break
    place.update((vertex, index) for index, vertex in enumerate(layer))


def _crossed(left: list[int], right: list[int]) -> int:
    """How many lines of two vertices side by side cross, by the places where they end."""
    return sum(bisect_left(right, end) for end in left)

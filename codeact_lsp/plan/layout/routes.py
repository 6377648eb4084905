"""The lines between placed boxes: they bend between the layers, and pass each one upright."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codeact_lsp.plan.layout.shapes import Box, Curve, Point, Route, Spacing

# How far a line between two boxes of one layer hangs below them, of the room that is there.
_HANG = 0.6


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is placed already.

    Attributes:
        xs: The middle of each vertex.
        bands: Top and bottom of the layer of each vertex.
    """

    boxes: Mapping[int, Box]
    xs: Sequence[float]
    bands: Mapping[int, tuple[float, float]]
    spacing: Spacing


def route(
    drawn: Drawn, chain: Sequence[int], ports: tuple[float, float], *, back: bool, turned: bool
) -> Route:
    """The line along a chain of vertices, from the upper end to the lower one.

    Args:
        drawn: What is placed already.
        chain: The upper end, where the line passes layers, the lower end.
        ports: The x at which it leaves the upper end, and at which it enters the lower one.
        back: Whether it leads back.
        turned: Whether its source is the lower end: then the line is drawn from there.
    """
    upper, lower = drawn.boxes[chain[0]], drawn.boxes[chain[-1]]
    if chain[0] == chain[-1]:
        return Route(*_loop(drawn, upper), back=True)
    if drawn.bands[chain[0]] == drawn.bands[chain[-1]]:
        return Route(*_beside(drawn, upper, lower), back=back)
    start = Point(ports[0], upper.bottom)
    line = Route(start, tuple(_curves(drawn, chain, start, Point(ports[1], lower.y))), back)
    return line.reversed() if turned else line


def _curves(drawn: Drawn, chain: Sequence[int], start: Point, end: Point) -> Iterator[Curve]:
    at = start
    floor = drawn.bands[chain[0]][1]
    if at.y < floor:
        yield (straight := _straight(at, Point(at.x, floor)))
        at = straight.end
    for vertex in chain[1:-1]:
        top, bottom = drawn.bands[vertex]
        yield _bent(at, Point(drawn.xs[vertex], top))
        at = Point(drawn.xs[vertex], bottom)
        yield _straight(Point(drawn.xs[vertex], top), at)
    yield _bent(at, end)


def _bent(start: Point, end: Point) -> Curve:
    middle = (start.y + end.y) / 2
    return Curve(Point(start.x, middle), Point(end.x, middle), end)


def _straight(start: Point, end: Point) -> Curve:
    return Curve(start, end, end)


def _loop(drawn: Drawn, box: Box) -> tuple[Point, tuple[Curve, ...]]:
    """A line from a box to itself, at its right."""
    out = box.right + drawn.spacing.loop
    start, end = (Point(box.right, box.y + box.height * part) for part in (0.7, 0.3))
    return start, (Curve(Point(out, start.y), Point(out, end.y), end),)


def _beside(drawn: Drawn, one: Box, other: Box) -> tuple[Point, tuple[Curve, ...]]:
    """A line between two boxes of one layer, which hangs below it."""
    hang = max(one.bottom, other.bottom) + drawn.spacing.layers * _HANG
    start, end = Point(one.center, one.bottom), Point(other.center, other.bottom)
    return start, (Curve(Point(start.x, hang), Point(end.x, hang), end),)

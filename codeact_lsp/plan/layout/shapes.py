"""What a layout is made from and made of. Lengths are pixels; x grows rightwards, y downwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Size(NamedTuple):
    """How much room a box needs."""

    width: float
    height: float


class Link(NamedTuple):
    """A line between two boxes; one that `orders` has its source above its target."""

    source: str
    target: str
    orders: bool = True


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class Curve(NamedTuple):
    """A cubic Bézier curve from where the line is to `end`."""

    first: Point
    second: Point
    end: Point


class Box(NamedTuple):
    """A placed box; `x` and `y` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def center(self) -> float:
        """The middle between left and right."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    def moved(self, x: float, y: float) -> "Box":
        """The same box further right and down."""
        return Box(self.x + x, self.y + y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Route:
    """The line of one link, from its source to its target.

    Attributes:
        back: Whether the link would close a cycle, so that its line leads upwards.
    """

    start: Point
    curves: tuple[Curve, ...]
    back: bool = False

    @property
    def end(self) -> Point:
        """Where the line ends."""
        return self.curves[-1].end

    @property
    def reach(self) -> tuple[float, float]:
        """The largest x and the largest y of its points; the line itself goes no further."""
        points = [self.start, *(point for curve in self.curves for point in curve)]
        return max(point.x for point in points), max(point.y for point in points)

    def reversed(self) -> "Route":
        """The same line, drawn from its end to its start."""
        stops = [self.start, *(curve.end for curve in self.curves)]
        turned = zip(reversed(self.curves), reversed(stops[:-1]), strict=True)
        curves = tuple(Curve(curve.second, curve.first, stop) for curve, stop in turned)
        return Route(self.end, curves, self.back)

    def moved(self, x: float, y: float) -> "Route":
        """The same line further right and down."""

        def shift(point: Point) -> Point:
            return Point(point.x + x, point.y + y)

        curves = tuple(Curve(*map(shift, curve)) for curve in self.curves)
        return Route(shift(self.start), curves, self.back)


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing: each box by its name, and a route a link, in the order of the links."""

    size: Size
    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances that a drawing keeps.

    Attributes:
        between: Between two boxes of a layer.
        line: Between a line and what is beside it.
        layers: Between two layers, at least.
        parts: Between parts of the graph that nothing joins.
        loop: What a line from a box to itself takes at its right.
        port: Between the ends of two lines at a box, at most.
    """

    between: float = 28
    line: float = 14
    layers: float = 46
    parts: float = 44
    loop: float = 26
    port: float = 14

"""The lines of a drawing: curves between the layers, and upright wherever they pass one.

A curve stays in the gap between two layers, since all four of its points do. So no line ever runs
through a box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import inf
from typing import NamedTuple

from codeact_lsp.plan.layout.shapes import Box, Curve, Point, Route, Spacing

_MARGIN = 10  # Between a corner of a box and the first line.
_LANE = 7  # Between two lines that go round the drawing.
_LEAST = 0.01
_SAG = 0.75  # Of the height of its inner points, a curve reaches three quarters.


class Band(NamedTuple):
    """The room of a layer."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2


class Way(Enum):
    """How a line gets from one box to another."""

    DOWN = "through every layer between them"
    ROUND = "outside of everything, at the right"
    BESIDE = "below both, which are in one layer"
    LOOP = "back to where it begins"


class Chain(NamedTuple):
    """What a link passes, from its upper end to its lower one.

    Attributes:
        vertices: Where it begins, the dummies that it passes, where it ends.
        way: How its line is drawn.
        turned: Whether the link itself leads from below to above.
        back: Whether it closes a cycle.
    """

    vertices: tuple[int, ...]
    way: Way
    turned: bool
    back: bool

    @property
    def steps(self) -> tuple[int, ...]:
        """The vertices of neighbouring layers that it joins, which decide where they stand."""
        return self.vertices if self.way is Way.DOWN else ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Where everything stands that lines join: boxes and dummies, by number."""

    boxes: Sequence[Box]
    xs: Sequence[float]
    layer: dict[int, int]
    bands: Sequence[Band]
    spacing: Spacing

    def band(self, vertex: int) -> Band:
        """The room of the layer of a vertex."""
        return self.bands[self.layer[vertex]]


class _Ports(NamedTuple):
    """Where the ends of the lines are at their boxes, by the number of the line."""

    upper: dict[int, float]
    lower: dict[int, float]


def draw(frame: Frame, chains: Sequence[Chain]) -> tuple[Route, ...]:
    """The lines of the chains, each in the direction of its link."""
    ports = _ports(frame, chains)
    lane = max(box.right for box in frame.boxes) + 2 * _LANE
    routes = []
    for number, chain in enumerate(chains):
        ends = ports.upper.get(number, 0.0), ports.lower.get(number, 0.0)
        if chain.way is Way.LOOP:
            route = _loop(frame.boxes[chain.vertices[0]], frame.spacing)
        elif chain.way is Way.BESIDE:
            route = _beside(frame, chain, ends)
        elif chain.way is Way.ROUND:
            lane += _LANE
            route = _around(frame, chain, ends, lane)
        else:
            route = _down(frame, chain, ends)
        routes.append(route.reversed() if chain.turned else route)
    return tuple(routes)


def _down(frame: Frame, chain: Chain, ends: tuple[float, float]) -> Route:
    first, *_, last = chain.vertices
    xs = [ends[0], *(frame.xs[dummy] for dummy in chain.vertices[1:-1]), ends[1]]
    line = _Line(Point(xs[0], frame.boxes[first].bottom))
    for (upper, lower), x in zip(pairwise(chain.vertices), xs[1:], strict=True):
        line.upright(frame.band(upper).bottom)
        line.swing(Point(x, frame.band(lower).top))
    line.upright(frame.boxes[last].y)
    return line.route(back=chain.back)


def _around(frame: Frame, chain: Chain, ends: tuple[float, float], lane: float) -> Route:
    """Down in a lane at the right of everything."""
    first, last = chain.vertices
    line = _Line(Point(ends[0], frame.boxes[first].bottom))
    line.upright(frame.band(first).bottom)
    line.swing(Point(lane, frame.bands[frame.layer[first] + 1].top))
    line.upright(frame.bands[frame.layer[last] - 1].bottom)
    line.swing(Point(ends[1], frame.band(last).top))
    line.upright(frame.boxes[last].y)
    return line.route(back=chain.back)


def _beside(frame: Frame, chain: Chain, ends: tuple[float, float]) -> Route:
    """Between two boxes of a layer, hanging in the gap below it."""
    first, last = chain.vertices
    bottom = frame.band(first).bottom
    line = _Line(Point(ends[0], frame.boxes[first].bottom))
    line.upright(bottom)
    line.hang(ends[1], frame.spacing.layers * _SAG)
    line.upright(frame.boxes[last].bottom)
    return line.route(back=chain.back)


def _loop(box: Box, spacing: Spacing) -> Route:
    start, end = box.y + 0.3 * box.height, box.y + 0.7 * box.height
    out = box.right + spacing.loop
    curve = Curve(Point(out, start), Point(out, end), Point(box.right, end))
    return Route(Point(box.right, start), (curve,), back=True)


class _Line:
    """A line while it is drawn."""

    def __init__(self, start: Point) -> None:
        self._start = self._at = start
        self._curves: list[Curve] = []

    def upright(self, y: float) -> None:
        """Straight down, or up, to `y`."""
        # A rest of rounding would have no direction, and an arrow at its end none either.
        if abs(y - self._at.y) > _LEAST:
            x, third = self._at.x, (y - self._at.y) / 3
            self._to(Curve(Point(x, self._at.y + third), Point(x, y - third), Point(x, y)))

    def swing(self, end: Point) -> None:
        """To the next layer: upright at both ends."""
        middle = (self._at.y + end.y) / 2
        self._to(Curve(Point(self._at.x, middle), Point(end.x, middle), end))

    def hang(self, x: float, depth: float) -> None:
        """To another place of the same height."""
        y = self._at.y
        self._to(Curve(Point(self._at.x, y + depth), Point(x, y + depth), Point(x, y)))

    def _to(self, curve: Curve) -> None:
        self._curves.append(curve)
        self._at = curve.end

    def route(self, *, back: bool) -> Route:
        """What was drawn."""
        return Route(self._start, tuple(self._curves), back)


def _ports(frame: Frame, chains: Sequence[Chain]) -> _Ports:
    """Spread the ends of the lines along the edges of their boxes, in the order of their aims."""
    sides: dict[tuple[int, bool], list[tuple[float, int, bool]]] = {}
    for number, chain in enumerate(chains):
        first, last = chain.vertices[0], chain.vertices[-1]
        if chain.way is Way.LOOP:
            continue
        is_round, is_level = chain.way is Way.ROUND, chain.way is Way.BESIDE
        there = inf if is_round else frame.xs[chain.vertices[1]]
        back = inf if is_round else frame.xs[chain.vertices[-2]]
        sides.setdefault((first, True), []).append((there, number, True))
        sides.setdefault((last, is_level), []).append((back, number, False))
    ports = _Ports({}, {})
    for (vertex, _), ends in sides.items():
        box = frame.boxes[vertex]
        room = max(box.width - 2 * _MARGIN, 0.0)
        step = min(frame.spacing.port, room / max(len(ends) - 1, 1))
        for index, (_, number, upper) in enumerate(sorted(ends)):
            place = box.center + (index - (len(ends) - 1) / 2) * step
            (ports.upper if upper else ports.lower)[number] = place
    return ports

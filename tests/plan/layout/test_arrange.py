"""Drawings of graphs: what holds for every one, whatever the graph."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from codeact_lsp.plan.layout import Box, Layout, Link, Point, Route, Size, arrange
from codeact_lsp.plan.layout.layers import closing, layers
from codeact_lsp.plan.layout.ordering import crossings, ordered

NAMES = [f"n{number}" for number in range(12)]
SIZES = st.builds(Size, st.integers(10, 200), st.integers(10, 60))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, Size], list[Link]]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=len(NAMES)))
    if not names:
        return {}, []
    ends = st.sampled_from(names)
    links = st.lists(st.builds(Link, ends, ends, st.booleans()), max_size=24)
    return {name: draw(SIZES) for name in names}, draw(links)


def stops(route: Route) -> Iterator[Point]:
    yield route.start
    yield from (curve.end for curve in route.curves)


def along(route: Route) -> Iterator[Point]:
    """Points of the line itself, close to each other."""
    at = route.start
    for first, second, end in route.curves:
        for step in range(17):
            t, rest = step / 16, 1 - step / 16
            weights = (rest**3, 3 * rest**2 * t, 3 * rest * t**2, t**3)
            points = (at, first, second, end)
            x = sum(weight * point.x for weight, point in zip(weights, points, strict=True))
            y = sum(weight * point.y for weight, point in zip(weights, points, strict=True))
            yield Point(x, y)
        at = end


def inside(box: Box, point: Point) -> bool:
    return box.x + 0.1 < point.x < box.right - 0.1 and box.y + 0.1 < point.y < box.bottom - 0.1


def overlap(one: Box, other: Box) -> bool:
    beside = one.right <= other.x or other.right <= one.x
    apart = one.bottom <= other.y or other.bottom <= one.y
    return not beside and not apart


def touches(box: Box, point: Point) -> bool:
    return (
        box.x - 0.01 <= point.x <= box.right + 0.01 and box.y - 0.01 <= point.y <= box.bottom + 0.01
    )


def check_ends(layout: Layout, link: Link, route: Route) -> None:
    assert touches(layout.boxes[link.source], route.start)
    assert touches(layout.boxes[link.target], route.end)


@settings(max_examples=200)
@given(graphs())
def test_every_box_has_its_own_room_and_every_line_its_ends(
    graph: tuple[dict[str, Size], list[Link]],
) -> None:
    sizes, links = graph
    layout = arrange(sizes, links)
    assert {name: Size(*box[2:]) for name, box in layout.boxes.items()} == sizes
    assert not any(overlap(*pair) for pair in combinations(layout.boxes.values(), 2))
    for box in layout.boxes.values():
        assert box.x >= -0.01
        assert box.y >= -0.01
        assert box.right <= layout.size.width + 0.01
        assert box.bottom <= layout.size.height + 0.01
    for link, route in zip(links, layout.routes, strict=True):
        check_ends(layout, link, route)


@settings(max_examples=100)
@given(graphs())
def test_lines_that_order_lead_down_unless_they_are_marked(
    graph: tuple[dict[str, Size], list[Link]],
) -> None:
    sizes, links = graph
    for link, route in zip(links, arrange(sizes, links).routes, strict=True):
        if link.orders and not route.back:
            heights = [point.y for point in stops(route)]
            assert heights == sorted(heights)


@settings(max_examples=100)
@given(graphs())
def test_lines_pass_no_box_and_stay_in_the_drawing(
    graph: tuple[dict[str, Size], list[Link]],
) -> None:
    layout = arrange(*graph)
    for route in layout.routes:
        for point in along(route):
            assert not any(inside(box, point) for box in layout.boxes.values())
            assert -0.01 <= point.x <= layout.size.width + 0.01
            assert -0.01 <= point.y <= layout.size.height + 0.01


def test_more_long_lines_than_there_is_room_for_go_round_the_boxes() -> None:
    names = [f"n{number}" for number in range(200)]
    links = [Link(one, other) for one, other in pairwise(names)]
    links += [Link(name, names[-1]) for name in names[:-2]]
    layout = arrange(dict.fromkeys(names, Size(40, 20)), links)
    right = max(box.right for box in layout.boxes.values())
    rounds = [route for route in layout.routes if max(stop.x for stop in stops(route)) > right]
    assert len(rounds) > 50
    for point in along(rounds[0]):
        assert not any(inside(box, point) for box in layout.boxes.values())


@given(graphs())
def test_the_same_graph_has_the_same_drawing(graph: tuple[dict[str, Size], list[Link]]) -> None:
    assert arrange(*graph) == arrange(*graph)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_without_the_lines_that_close_a_cycle_every_line_leads_to_a_higher_layer(
    edges: list[tuple[int, int]],
) -> None:
    back = closing(10, edges)
    kept = [edge for index, edge in enumerate(edges) if index not in back and edge[0] != edge[1]]
    layer = layers(10, kept)
    assert all(layer[source] < layer[target] for source, target in kept)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(7, 13)), max_size=30))
def test_sorting_the_layers_makes_no_more_lines_cross(edges: list[tuple[int, int]]) -> None:
    above: list[list[int]] = [[] for _ in range(14)]
    below: list[list[int]] = [[] for _ in range(14)]
    for upper, lower in edges:
        below[upper].append(lower)
        above[lower].append(upper)
    rows = [list(range(7)), list(range(7, 14))]
    assert crossings(ordered(rows, above, below), below) <= crossings(rows, below)


def test_two_lines_that_need_not_cross_do_not() -> None:
    sizes = dict.fromkeys(("a", "b", "c", "d"), Size(40, 20))
    layout = arrange(sizes, [Link("a", "d"), Link("b", "c"), Link("a", "b", orders=False)])
    assert (layout.boxes["a"].x < layout.boxes["b"].x) == (
        layout.boxes["d"].x < layout.boxes["c"].x
    )


def test_nothing_is_drawn_of_nothing() -> None:
    assert arrange({}, []) == Layout(Size(0.0, 0.0), {}, ())

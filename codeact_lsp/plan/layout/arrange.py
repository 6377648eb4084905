"""Lay out a whole graph: each connected part on its own, then all parts side by side."""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from codeact_lsp.plan.layout.part import lay_out
from codeact_lsp.plan.layout.shapes import Box, Layout, Link, Route, Size, Spacing

# How many times as wide as high a drawing of many parts should be.
_ASPECT = 1.8


def arrange(
    sizes: Mapping[str, Size], links: Sequence[Link], spacing: Spacing | None = None
) -> Layout:
    """Place boxes and lines. The time is bounded, if not by the beauty of the result.

    Args:
        sizes: How large the box of each vertex is. Parts come in this order.
        links: The lines, between these vertices; several may join the same two.
        spacing: The distances to keep.
    """
    spacing = spacing or Spacing()
    parts = [
        (indices, lay_out(part, [links[index] for index in indices], spacing))
        for part, indices in _parts(sizes, links)
    ]
    boxes: dict[str, Box] = {}
    routes: dict[int, Route] = {}
    width = height = 0.0
    corners = _shelves([part.size for _, part in parts], spacing.parts)
    for (indices, part), (x, y) in zip(parts, corners, strict=True):
        boxes |= {name: box.moved(x, y) for name, box in part.boxes.items()}
        moved = (route.moved(x, y) for route in part.routes)
        routes |= dict(zip(indices, moved, strict=True))
        width, height = max(width, x + part.size.width), max(height, y + part.size.height)
    in_order = tuple(routes[index] for index in range(len(links)))
    return Layout(Size(width, height), {name: boxes[name] for name in sizes}, in_order)


def _parts(
    sizes: Mapping[str, Size], links: Sequence[Link]
) -> Iterator[tuple[dict[str, Size], list[int]]]:
    """The connected parts: their boxes, and the indices of their links."""
    rank = {name: index for index, name in enumerate(sizes)}
    touching: dict[str, list[int]] = {name: [] for name in sizes}
    for index, link in enumerate(links):
        touching[link.source].append(index)
        touching[link.target].append(index)
    done: set[str] = set()
    for first in sizes:
        if first in done:
            continue
        names, pending = {first}, [first]
        while pending:
            for index in touching[pending.pop()]:
                fresh = {links[index].source, links[index].target} - names
                names |= fresh
                pending += sorted(fresh)
        done |= names
        indices = sorted({index for name in names for index in touching[name]})
        yield {name: sizes[name] for name in sorted(names, key=rank.__getitem__)}, indices


def _shelves(sizes: Sequence[Size], gap: float) -> Iterator[tuple[float, float]]:
    """The upper left corner of each part; a row is begun where a part would not fit any more."""
    area = sum((size.width + gap) * (size.height + gap) for size in sizes)
    room = max([sqrt(area * _ASPECT), *(size.width for size in sizes)])
    x = y = tallest = 0.0
    for size in sizes:
        if x and x + size.width > room:
            x, y, tallest = 0.0, y + tallest + gap, 0.0
        yield x, y
        x, tallest = x + size.width + gap, max(tallest, size.height)

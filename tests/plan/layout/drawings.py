"""Graphs and how they are drawn, for the views of the editor, which draw them on their own.

`python -m tests.plan.layout.drawings` writes them anew, after a change of the layout.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from codeact_lsp.plan.layout import Link, Route, Size, arrange

FILE = Path(__file__).parents[3] / "vscode-client/webviews/layout/drawings.json"

# Nodes and links; some graphs are one part, some many, some have cycles and long lines.
_GRAPHS = ((1, 0), (2, 3), (6, 5), (12, 14), (12, 30), (25, 12), (40, 50), (60, 90))


def drawings() -> Iterator[str]:
    """A graph with its drawing, as JSON, a line each."""
    for nodes, links in _GRAPHS:
        chance = random.Random(nodes * links)
        names = [f"n{number}" for number in range(nodes)]
        sizes = {name: Size(chance.randint(20, 200), chance.choice((26, 46))) for name in names}
        yield _drawing(sizes, [_link(names, chance) for _ in range(links)])


def _link(names: Sequence[str], chance: random.Random) -> Link:
    source, target = chance.choices(range(len(names)), k=2)
    forwards = chance.random() < 0.9  # The others close cycles, or lead to where they begin.
    ends = sorted((source, target)) if forwards else (target, source)
    return Link(names[ends[0]], names[ends[1]], orders=chance.random() < 0.8)


def _drawing(sizes: Mapping[str, Size], links: Sequence[Link]) -> str:
    layout = arrange(sizes, links)
    boxes = {name: _rounded((box.x, box.y)) for name, box in layout.boxes.items()}
    drawn = [{"back": route.back, "points": _points(route)} for route in layout.routes]
    size = _rounded(layout.size)
    return json.dumps(
        {"sizes": sizes, "links": links, "size": size, "boxes": boxes, "routes": drawn}
    )


def _points(route: Route) -> list[float]:
    points = [route.start, *(point for curve in route.curves for point in curve)]
    return _rounded(number for point in points for number in point)


def _rounded(numbers: Iterator[float] | Sequence[float]) -> list[float]:
    return [round(number, 2) for number in numbers]


if __name__ == "__main__":
    FILE.write_text("[\n" + ",\n".join(drawings()) + "\n]\n", encoding="utf-8")

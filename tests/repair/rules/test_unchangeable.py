"""A change of what cannot be changed."""

import pytest

from codeact_lsp.repair.rules.unchangeable import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_place_in_a_tuple(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(point: tuple[int, int] = (1, 2)) -> object:
            point[0] = 3
            return point
        """,
        "Write 'point = list(point)' first",
        """
        def a(point: tuple[int, int] = (1, 2)) -> object:
            point = list(point)
            point[0] = 3
            return point
        """,
    )


async def test_a_field_of_a_frozen_dataclass(bench: Bench) -> None:
    await bench.check_fix(
        """
        from dataclasses import dataclass

        @dataclass(frozen=True)
        class _Point:
            x: int

        def a() -> object:
            point = _Point(1)
            point.x += 2
            return point.x
        """,
        "Write 'point = replace(point, x=point.x + 2)'",
        """
        from dataclasses import dataclass
        from dataclasses import replace

        @dataclass(frozen=True)
        class _Point:
            x: int

        def a() -> object:
            point = _Point(1)
            point = replace(point, x=point.x + 2)
            return point.x
        """,
    )


async def test_a_character_of_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "abc") -> object:
            text[0] = "x"
            return text
        """,
        'text[0] = "x"',
        'text = text[:0] + "x" + text[0 + 1:]',
    )


async def test_a_field_of_a_named_tuple(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import namedtuple

        Point = namedtuple("Point", ["x", "y"])

        def a() -> object:
            point = Point(1, 2)
            point.x = point.x + 1
            return point.x
        """,
        "point.x = point.x + 1",
        "point = point._replace(x=point.x + 1)",
    )


async def test_an_item_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import namedtuple

        Point = namedtuple("Point", ["x"])

        def a() -> object:
            points = [Point(1)]
            for p in points:
                p.x += 2
            return points[0].x
        """,
        "for p in points:\n        p.x += 2",
        "for i, p in enumerate(points):\n        points[i] = p._replace(x=p.x + 2)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): 'x'[0] = 'y'\n",
        "def a(): return [1].x\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

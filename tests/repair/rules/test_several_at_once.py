"""A list of keys or places where one is to be looked up."""

import pytest

from codeact_lsp.repair.rules.several_at_once import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_keys(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            row, keys = {"n": 1, "m": 2}, ["n", "m"]
            return row[keys]
        """,
        "row[keys]",
        "[row[each] for each in keys]",
    )


async def test_places(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows, places = ["x", "y", "z"], [0, 2]
            return rows[places]
        """,
        "rows[places]",
        "[rows[each] for each in places]",
    )


async def test_a_place_that_is_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(place: str = "1") -> object:
            rows = ["x", "y"]
            return rows[place]
        """,
        "[place]",
        "[int(place)]",
    )


async def test_objects_that_can_be_added(bench: Bench) -> None:
    await bench.check_first(
        """
        class Money:
            def __init__(self, n):
                self.n = n

            def __add__(self, other):
                return Money(self.n + other.n)

        def a() -> object:
            parts = [Money(1), Money(2)]
            return sum(parts).n
        """,
        "sum(parts)",
        "sum(parts[1:], parts[0])",
    )


async def test_lines_as_one_text(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import re

        def a() -> object:
            lines = ["a b", "c"]
            return re.findall(r"\w", lines)
        """,
        '\\w", lines',
        '\\w", "\\n".join(lines)',
    )


async def test_a_setting_that_is_a_number(bench: Bench) -> None:
    await bench.check_first(
        """
        import os

        def a(n: int = 3) -> object:
            os.environ["CODEACT_N"] = n
            return os.environ["CODEACT_N"]
        """,
        "= n\n",
        "= str(n)\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [1]['x']\n",
        "def a(): return sum([1, 'x'])\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

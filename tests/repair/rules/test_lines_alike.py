"""A line that lacks what a line that is written just like it has."""

import pytest

from codeact_lsp.repair.rules.lines_alike import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_same_conversion(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(row: dict = {"low": "1", "high": "12"}) -> int:
            low = int(row["low"])
            high = row["high"]
            return high - low
        """,
        """
        def a(row: dict = {"low": "1", "high": "12"}) -> int:
            low = int(row["low"])
            high = int(row["high"])
            return high - low
        """,
    )


async def test_a_variable_that_is_set_to_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(left: str = "abc", right: str = "bcd") -> list[str]:
            left = list(left)
            right = right
            for letter in left:
                if letter in right:
                    right.remove(letter)
            return right
        """,
        "right = right\n",
        "right = list(right)\n",
    )


async def test_the_argument_between_two(bench: Bench) -> None:
    await bench.check_first(
        """
        def _marked(start: int, seen: dict, mark: int, ways: list) -> list[int]:
            seen[start] = mark
            return [way for way in ways if way != start]

        def a() -> list[int]:
            seen: dict = {}
            near1, near2, ways = 1, 2, [1, 2, 3]
            found = _marked(near1, 0, ways)
            found += _marked(near2, seen, 1, ways)
            return found
        """,
        "_marked(near1, 0, ways)",
        "_marked(near1, seen, 0, ways)",
    )


async def test_names_that_stand_in_each_other_s_place(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import defaultdict

        def a(pairs: tuple = ((1, 2), (2, 3))) -> dict:
            roads = defaultdict(list)
            for pair in pairs:
                here, there = [pair[0]], [pair[1]]
                roads[here[0]].append(there[0])
                roads[there[0]].append()
            return dict(roads)
        """,
        "roads[there[0]].append()",
        "roads[there[0]].append(here[0])",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    x = int('1')\n    y = None\n    return x + y\n",
        "def a():\n    low = 1\n    return low + None\n",
        "def a(): return [1][3]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_part_of_a_list_is_no_value(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: list[int] = [1, 2]) -> int:
            end = 1
            first = rows[:end]
            last = rows[5]
            return last - first
        """,
    )

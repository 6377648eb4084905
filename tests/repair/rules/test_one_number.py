"""The largest or smallest of one number, where it is of two."""

import pytest

from codeact_lsp.repair.rules.one_number import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_number_is_at_least_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            days = [3, 5, 4]
            return [days[max(place - 1) : place + 1] for place in range(len(days))]
        """,
        "max(place - 1)",
        "max(0, place - 1)",
    )


async def test_one_number_is_at_most_the_length_of_what_is_looked_into(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(end: int = 9) -> object:
            rows = ["a", "b"]
            return [rows[place] for place in range(min(end))]
        """,
        "min(end)",
        "min(len(rows), end)",
    )


async def test_the_larger_of_two(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(numbers: tuple = (1, 3, 2)) -> int:
            best = 0
            for number in numbers:
                best = max(number)
            return best
        """,
        """
        def a(numbers: tuple = (1, 3, 2)) -> int:
            best = 0
            for number in numbers:
                best = max(number, best)
            return best
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(n=3): return max(*n)\n",
        "def a(): return max(x for x in 3)\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

"""A place or a count that is compared with the whole instead of with its length."""

import pytest

from codeact_lsp.repair.rules.compared_whole import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_where_a_function_was_to_end(bench: Bench) -> None:
    await bench.check_first(
        """
        def _total(prices: list, i: int) -> int:
            if i == (prices):
                return 0
            return prices[i] + _total(prices, i + 1)

        def a() -> int:
            return _total([2, 3], 0)
        """,
        "i == (prices)",
        "i == (len(prices))",
    )


async def test_where_a_loop_was_to_end(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "tea") -> list:
            at, found = 0, []
            while at < text:
                found.append(text[at])
                at += 1
            return found
        """,
        "at < text",
        "at < len(text)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    n, rows = 3, [1]\n    if n == rows:\n        return 0\n    return [][n]\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

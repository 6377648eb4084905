"""A name that does not exist, where another one is set and never read."""

import pytest

from codeact_lsp.repair.rules.unread import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            """
            def area(width: int = 2, height: int = 3) -> int:
                return width * depth
            """,
            "depth",
            "height",
        ),
        (
            """
            def evens() -> list:
                found = []
                for each in range(4):
                    found.append(each)
                return result
            """,
            "result",
            "found",
        ),
    ],
    ids=["parameter", "what is only filled"],
)
async def test_the_name_that_nobody_reads_is_meant(
    bench: Bench, text: str, old: str, new: str
) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text", ["def a(b=1):\n    return {}[b]\n", "def a(b=1):\n    return b + zzz\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_items_of_a_loop(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            prices, total = [1, 2], 0
            for i in range(len(prices)):
                total += price
            return total
        """,
        "for i in range(len(prices))",
        "for price in prices",
    )


async def test_of_a_loop_where_the_other_name_is_set_further_down(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "ab") -> str:
            for letter_ in text:
                if not letter.isalpha():
                    return letter
            letter = "none"
            return letter
        """,
        "letter_ in",
        "letter in",
    )

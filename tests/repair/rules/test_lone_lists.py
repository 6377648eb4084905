"""A list of one value, written where the value itself is wanted."""

import pytest

from codeact_lsp.repair.rules.lone_lists import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_list_is_no_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "3") -> object:
            return int([text])
        """,
        "[text]",
        "text",
    )


async def test_a_list_is_no_addend(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(amount: int = 3) -> object:
            return 1 + [amount]
        """,
        "[amount]",
        "amount",
    )


async def test_a_list_is_no_key(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(key: str = "x") -> object:
            table = {"x": 1}
            return table[[key]]
        """,
        "[[key]]",
        "[key]",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return int([1, 2])\n",
        "def a(): return 1 + None\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_list_is_no_pattern(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(text: str = "ab1") -> object:
            return re.findall(["[a-z]+"], text)
        """,
        '["[a-z]+"]',
        '"[a-z]+"',
    )


async def test_what_is_gone_through_as_one_thing(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(counts: tuple = (3, 1)) -> list:
            found, most = [], 2
            for count in sorted([counts]):
                if count > most:
                    found.append(count)
            return found
        """,
        "sorted([counts])",
        "sorted(counts)",
    )

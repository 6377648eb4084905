"""A variable that begins as nothing, and is then compared or added to."""

import pytest

from codeact_lsp.repair.rules.begun_with_none import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_largest_so_far(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(ns: tuple = (3, 9, 2)) -> object:
            best = None
            for n in ns:
                if n > best:
                    best = n
            return best
        """,
        "n > best:",
        "best is None or n > best:",
    )


async def test_a_list_that_is_added_to(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = None
            rows.append(1)
            return rows
        """,
        "rows = None",
        "rows = []",
    )


async def test_a_sum(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(ns: tuple = (1, 2)) -> object:
            total = None
            for n in ns:
                total += n
            return total
        """,
        "total = None",
        "total = 0",
    )


async def test_an_attribute(bench: Bench) -> None:
    await bench.check_first(
        """
        class Stack:
            def __init__(self) -> None:
                self.items = None

            def push(self, item: int) -> list:
                self.items.append(item)
                return self.items

        def a() -> object:
            return Stack().push(1)
        """,
        "items = None",
        "items = []",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    rows = None\n    return rows.nothing_like_it()\n",
        "\nclass Stack:\n    items = None\n\ndef a():\n    Stack().items.append(1)\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_branch_that_forgets_the_first_value(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(count: object = None, text: str = "2") -> object:
            if text.startswith("x"):
                count = 7
            else:
                for digit in text:
                    count *= int(digit) + 1
            return count
        """,
        "        for digit",
        "        count = 1\n        for digit",
    )

"""The result of a method that gives nothing, used where the list is wanted."""

import pytest

from codeact_lsp.repair.rules.made_in_place import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_turned_round(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "b a") -> object:
            words = text.split()
            return " ".join(words.reverse())
        """,
        "words.reverse()",
        "words[::-1]",
    )


async def test_in_order_and_gone_through(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [(2, "b"), (1, "c")]
            return [row for row in rows.sort(key=lambda row: row[1])]
        """,
        "rows.sort(key",
        "sorted(rows, key",
    )


async def test_returned_by_another_function(bench: Bench) -> None:
    await bench.check_first(
        """
        def _evens(n: int) -> list:
            return [i for i in range(n) if i % 2 == 0].sort()

        def a() -> object:
            return sum(_evens(5))
        """,
        "[i for i in range(n) if i % 2 == 0].sort()",
        "sorted([i for i in range(n) if i % 2 == 0])",
    )


async def test_a_copy_that_is_changed_and_lost(bench: Bench) -> None:
    await bench.check_first(
        """
        _USUAL = {"lang": "en", "limit": 10}

        def _options(given: dict) -> dict:
            return dict(_USUAL).update(given)

        def a() -> object:
            options = _options({"limit": 3})
            options["page"] = 2
            return options
        """,
        "dict(_USUAL).update(given)",
        "{**_USUAL, **given}",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    rows = [2, 1]\n    rows.sort()\n    return None.x\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

"""A loop that goes through what it names itself."""

import pytest

from codeact_lsp.repair.rules.own_targets import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_its_places_are_looked_up_in(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: tuple = ("ab", "cd")) -> list[str]:
            found = []
            for row in rows:
                for place in range(len(place)):
                    found.append(row[place])
            return found
        """,
        "range(len(place))",
        "range(len(row))",
    )


async def test_what_nobody_reads(bench: Bench) -> None:
    await bench.check_first(
        """
        def _longest(names: list[str]) -> int:
            most = 0
            for name in name:
                most = max(most, len(name))
            return most

        def a() -> int:
            return _longest(["Ada", "Grace"])
        """,
        "in name:",
        "in names:",
    )


async def test_the_item_of_the_loop_around(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = ("ab", "cd")) -> list[str]:
            found = []
            for row in rows:
                for one in one:
                    found.append(one.upper())
            return found
        """,
        """
        def a(rows: tuple = ("ab", "cd")) -> list[str]:
            found = []
            for row in rows:
                for one in row:
                    found.append(one.upper())
            return found
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    for x in y: pass\n",
        "def a(rows=3):\n    for x in rows: pass\n",
        "def a(): return [1][3]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

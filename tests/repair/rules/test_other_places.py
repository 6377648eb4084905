"""Another position or key of a value than the one that was meant."""

import pytest

from codeact_lsp.repair.rules.other_places import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_other_part_of_a_pair(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(pair: tuple = (2, "b,c")) -> list[str]:
            return pair[0].partition(",")[2] * 2
        """,
        """
        def a(pair: tuple = (2, "b,c")) -> list[str]:
            return pair[1].partition(",")[2] * 2
        """,
    )


async def test_another_key_of_the_same_dictionary(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a() -> float:
            row = {"name": "tea", "price": 2.5}
            return row["name"] / 2
        """,
        """
        def a() -> float:
            row = {"name": "tea", "price": 2.5}
            return row["price"] / 2
        """,
    )


async def test_a_key_that_the_plan_has_written_beside_it(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def best() -> dict:
            return {"town": "Hill", "high": 24.0}

        def a(best: dict) -> int:
            heights = {"Hill": 410}
            name = best["high"]
            return heights[name]
        """,
        """
        def best() -> dict:
            return {"town": "Hill", "high": 24.0}

        def a(best: dict) -> int:
            heights = {"Hill": 410}
            name = best["town"]
            return heights[name]
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(n=0): return n.upper()\n",
    ],
)
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_key_that_does_not_exist_as_any_of_those_that_do(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a() -> str:
            row = {"name": "tea", "price": 2.5}
            return row["zz"].upper()
        """,
        """
        def a() -> str:
            row = {"name": "tea", "price": 2.5}
            return row["name"].upper()
        """,
    )

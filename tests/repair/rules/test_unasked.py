"""A key that is not there, where another one is that nothing asks for."""

import pytest

from codeact_lsp.repair.rules.unasked import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_key_that_nobody_asks_for(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        def a(item: dict = {"price": 2, "fee": 1}) -> object:
            return item["name"] * 2 + item["fee"]
        """,
        '"name"',
        '"price"',
    )
    assert not fix.preferred


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [][3]\n",
        "def a(): return {'x': 1}['y'] + {'x': 2}['x']\n",
        "def a(k='z'): return {'x': 1}[k]\n",
        "def a(): return {'amount': 1, 'region': 2}['ammount']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_key_that_is_a_part_of_the_name_speaks_for_itself(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(row: dict[str, object] = {"host": "db", "port": 5}) -> object:
            return row["hostname"]
        """,
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    counts = pd.DataFrame({"kind": ["x", "y"], "n": [1, 2]})\n'
                '    return counts.sort_values("count")["kind"].iloc[0]\n'
            ),
            '"count"',
            '"n"',
        ),
    ],
)
async def test_a_column_that_nothing_asks_for(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)

"""Several keys as one, or one by one."""

import pytest

from codeact_lsp.repair.rules.tuple_keys import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        ("{(0, 1): 'x'}", "made[x][y]", "made[x, y]"),
        ("[['a', 'b']]", "made[x, y]", "made[x][y]"),
        ("{0: {1: 'x'}}", "made[x, y]", "made[x][y]"),
        ("{(1, 0): 'x'}", "made[x, y]", "made[y, x]"),
    ],
)
async def test_the_keys_are_given_in_the_other_way(
    bench: Bench, made: str, old: str, new: str
) -> None:
    text = f"def a(x=0, y=1):\n    made = {made}\n    return {old}\n"
    await bench.check_first(text, old, new)


async def test_columns_are_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1], "m": [2], "k": [3]})
            return table["n", "m"]
        """,
        '["n", "m"]',
        '[["n", "m"]]',
    )


async def test_columns_of_groups_are_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1], "m": [2], "k": [3]})
            return table.groupby("k")["n", "m"].sum()
        """,
        '["n", "m"]',
        '[["n", "m"]]',
    )


@pytest.mark.parametrize("text", ["def a():\n    return {}['a']\n", "def a():\n    return [][3]\n"])
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_part_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(i: int = 0) -> object:
            rows = [1, 2, 3]
            return rows[i, i + 2]
        """,
        "i, i + 2",
        "i : i + 2",
    )

"""A position where pandas wants a label, or the other way round."""

import pytest

from codeact_lsp.repair.rules.positions import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        ("pd.Series({'a': 1, 'b': 2})", "made[0]", "made.iloc[0]"),
        ("pd.Series({'a': 1, 'b': 2})", "made[-1]", "made.iloc[-1]"),
        ("pd.DataFrame({'n': [1, 2]}, index=[7, 8])", "made.loc[0]", "made.iloc[0]"),
        ("pd.Series({'a': 1, 'b': 2})", "made.iloc['a']", "made.loc['a']"),
        ("pd.DataFrame({'n': [1, 2]})", "made.loc['n']", "made['n']"),
    ],
)
async def test_it_is_looked_up_as_it_is_named(bench: Bench, made: str, old: str, new: str) -> None:
    text = f"import pandas as pd\n\ndef a():\n    made = {made}\n    return {old}\n"
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text", ["def a():\n    return {}['x']\n", "def a():\n    return {'b': 1}[3]\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_row_and_a_name(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [3]})
            return int(table.iloc[0, "n"])
        """,
        'table.iloc[0, "n"]',
        'table["n"].iloc[0]',
    )


async def test_a_position_and_a_label(bench: Bench) -> None:
    text = """
import pandas as pd

def a() -> object:
    table = pd.DataFrame({"n": [1, 2, 3]})
    late = table[table["n"] > 1]
    return int(late.loc[0, "n"])
"""
    await bench.check_first(text, 'late.loc[0, "n"]', 'late["n"].iloc[0]')

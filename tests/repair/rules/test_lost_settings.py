"""A value that was set in a copy of a column or of rows."""

import pytest

from codeact_lsp.repair.rules.lost_settings import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEAD = "import pandas as pd\n\ndef a():\n    t = pd.DataFrame({'n': [1]})\n"


async def test_a_column_of_chosen_rows(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1, 20]})
            table[table["n"] > 10]["big"] = True
            return int(table["big"].sum())
        """,
        'Set \'table.loc[table["n"] > 10, "big"]\'',
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1, 20]})
            table.loc[table["n"] > 10, "big"] = True
            return int(table["big"].sum())
        """,
    )


@pytest.mark.parametrize("words", [", inplace=True", ""])
async def test_a_column_that_was_filled(bench: Bench, words: str) -> None:
    await bench.check_first(
        f"""
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({{"n": [1.0, None]}})
            table["n"].fillna(0{words})
            return table["n"].astype(int).tolist()
        """,
        f'table["n"].fillna(0{words})',
        'table["n"] = table["n"].fillna(0)',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    rows = {'x': {}}\n    rows['x']['y'] = 1\n    return rows['z']\n",
        'import pandas as pd\n\ndef a():\n    t = pd.DataFrame({"n": [1]})\n    return t["m"]\n',
        # It stands behind the failure.
        f"{HEAD}    t['m']\n    t['n'].fillna(0, inplace=True)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

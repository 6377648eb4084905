"""A function that is to be given each row of a table, and is given its columns."""

import pytest

from codeact_lsp.repair.rules.row_wise import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_of_two_columns(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1], "m": [2]})
            return table.apply(lambda row: row["n"] + row["m"]).tolist()
        """,
        '+ row["m"])',
        '+ row["m"], axis=1)',
    )


async def test_rows_with_their_labels(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1, 2], "m": [2, 3]})
            return [int(row["n"]) for _, row in table]
        """,
        "in table",
        "in table.iterrows()",
    )


async def test_rows_without_their_labels(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1, 2], "m": [2, 3]})
            total = 0
            for row in table:
                total += row["n"]
            return int(total)
        """,
        "row in table",
        "_, row in table.iterrows()",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        '\nimport pandas as pd\n\ndef a():\n    return pd.DataFrame({"n": [1]})["m"]\n',
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

"""Rows that are counted by days, which are texts or no index."""

import pytest

from codeact_lsp.repair.rules.day_indexes import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXTS = """
import pandas as pd

def a() -> object:
    table = pd.DataFrame({"day": ["2024-01-01", "2024-01-09"], "n": [1, 2]})
    table = table.set_index("day")
    return table["n"].resample("W").sum().tolist()
"""


async def test_an_index_of_texts(bench: Bench) -> None:
    line = "table.index = pd.to_datetime(table.index)"
    after = TEXTS.replace("    return", f"    {line}\n    return")
    await bench.check_fix(TEXTS, f"Write '{line}' first", after)


async def test_the_import_comes_with_it(bench: Bench) -> None:
    text = TEXTS.replace("import pandas as pd", "import pandas").replace("pd.", "pandas.")
    line = "    table.index = pandas.to_datetime(table.index)\n"
    await bench.check_first(text, "    return", f"{line}    return")


async def test_a_column_of_texts(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"day": ["2024-01-01", "2024-01-09"], "n": [1, 2]})
            return table.resample("W", on="day")["n"].sum().tolist()
        """,
        "    return",
        '    table["day"] = pd.to_datetime(table["day"])\n    return',
    )


async def test_numbered_rows(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"day": ["2024-01-01", "2024-01-09"], "n": [1, 2]})
            return table.resample("W")["n"].sum().tolist()
        """,
        "table.resample",
        'table.set_index(pd.to_datetime(table["day"])).resample',
    )


async def test_an_index_as_it_is_read(bench: Bench) -> None:
    (bench.folder / "days.csv").write_text("day,n\n2024-01-01,1\n2024-01-09,2\n", encoding="utf-8")
    await bench.check_offer(
        """
        import pandas as pd

        def a() -> object:
            table = pd.read_csv("days.csv", index_col="day")
            return table["n"].resample("W").sum().tolist()
        """,
        'Write \'pd.read_csv("days.csv", index_col="day", parse_dates=True)\'',
        """
        import pandas as pd

        def a() -> object:
            table = pd.read_csv("days.csv", index_col="day", parse_dates=True)
            return table["n"].resample("W").sum().tolist()
        """,
    )


async def test_a_part_of_days_that_are_texts(bench: Bench) -> None:
    text = TEXTS.replace('table["n"].resample("W").sum()', "table.index.month")
    await bench.check_first(text, "table.index.", "pd.to_datetime(table.index).")


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "import pandas as pd\n\ndef a(): return pd.Index(['x']).nothing\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

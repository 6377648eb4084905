"""A column of texts that is compared or reckoned with as if it held numbers or days."""

import pytest

from codeact_lsp.repair.rules.text_columns import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


def plan(line: str) -> str:
    """A plan of one node, with a table of texts and of days."""
    return f"""
import pandas as pd
from datetime import date

def a() -> object:
    table = pd.DataFrame({{"price": ["1.5", "20"], "n": ["2", "3"], "day": ["2024-01-01"] * 2}})
    when = pd.DataFrame({{"day": pd.to_datetime(["2024-01-01", "2024-03-01"])}})
    return {line}
"""


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        (
            'table[table["price"] < 10]["n"].tolist()',
            'table["price"] < 10',
            'pd.to_numeric(table["price"]) < 10',
        ),
        (
            'float((table["price"] * table["n"]).sum())',
            'table["price"] * table["n"]',
            'pd.to_numeric(table["price"]) * pd.to_numeric(table["n"])',
        ),
        (
            'int((when["day"] > date(2024, 2, 1)).sum())',
            "date(2024, 2, 1)).sum",
            "pd.Timestamp(date(2024, 2, 1))).sum",
        ),
        (
            'int((table["day"] > pd.Timestamp("2024-02-01")).sum())',
            'table["day"] >',
            'pd.to_datetime(table["day"]) >',
        ),
    ],
)
async def test_texts_as_what_they_stand_for(bench: Bench, line: str, old: str, new: str) -> None:
    await bench.check_first(plan(line), old, new)


@pytest.mark.parametrize(
    "text", ["def a(): return 'x' < 1\n", plan('table["price"] + 1'), plan('table["price"] < []')]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_numbers_that_are_taken_for_texts(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> list:
            df = pd.DataFrame({"n": [1, 2]})
            return list(df["n"].str.zfill(3))
        """,
        'df["n"].str',
        'df["n"].astype(str).str',
    )


@pytest.mark.parametrize(
    ("applied", "meant"),
    [
        ("apply(lambda name: name.upper())", "str.upper()"),
        ('map(lambda name: name.replace("a", "b"))', 'str.replace("a", "b")'),
    ],
)
async def test_texts_of_which_some_are_missing(bench: Bench, applied: str, meant: str) -> None:
    await bench.check_first(
        f"""
        import pandas as pd

        def a() -> int:
            names = pd.Series(["a", None])
            return len(names.{applied}.dropna())
        """,
        applied,
        meant,
    )


async def test_codes_are_read_as_they_stand_in_the_file(bench: Bench) -> None:
    await bench.check_first(
        r"""
        from pathlib import Path

        import pandas as pd

        def _read(path: str) -> object:
            return pd.read_csv(path)

        def a() -> list:
            Path("zip.csv").write_text("name,zip\na,01067\nb,10115\n")
            df = _read("zip.csv")
            return list(df["zip"].str[:2])
        """,
        "pd.read_csv(path)",
        'pd.read_csv(path, dtype={"zip": str})',
    )

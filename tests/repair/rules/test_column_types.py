"""A column of texts that are no plain numbers or days."""

import pytest

from codeact_lsp.repair.rules.column_types import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        (
            "pd.Series(['1,200', '3'])",
            "made.astype(float)",
            'made.str.replace(",", "").astype(float)',
        ),
        ("pd.Series(['$1', '$3'])", "made.astype(float)", 'made.str.strip("$ ").astype(float)'),
        ("pd.Series(['12 %'])", "made.astype(float)", 'made.str.strip("% ").astype(float)'),
        ("pd.Series(['1.0', '3.0'])", "made.astype(int)", "made.astype(float).astype(int)"),
        (
            "pd.Series(['2024-01-02', '3 May 2024'])",
            "pd.to_datetime(made)",
            'pd.to_datetime(made, format="mixed")',
        ),
        (
            "pd.Series(['01/02/2024', '25/12/2024'])",
            "pd.to_datetime(made)",
            "pd.to_datetime(made, dayfirst=True)",
        ),
    ],
)
async def test_the_column_is_read_as_it_is_written(
    bench: Bench, made: str, old: str, new: str
) -> None:
    text = f"import pandas as pd\n\ndef a():\n    made = {made}\n    return {old}\n"
    await bench.check_first(text, old, new)


async def test_a_column_gets_room_for_another_type(bench: Bench) -> None:
    text = """
        import pandas as pd

        def a():
            table = pd.DataFrame({"n": [1, 2]})
            table.loc[0, "n"] = 0.5
            return table
        """
    line = 'table["n"] = table["n"].astype(float)'
    after = text.replace("            table.loc", f"            {line}\n            table.loc")
    await bench.check_fix(text, f"Write '{line}' first", after)


async def test_what_holds_no_number_only_stops_the_crash(bench: Bench) -> None:
    text = """
        import pandas as pd

        def a():
            texts = pd.Series(["1", "n/a"])
            return pd.to_numeric(texts)
        """
    new = 'pd.to_numeric(texts, errors="coerce")'
    after = text.replace("pd.to_numeric(texts)", new)
    await bench.check_hides(text, f"Write '{new}'", after)


@pytest.mark.parametrize(
    "text", ["def a():\n    return int('x')\n", "def a():\n    return {}['x']\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_column_whose_numbers_have_a_fraction(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd


        def a() -> object:
            return pd.Series(["1.50", "2.50"]).astype(int).sum()
        """,
        "astype(int)",
        "astype(float)",
    )

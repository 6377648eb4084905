"""Tables that are put in another shape by a call which takes them otherwise."""

import pytest

from codeact_lsp.repair.rules.reshaped import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_column_is_dropped(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            return pd.DataFrame({"n": [1], "note": ["x"]}).drop("note").columns.tolist()
        """,
        'drop("note")',
        'drop(columns="note")',
    )


async def test_days_become_the_index(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            df = pd.DataFrame({"day": ["2024-01-01", "2024-01-01"], "n": [1, 2]})
            df["day"] = pd.to_datetime(df["day"])
            return df.resample("D")["n"].sum().tolist()
        """,
        "df.resample",
        'df.set_index("day").resample',
    )


async def test_the_columns_of_a_count(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            df = pd.DataFrame({"city": ["x", "x", "y"]})
            counts = df["city"].value_counts().reset_index()
            return dict(zip(counts["index"], counts["city"]))
        """,
        'counts["index"], counts["city"]',
        'counts["city"], counts["count"]',
    )


async def test_columns_are_renamed(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            df = pd.DataFrame({"a": [1]})
            return df.rename({"a": "b"})["b"].tolist()
        """,
        '({"a": "b"})',
        '(columns={"a": "b"})',
    )


async def test_what_pandas_calls_an_average(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            df = pd.DataFrame({"k": [1, 1], "n": [2, 4]})
            return df.groupby("k").agg({"n": "avg"})["n"].tolist()
        """,
        '"avg"',
        '"mean"',
    )


async def test_parts_that_are_not_equal(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            return len(np.split(np.arange(7), 3))
        """,
        "np.split",
        "np.array_split",
    )


async def test_one_row(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            return len(pd.DataFrame({"n": 1, "m": 2}))
        """,
        '{"n": 1, "m": 2}',
        '[{"n": 1, "m": 2}]',
    )


async def test_several_values_in_one_place(bench: Bench) -> None:
    text = plain(
        """
        import pandas as pd

        def a() -> object:
            df = pd.DataFrame({"day": ["x", "x"], "item": ["t", "t"], "n": [1, 2]})
            return df.pivot(index="day", columns="item", values="n").loc["x", "t"]
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert (
        text.replace(
            'df.pivot(index="day", columns="item", values="n")',
            'df.pivot_table(index="day", columns="item", values="n", aggfunc="sum")',
        )
        in made
    )


async def test_a_part_of_each_text(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"t": ["a b", "c d", "e f"]})
            table["n"] = table["t"].str.split()[0]
            return table["n"].tolist()
        """,
        ".str.split()[0]",
        ".str.split().str[0]",
    )


async def test_columns_of_the_parts(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"t": ["a b", "c d", "e f"]})
            table[["n", "m"]] = table["t"].str.split(" ")
            return table["m"].tolist()
        """,
        'split(" ")',
        'split(" ", expand=True)',
    )


async def test_columns_of_equal_names(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            left, right = pd.DataFrame({"n": [1]}), pd.DataFrame({"n": [2]})
            return left.join(right).shape
        """,
        "join(right)",
        'join(right, rsuffix="_right")',
    )


@pytest.mark.parametrize(
    "text",
    [
        "import pandas as pd\n\ndef a(): return pd.DataFrame({'x': [1]})['y']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"v": [10, 30, 20]})\n'
                '    table["rank"] = range(1, len(table))\n'
                '    return table["rank"].tolist()\n'
            ),
            "len(table))",
            "len(table) + 1)",
        ),
    ],
)
async def test_as_many_numbers_as_rows(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)

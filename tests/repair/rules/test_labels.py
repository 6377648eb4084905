"""Labels that a table does not have, or has otherwise than what it is asked by."""

import pytest

from codeact_lsp.repair.rules.labels import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


def plan(*lines: str) -> str:
    """A plan of one node, with tables to work on."""
    return "\n".join(
        [
            "import pandas as pd",
            "",
            "def a() -> object:",
            '    prices = pd.Series({"x": 1, "y": 2})',
            '    table = pd.DataFrame({"n": [1, 2, 3], "m": [4, 5, 6], "o": [7, 8, 9]})',
            *(f"    {line}" for line in lines),
            "",
        ]
    )


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        ('return prices.loc[["x", "q"]].sum()', 'loc[["x", "q"]]', 'reindex(["x", "q"])'),
        (
            'return table[["n", "q"]].sum().sum()',
            'table[["n", "q"]]',
            'table.reindex(columns=["n", "q"])',
        ),
    ],
)
async def test_labels_that_there_are_not(bench: Bench, line: str, old: str, new: str) -> None:
    fix = await bench.check_first(plan(line), old, new)
    assert not fix.preferred


async def test_a_choice_by_the_rows_of_another_table(bench: Bench) -> None:
    text = plan(
        "other = pd.DataFrame({'k': [0, 1, 0]}, index=[7, 8, 9])",
        "mask = other['k'] == 0",
        "return table[mask]['n'].tolist()",
    )
    await bench.check_first(text, "table[mask]", "table[mask.to_numpy()]")


async def test_a_choice_by_fewer_rows_of_another_table(bench: Bench) -> None:
    text = plan(
        "few = table[table['n'] > 1]",
        "return table[few['m'] > 4]['n'].tolist()",
    )
    await bench.check_first(text, "table[few['m'] > 4]", "few[few['m'] > 4]")


async def test_doubles(bench: Bench) -> None:
    text = """import pandas as pd

def a() -> object:
    twice = pd.Series([1, 2, 3], index=["x", "x", "y"])
    return twice.reindex(["y", "x"]).tolist()
"""
    fixes = await bench.fixes(text)
    kept = [fix.edit.apply(text).rpartition("return ")[2].strip() for fix in fixes]
    ways = ("first", "last", "sum")
    assert kept == [f'twice.groupby(level=0).{way}().reindex(["y", "x"]).tolist()' for way in ways]
    assert not any(fix.preferred for fix in fixes)


async def test_a_name_for_the_index_as_well(bench: Bench) -> None:
    text = plan(
        "sums = table.groupby('n').agg({'m': ['min', 'max']})",
        "sums.columns = ['n', 'least', 'most']",
        "return sums['most'].tolist()",
    )
    line = "    sums = sums.reset_index()\n"
    await bench.check_first(text, "    sums.columns", f"{line}    sums.columns")


async def test_names_for_the_first_columns_only(bench: Bench) -> None:
    text = plan("table.columns = ['one', 'two']", "return table['two'].tolist()")
    await bench.check_first(text, "['one', 'two']", "['one', 'two', *table.columns[2:]]")


async def test_more_names_than_columns(bench: Bench) -> None:
    text = plan("table.columns = list('abcd')", "return table['b'].tolist()")
    await bench.check_none(text)


@pytest.mark.parametrize(
    ("bins", "labels", "new"),
    [
        ("[0, 2]", "['few', 'many']", '[0, 2, float("inf")]'),
        ("[2]", "['few', 'many']", '[-float("inf"), 2, float("inf")]'),
        ("[0, 2, 4]", "['few']", "[0, 2]"),
    ],
)
async def test_ends_that_were_forgotten(bench: Bench, bins: str, labels: str, new: str) -> None:
    text = plan(f"return list(pd.cut(table['n'], bins={bins}, labels={labels}).astype(str))")
    await bench.check_first(text, f"bins={bins}", f"bins={new}")


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        plan("return prices['q']"),
        plan("return pd.cut(table['n'], 2, labels=list('abc'))"),
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)

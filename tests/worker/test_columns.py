"""Columns that no table has, in whatever way a library of tables says so."""

import ast
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]  # no stubs here
import pytest

from codeact_lsp.worker.expressions import Place, Scope
from codeact_lsp.worker.facts import Failing, facts

_TABLE = pd.DataFrame({"region": ["north", "south"], "amount": [3, 4], "date": ["a", "b"]})
_OTHER = pd.DataFrame({"region": ["north"], "boss": ["ann"]})


def found(code: str, **more: Any) -> dict[str, Any]:
    """The facts on the failure of an expression of `table`."""
    tree = ast.parse(code)
    operation = next(each for each in ast.walk(tree) if isinstance(each, ast.expr))
    scope = Scope({}, {"pd": pd, "table": _TABLE, "other": _OTHER, **more})
    with pytest.raises(Exception) as raised:  # noqa: PT011 - each library has its own.
        eval(code, dict(scope.module))
    path = str(raised.traceback[-1].path)
    return (
        facts(Failing(raised.value, tree, Place.of(operation), operation, scope, scope, path)) or {}
    )


@pytest.mark.parametrize(
    "code",
    [
        "table.dropna(subset=['amout'])",
        "table.drop(columns=['amout'])",
        "table.groupby('region').agg({'amout': 'sum'})",
        "table.groupby('region').agg(total=('amout', 'sum'), mean=('amout', 'mean'))",
        "table.sort_values(by='amout')",
        "table.melt(id_vars=['region'], value_vars=['amout'])",
        "table.pivot_table(index='region', values='amout')",
        "table.set_index('amout')",
        "table.set_index(['region', 'amout'])",
        "table.drop_duplicates(subset=['amout'])",
        "table.astype({'amout': 'float'})",
        "table.rename(columns={'amout': 'total'}, errors='raise')",
        "table.to_csv(columns=['amout'])",
        "table.loc[table['amount'] > 3, ['region', 'amout']]",
        "table.groupby('region')['amout']",
        "table.merge(other, left_on='amout', right_on='boss')",
        "table.set_index(['region', 'amount']).xs(3, level='amout')",
        "table.groupby(['region', 'amount']).date.count().unstack('amout')",
        "table.iloc[0]['amout']",
    ],
)
def test_the_column_that_a_table_lacks(code: str) -> None:
    fact = found(code)
    assert (fact["kind"], fact["name"], fact["options"][0]) == ("key", "amout", "amount")
    _, start, _, end = fact["place"]
    assert ast.literal_eval(code[start:end]) == "amout"


@pytest.mark.parametrize("code", ["table.query('amout > 3')", "table.eval('double = amout * 2')"])
def test_a_column_that_is_named_in_a_text(code: str) -> None:
    fact = found(code)
    assert (fact["kind"], fact["name"], fact["options"]) == ("column", "amout", ["amount"])


@pytest.mark.parametrize("how", ["usecols=['date', 'amout']", "parse_dates=['amout']"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_columns_of_a_file_that_is_read(tmp_path: Path, how: str, separator: str) -> None:
    file = tmp_path / "sales.csv"
    file.write_text(separator.join(["\ufeffdate", "amount", '"unit price"']) + "\n", "utf-8")
    fact = found(f"pd.read_csv(path, sep=sep, {how})", path=str(file), sep=separator)
    assert (fact["kind"], fact["name"], fact["options"]) == ("key", "amout", ["amount"])


def test_a_file_that_is_not_there_has_no_columns(tmp_path: Path) -> None:
    fact = found("pd.read_csv(path, usecols=['amout'])", path=str(tmp_path / "sales.csv"))
    assert fact["kind"] == "file"


@pytest.mark.parametrize(
    ("written", "there"), [("Amount", "amount"), ("A mount", "amount"), ("REGION", "region")]
)
def test_another_way_to_write_a_name_is_the_nearest(written: str, there: str) -> None:
    assert found(f"table[{written!r}]")["options"][0] == there


def test_a_name_that_is_like_none_is_told_with_its_place() -> None:
    fact = found("table.drop(columns=['zqxj'])")
    assert (fact["name"], fact["options"], fact["place"]) == ("zqxj", [], [1, 20, 1, 26])


@pytest.mark.parametrize(
    "code",
    [
        "table.corr(method='peerson', numeric_only=True)",
        "table.merge(other, how='iner')",
        "table.drop(columns=names)",
        "table.drop(columns=['zqxj', 'jxqz'])",
    ],
)
def test_what_names_no_column_is_none(code: str) -> None:
    assert found(code, names=["amout"]) == {}


@pytest.mark.parametrize(
    "code",
    [
        "table.head().groupby('amout')",
        "table.head()['amout']",
        "pd.concat([table]).sort_values('amout')",
        "table.head().merge(other.head(), left_on='amout', right_on='boss')",
    ],
)
def test_the_column_that_a_table_without_a_name_lacks(code: str) -> None:
    fact = found(code)
    assert (fact["kind"], fact["name"], fact["options"][:1]) == ("key", "amout", ["amount"])

"""Values as data: tables that can be sorted, nested ones that can be opened; capped and masked."""

import datetime as dt
import json
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # no stubs here
import pytest

from codeact_lsp.worker.credentials import MASK
from codeact_lsp.worker.structured import structured


def data_of(value: Any) -> Any:
    text = structured(value)
    assert len(text) <= 64_000
    return json.loads(text) if text else None


class Frame:
    """Has the parts of a table, and none that works."""

    columns = ("a",)

    def iter_rows(self) -> None:
        raise RuntimeError

    def __len__(self) -> int:
        raise RuntimeError


def test_a_table_has_typed_columns_and_its_index_first() -> None:
    days = pd.date_range("2026-01-01", periods=2, name="day")
    table = pd.DataFrame({"sales": [1.5, None], "open": [True, False]}, index=days)
    told = data_of(table)
    assert (told["kind"], told["total"]) == ("table", 2)
    assert [name for name, _ in told["columns"]] == ["day", "sales", "open"]
    assert [kind for _, kind in told["columns"][1:]] == ["float64", "bool"]
    assert told["rows"][0] == ["2026-01-01 00:00:00", 1.5, True]
    assert told["rows"][1] == ["2026-01-02 00:00:00", None, False]


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        (pd.Series([3, 4], name="n"), [[0, 3], [1, 4]]),
        (np.array([[1, 2], [3, 4]]), [[0, 1, 2], [1, 3, 4]]),
        (np.array([0.5, np.inf]), [[0, 0.5], [1, "inf"]]),
        ([{"a": 1, "b": "x"}, {"a": 2, "b": None}], [[1, "x"], [2, None]]),
    ],
    ids=["series", "array", "numbers", "records"],
)
def test_series_arrays_and_records_are_tables_too(value: Any, rows: list[Any]) -> None:
    assert data_of(value)["rows"] == rows


def test_of_a_large_table_there_are_as_many_rows_as_fit_and_their_number() -> None:
    told = data_of(pd.DataFrame({"text": ["x" * 150] * 50_000}))
    assert told["total"] == 50_000
    assert 300 < len(told["rows"]) <= 1_000
    assert len(data_of(pd.DataFrame(np.zeros((3, 400))))["columns"]) == 50


def test_what_is_nested_keeps_its_form_and_tells_what_was_left_out() -> None:
    value = {"when": dt.date(2026, 1, 2), "list": list(range(300)), "deep": ({"x": None},)}
    items = dict(data_of(value)["root"]["items"])
    assert items["when"] == {"other": "datetime.date(2026, 1, 2)"}
    assert (len(items["list"]["list"]), items["list"]["more"]) == (200, 100)
    assert items["deep"] == {"list": [{"items": [["x", None]], "more": 0}], "more": 0}


def test_what_has_no_end_ends_after_some_levels() -> None:
    loop: list[Any] = [1]
    loop.append(loop)
    assert structured(loop).count('"list"') == 8


def test_secrets_are_masked_by_name_and_by_look() -> None:
    told = data_of({"password": ["a", "b"], "note": "Bearer abcdefghijklmnop"})
    assert dict(told["root"]["items"]) == {"password": MASK, "note": f"Bearer {MASK}"}
    assert data_of(pd.DataFrame({"api_key": ["k"]}))["rows"] == [[0, MASK]]


@pytest.mark.parametrize("value", [1, "text", None, [], {}, Frame(), pd.DataFrame, object()])
def test_of_anything_else_there_is_nothing(value: Any) -> None:
    assert structured(value) == ""


def test_numbers_that_readers_would_change_are_text() -> None:
    assert data_of([2**60, float("nan"), np.int64(5)])["root"]["list"] == [str(2**60), None, 5]

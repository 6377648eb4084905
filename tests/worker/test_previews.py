"""Values as short text: type, size, what they hold; capped, masked, and never a failure."""

import collections
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # no stubs here
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.worker.credentials import MASK
from codeact_lsp.worker.previews import message, preview, short


class Broken:
    def __init__(self, error: type[BaseException]) -> None:
        self.error = error

    def __repr__(self) -> str:
        raise self.error

    def __len__(self) -> int:
        raise self.error

    def __iter__(self) -> Iterator[int]:
        raise self.error


class Pretends:
    """Has every attribute, and none that is worth anything."""

    def __getattr__(self, name: str) -> Any:
        return self

    def __repr__(self) -> str:
        return "<pretends>"


@pytest.mark.parametrize(
    ("value", "kind", "size", "text"),
    [
        (None, "NoneType", "", "None"),
        (3, "int", "", "3"),
        ("größe", "str", "5 characters", "größe"),
        ("x", "str", "1 character", "x"),
        ("two\nlines", "str", "9 characters", "two\nlines"),
        ([1], "list", "1 item", "[1]"),
        ([], "list", "0 items", "[]"),
        (list(range(1234)), "list", "1,234 items", f"[{', '.join(map(str, range(20)))}, ...]"),
        ({"a": 1}, "dict", "1 item", "{'a': 1}"),
        (b"ab", "bytes", "2 items", "b'ab'"),
        (bytes(1000), "bytes", "1,000 items", f"{bytes(200)!r}..."),
        (np.zeros((1204, 6)), "ndarray", "1,204×6", "[[0., 0.,"),
        (np.float64(1.5), "float64", "", "np.float64(1.5)"),
        (pd.DataFrame({"a": [1], "b": [2]}), "DataFrame", "1×2", "   a  b\n0  1  2"),
        (pd.Series([1, 2]), "Series", "2", "0    1\n1    2\ndtype: int64"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_value_is_shown_with_its_type_and_size(
    value: Any, kind: str, size: str, text: str
) -> None:
    shown = preview(value)
    assert (shown["type"], shown["size"]) == (kind, size)
    assert shown["text"].removeprefix("array(").startswith(text)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("two\nlines", "'two\\nlines'"),
        ("a  b\n\t c ", "'a  b\\n\\t c '"),
        ({"a  b": ["  "]}, "{'a  b': ['  ']}"),
        ([np.array([[1, 2], [3, 4]])], "[array([[1, 2], [3, 4]])]"),
        ([[1, [2]], {"a": (3,)}], "[[1, [2]], {'a': (3,)}]"),
        (pd.DataFrame({"a": [1], "größe": [2]}), "DataFrame 1×2: a, größe"),
        (pd.Series([1.5]), "Series float64 1"),
        (np.zeros((2, 3)), "ndarray float64 2×3"),
        (np.array(3), "array(3)"),
        (collections.Counter("aab"), "Counter({'a': 2, 'b': 1})"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_value_has_a_line(value: Any, line: str) -> None:
    assert short(value) == line


def test_a_value_that_holds_itself_is_shown() -> None:
    own: list[Any] = [1]
    own.append(own)
    assert short(own).startswith("[1, [1, [1, ")


def test_a_number_of_more_digits_than_python_counts_costs_nothing_around_it() -> None:
    assert short([7, -(2**99_999)]) == "[7, <int of 100,000 bits>]"
    assert preview(2**99_999)["text"] == "<int of 100,000 bits>"


@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError, SystemExit])
def test_a_value_that_cannot_be_shown_is_told_to_be_so(error: type[BaseException]) -> None:
    shown = preview(Broken(error))
    assert shown["type"] == "Broken"
    assert shown["size"] == f"<Broken that cannot be shown: {error.__name__}>"
    assert "Broken" in shown["text"]
    assert "Broken" in short(Broken(error))


def test_a_value_whose_class_has_no_name_is_shown() -> None:
    class Nameless(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]
            raise RuntimeError

    value = Nameless("Given", (), {})()
    assert preview(value)["type"] == "Given"
    assert short(value) == "<Given that cannot be shown: RuntimeError>"


def test_a_value_that_pretends_to_be_anything_is_shown() -> None:
    assert preview(Pretends())["type"] == "Pretends"
    assert "Pretends" in short(Pretends())


def test_text_is_capped() -> None:
    assert preview("x" * 10_000)["text"] == "x" * 3_999 + "…"
    assert short("x" * 1_000, limit=20) == f"'{'x' * 18}…"
    assert len(preview(pd.DataFrame({"a": ["x" * 100_000] * 50}))["text"]) <= 4_000
    assert len(preview([["x" * 1_000] * 100] * 100)["text"]) <= 4_000


@pytest.mark.parametrize(
    "name",
    ["password", "db_passwd", "SECRET_KEY", "token", "config['api_key']", "aws.credentials"],
)
def test_a_value_whose_name_says_that_it_is_secret_is_masked(name: str) -> None:
    assert short("hunter2", name) == MASK


@pytest.mark.parametrize("name", ["amount", "keys", "pass_rate", "secretly" * 0])
def test_other_names_mask_nothing(name: str) -> None:
    assert short("hunter2", name) == "'hunter2'"


def test_that_a_secret_is_missing_is_no_secret() -> None:
    assert short(None, "password") == "None"


def test_secrets_inside_a_dictionary_are_masked() -> None:
    value = {"user": "me", "password": "hunter2", "nested": [{"api_key": "hunter2"}]}
    for shown in (short(value), preview(value)["text"]):
        assert "hunter2" not in shown
        assert shown.count(MASK) == 2
        assert "'me'" in shown


def test_a_message_is_in_its_own_words_and_capped() -> None:
    assert message(KeyError("x")) == "'x'"
    assert message(ValueError("two\nlines")) == "two\nlines"
    assert message("x" * 3_000) == "x" * 1_999 + "…"


@given(st.recursive(st.none() | st.integers() | st.text() | st.binary(), st.lists, max_leaves=5))
def test_any_value_has_one_short_line(value: Any) -> None:
    line = short(value, limit=50)
    assert len(line) <= 50
    assert len(line.splitlines()) <= 1


def test_a_table_that_cannot_be_told_how_much_to_show_is_shown_as_it_says() -> None:
    class Table:
        columns = ("a", "b")

        def to_string(self) -> str:
            return "unbounded"

        def __repr__(self) -> str:
            return "Table of a, b"

    assert preview(Table())["text"] == "Table of a, b"

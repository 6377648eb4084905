"""Whether a value keeps its annotation: a breach is told only when it is certain."""

import collections
import dataclasses
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple, NewType, Optional, Protocol, TypedDict, TypeVar, Union

import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # no stubs here
import pytest

from codeact_lsp.worker.contracts import breach

Name = NewType("Name", str)
T = TypeVar("T")
# What no type checker would let pass.
TEXT: Any = "three"
NOTHING: Any = None


class Closes(Protocol):
    def close(self) -> None: ...


class Row(TypedDict):
    a: int


class Point(NamedTuple):
    x: int


@dataclasses.dataclass
class Line:
    sku: str
    quantity: int


class Odd:
    def __getattribute__(self, name: str) -> Any:
        raise ValueError


@pytest.mark.parametrize(
    ("value", "annotation", "told"),
    [
        (None, int, "is None, declared int"),
        ("3", int, "is '3', declared int"),
        (3, str, "is 3, declared str"),
        (3.5, int, "is 3.5, declared int"),
        (3, None, "is 3, declared None"),
        (3, type(None), "is 3, declared None"),
        ("x", int | None, "is 'x', declared int | None"),
        ("x", Optional[int], "is 'x', declared Optional[int]"),  # noqa: UP045 - plans may.
        ("x", Union[int, float], "is 'x', declared Union[int, float]"),  # noqa: UP007 - the subject
        ((1, 2), list, "is (1, 2), declared list"),
        ([1, "2"], list[int], "[1] is '2', declared int"),
        ({"2"}, set[int], "[0] is '2', declared int"),
        ([1], Iterable[str], "[0] is 1, declared str"),
        ({"a": 1, "b": None}, dict[str, int], "['b'] is None, declared int"),
        ({1: 1}, dict[str, int], "key 1 is 1, declared str"),
        ({"a": [1, "2"]}, Mapping[str, list[int]], "['a'][1] is '2', declared int"),
        ((1, "2"), tuple[int, int], "[1] is '2', declared int"),
        ((1, "x"), tuple[int, ...], "[1] is 'x', declared int"),
        ((1, 2), tuple[int], "is (1, 2), declared tuple[int]"),
        ({"a": [1, None]}, dict[str, list[int]] | None, "['a'][1] is None, declared int"),
        (Line("x", TEXT), Line, ".quantity is 'three', declared int"),
        ([Line("x", 1), Line("y", NOTHING)], list[Line], "[1].quantity is None, declared int"),
        (Point(TEXT), Point, ".x is 'three', declared int"),
        ([{"a": "1"}], list[Row], "[0]['a'] is '1', declared int"),
        ([1], Row, "is [1], declared Row"),
        ([*range(5_000), "x"], list[int], "[5000] is 'x', declared int"),
        ([[n] for n in range(60)] + [["x"]], list[list[int]], "[60][0] is 'x', declared int"),
        ({"a": 1}, pd.DataFrame, "is {'a': 1}, declared DataFrame"),
        (pd.Series([1], name="a"), pd.DataFrame, "is Series int64 1, declared DataFrame"),
        (np.zeros((2, 3)), list, "is ndarray float64 2×3, declared list"),
        ("x" * 200, int, f"is '{'x' * 58}…, declared int"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_breach_is_told_with_its_place(value: Any, annotation: Any, told: str) -> None:
    found = breach(value, annotation)
    assert found is not None
    assert found.words == told


@pytest.mark.parametrize(
    ("value", "annotation"),
    [
        (3, int),
        (True, int),
        (3, float),
        (3, complex),
        (3.5, complex),
        (1j, complex),
        (None, None),
        (None, Optional[int]),  # noqa: UP045 - plans may write it.
        (np.int64(3), int),
        (np.float64(3), float),
        (np.bool_(True), bool),
        (np.float32(3), float),
        ([], list[int]),
        ([1, None], list),
        ([1, "x"], list[Any]),
        ((1, "x"), tuple),
        ((1, 2, 3), tuple[int, ...]),
        ("text", Sequence[str]),
        (iter([1]), Iterable[str]),
        (len, Callable[[Any], int]),
        ({"a": 1}, dict[str, Any]),
        ({"a": 1}, Row),
        ("x", Name),
        ("x", Literal["y"]),
        ("x", T),
        ("x", "unresolved"),
        ("x", Any),
        ("x", object),
        ("x", Closes),
        (Point(1), Point),
        (Point(1), tuple),
        (collections.Counter("aab"), dict[str, int]),
        (collections.OrderedDict(a=1), dict[str, int]),
        (Decimal(1), Decimal),
        (Fraction(1), Fraction),
        (pd.DataFrame({"a": [1]}), pd.DataFrame),
        ([[[["x"]]]], list[list[list[list[int]]]]),
        ({"a": 1}, dict[str, int] | None),
        ([Line("x", 1), Line("y", 2)], list[Line] | None),
        ("x", typing.NoReturn),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_keeps_its_promise_or_may_is_no_breach(value: Any, annotation: Any) -> None:
    assert breach(value, annotation) is None


def test_a_value_that_cannot_be_looked_at_is_no_breach() -> None:
    assert breach(Odd(), int) is None


def test_data_that_may_run_code_is_left_alone_beyond_the_first_items() -> None:
    rows = [[n] for n in range(60)]
    assert breach([*rows, Odd(), ["x"]], list[list[int]], plain=True) is not None
    assert breach([*rows, Odd()], list[list[int]], plain=True) is None


def test_the_way_to_what_breaks_a_promise_is_told() -> None:
    value = {"a": [1, None]}
    found = breach(value, dict[str, list[int]])
    assert found is not None
    assert (found.kind, found.parts) == ("NoneType", (value, value["a"], None))

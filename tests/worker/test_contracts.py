"""Whether a value keeps its annotation: a breach is told only when it is certain."""

import collections
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


class Closes(Protocol):
    def close(self) -> None: ...


class Row(TypedDict):
    a: int


class Point(NamedTuple):
    x: int


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
        ({"a": 1}, pd.DataFrame, "is {'a': 1}, declared DataFrame"),
        (pd.Series([1], name="a"), pd.DataFrame, "is Series int64 1, declared DataFrame"),
        (np.zeros((2, 3)), list, "is ndarray float64 2×3, declared list"),
        ("x" * 200, int, f"is '{'x' * 58}…, declared int"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_breach_is_told_with_its_place(value: Any, annotation: Any, told: str) -> None:
    assert breach(value, annotation) == told


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
        ((1, "x"), tuple[int, ...]),
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
        ([*range(50), "x"], list[int]),
        ("x", typing.NoReturn),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_keeps_its_promise_or_may_is_no_breach(value: Any, annotation: Any) -> None:
    assert breach(value, annotation) is None


def test_a_value_that_cannot_be_looked_at_is_no_breach() -> None:
    assert breach(Odd(), int) is None

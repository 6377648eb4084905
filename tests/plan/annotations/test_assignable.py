"""Which values may be given where, as a table: `int fits float`, `float is no int`."""

import re
from collections.abc import Iterator

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.plan.annotations import mismatch, names_of

PLAN = """
import collections
import dataclasses
import datetime as dt
import enum
import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import sklearn.base
from abc import ABC
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from collections.abc import Mapping, Set as AbstractSet, Sized, Generator
from decimal import Decimal
from fractions import Fraction
from numbers import Number
from pathlib import Path, PurePath
from typing import Annotated, Any, Counter, Dict, Generic, List, Literal, NamedTuple, NewType
from typing import Optional, Protocol, Tuple, TypeAlias, TypedDict, TypeVar, Union
from pydantic import BaseModel
from elsewhere import Imported, registered

T = TypeVar("T")
Row = dict[str, Union[int, str]]
Rows: TypeAlias = "list[Row]"
UserId = NewType("UserId", int)
Point = collections.namedtuple("Point", "x y")

class Animal: ...
class Dog(Animal): ...
class Shape(ABC): ...
class Circle(Shape): ...
@dataclasses.dataclass(frozen=True)
class Order: amount: float
class Colour(enum.Enum): RED = 1
class Level(enum.IntEnum): LOW = 1
class Size(NamedTuple): width: int
class Settings(TypedDict, total=False): name: str
class MoreSettings(Settings): age: int
class Readable(Protocol):
    def read(self) -> str: ...
class Numbers(list[int]): ...
class Box(Generic[T]): ...
class Invoice(BaseModel): ...
class Derived(Imported): ...
class Meta(metaclass=registered): ...
@registered
class Replaced: ...
class Failure(ValueError): ...
"""

TABLE = """
A type fits itself, and numbers widen:
    int fits int
    bool fits int
    int fits float
    bool fits float
    float fits complex
    int fits Number
    Fraction fits Number
    float is no int
    int is no bool
    complex is no float
    float is no Decimal
    str is no int
    int is no str
    bytes is no str
    str is no Path

Anything fits object and Any, and nobody knows what either holds:
    None fits object
    list[int] fits Any
    Any fits int
    object fits int
    list[Any] fits list[int]
    list[int] fits list[Any]
    dict[str, Any] fits dict[str, list[int]]
    list[Any] is no dict[str, Any]

None has to be allowed:
    None fits None
    None fits int | None
    int fits Optional[int]
    int | None fits Optional[float]
    None is no int
    None is no list[int]
    int is no None
    int | None is no int
    Optional[pd.DataFrame] is no pd.DataFrame

Each of what is given has to fit one of what is wanted:
    int fits int | str
    int | str fits Union[str, int, None]
    list[int] fits Union[list[str], list[int]]
    bool | int fits float
    int | str is no int
    float is no int | str
    Union[int, list[str]] is no Union[int, list[int]]
    int | sklearn.base.Model fits int | str
    str | sklearn.base.Model is no int

What can be changed has to hold exactly the same:
    list[int] fits List[int]
    list[int | str] fits list[str | int]
    list fits list[int]
    list[int] fits list
    dict[str, int] fits Dict[str, int]
    Counter[str] fits dict[str, int]
    collections.OrderedDict[str, int] fits dict[str, int]
    dict[str, int] fits MutableMapping[str, int]
    list[int] is no list[float]
    list[Dog] is no list[Animal]
    list[int] is no list[int | None]
    list[int] is no list[str]
    set[int] is no set[str]
    dict[str, int] is no dict[str, float]
    dict[str, int] is no dict[int, str]
    Counter[str] is no dict[str, str]
    dict[str, list[int]] is no dict[str, list[str]]
    dict[str, int] is no list[int]
    list[int] is no set[int]

What is only read may hold less than is allowed:
    list[int] fits Sequence[float]
    list[Dog] fits Sequence[Animal]
    dict[str, int] fits Mapping[str, float]
    dict[str, int] fits Iterable[str]
    frozenset[bool] fits AbstractSet[int]
    str fits Sequence[str]
    range fits Sequence[int]
    bytes fits Iterable[int]
    Generator[int, None, None] fits Iterator[int]
    list[int] fits Sized
    list[int] is no Sequence[str]
    dict[str, int] is no Mapping[str, str]
    dict[str, int] is no Iterable[int]
    str is no Sequence[int]
    set[int] is no Sequence[int]
    int is no Iterable[int]
    list[int] is no Iterator[int]
    Sequence[int] is no list[int]
    Mapping[str, int] is no dict[str, int]

Tuples have a length, if it is told:
    tuple[int, str] fits tuple[float, object]
    Tuple[int, int] fits tuple[int, ...]
    tuple[int, int] fits Sequence[float]
    tuple[int, str] fits Iterable[int | str]
    tuple[int, ...] fits tuple[int, int]
    tuple fits tuple[int, str]
    tuple[()] fits tuple[int, ...]
    Size fits tuple
    Point fits tuple[int, int]
    tuple[int, str] is no tuple[int, int]
    tuple[int, int] is no tuple[int]
    tuple[int, str] is no tuple[int, ...]
    tuple[str, ...] is no tuple[int, int]
    tuple[int, int] is no list[int]
    list[int] is no tuple[int, int]
    list[int] is no tuple[()]

Values of a literal are counted:
    Literal["a"] fits str
    Literal["a"] fits Literal["a", "b"]
    Literal["a", 1] fits str | int
    Literal["a", None] fits Optional[str]
    None fits Literal["a", None]
    bool fits Literal[True, False]
    Literal[True] fits int
    Literal["a", "b"] fits Literal["a"] | int | Literal["b"]
    Literal[-1] fits int
    Literal["a", "b"] is no Literal["a"]
    Literal["a"] is no int
    Literal[1] is no Literal[True]
    Literal["a", None] is no str
    str is no Literal["a", "b"]
    bool is no Literal[True]

Aliases, strings and Annotated mean what they stand for:
    Row fits dict[str, int | str]
    Rows fits list[dict[str, str | int]]
    "list[int]" fits list["int"]
    Annotated[int, "metres"] fits int
    int fits Annotated[float, "metres", Any]
    Rows is no dict[str, int]
    "int" is no "str"
    Annotated[int, "metres"] is no Annotated[str, "metres"]

A class of the plan is what its bases say:
    Dog fits Animal
    Circle fits Shape
    Order fits Order
    Level fits int
    UserId fits int
    Numbers fits list[int]
    Failure fits Exception
    Invoice fits BaseModel
    Box[int] fits Box[str]
    Dog fits Iterable[int]
    Animal is no Dog
    Order is no Dog
    Order is no dict[str, float]
    dict[str, float] is no Order
    Colour is no str
    str is no Colour
    int is no UserId
    Numbers is no list[str]
    Invoice is no dict[str, Any]
    Order is no Sequence[float]
    list[Order] is no list[Dog]

A typed dictionary is a dictionary, and which one is not looked at:
    Settings fits dict
    dict[str, Any] fits Settings
    MoreSettings fits Mapping[str, Any]
    dict fits MoreSettings
    list[str] is no Settings
    Settings is no str

Known libraries:
    pd.DataFrame fits pd.DataFrame
    npt.NDArray[np.float64] fits np.ndarray
    pd.Series fits Iterable[int]
    Path fits PurePath
    dt.datetime fits dt.date
    pd.DataFrame is no pd.Series
    pd.DataFrame is no list[dict[str, Any]]
    list[float] is no np.ndarray
    pd.DataFrame is no np.ndarray
    pd.DataFrame is no pl.DataFrame
    pl.LazyFrame is no pl.DataFrame
    PurePath is no Path
    Path is no str
    dt.date is no dt.datetime
    dt.datetime is no str

What is not known fits:
    sklearn.base.Model fits int
    int fits sklearn.base.Model
    pd.Index fits pd.Series
    np.float64 fits int
    T fits int
    list[T] fits list[int]
    Derived fits int
    int fits Derived
    Meta fits int
    int fits Meta
    Replaced fits int
    int fits Readable
    Callable[[int], str] fits int
    int fits Callable
    missing fits int
    Row.key fits int
    callable fits int
    Literal[Colour.RED] fits str
    tuple[int, *tuple[str, ...]] fits tuple[int, int]
    any fits list
"""

NAMES = names_of(Plan.from_text(PLAN).document.pieces)


def rows() -> Iterator[tuple[str, bool, str]]:
    for line in TABLE.splitlines():
        if line.startswith(" "):
            source, verb, target = re.split(r" (fits|is no) ", line.strip())
            yield source, verb == "fits", target


@pytest.mark.parametrize(("source", "fits", "target"), list(rows()))
def test_a_value_fits_or_does_not(source: str, fits: bool, target: str) -> None:
    assert (mismatch(source, target, NAMES) is None) is fits

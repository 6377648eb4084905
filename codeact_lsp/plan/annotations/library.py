"""The classes that are known without the plan: the standard library's, and a few of others.

Of the standard library's the real classes are asked. They are loaded anyway, and asking one which
of the others it is a subclass of runs nothing of the user's.
"""

import abc
import builtins
import collections
import collections.abc as abcs
import datetime as dt
import decimal
import enum
import fractions
import numbers
import re
import types
import typing
from functools import lru_cache

from codeact_lsp.plan.annotations.terms import UNKNOWN, Instance, Term

_MODULES: dict[str, types.ModuleType] = {
    module.__name__: module
    for module in (
        *(abc, abcs, builtins, collections, dt, decimal, enum, fractions, numbers, re),
        *(types, typing),
    )
}
# Classes by name, with their bases but for `object`. None of a library's classes here is derived
# from another one or from a builtin class, and none is registered as a `Sequence` or `Mapping`.
_NOMINAL: dict[str, tuple[str, ...]] = {
    # The plan core does no I/O, so that it does not have `pathlib` to ask.
    "pathlib.PurePath": (),
    "pathlib.PurePosixPath": ("pathlib.PurePath",),
    "pathlib.PureWindowsPath": ("pathlib.PurePath",),
    "pathlib.Path": ("pathlib.PurePath",),
    "pathlib.PosixPath": ("pathlib.Path", "pathlib.PurePosixPath"),
    "pathlib.WindowsPath": ("pathlib.Path", "pathlib.PureWindowsPath"),
    # NDFrame, the base that these two share, is not public.
    "pandas.DataFrame": (),
    "pandas.Series": (),
    "numpy.ndarray": (),
    # Both are classes of Python over a table in Rust; a LazyFrame is no DataFrame.
    "polars.DataFrame": (),
    "polars.LazyFrame": (),
    "polars.Series": (),
    "pyarrow.Table": (),
    # Its metaclass registers nothing: a model is what its class statement says.
    "pydantic.BaseModel": (),
}
_SYNONYMS = {
    # Where pandas, polars and numpy define or specialise what they export under a shorter name.
    "pandas.core.frame.DataFrame": "pandas.DataFrame",
    "pandas.core.series.Series": "pandas.Series",
    "polars.dataframe.DataFrame": "polars.DataFrame",
    "polars.lazyframe.LazyFrame": "polars.LazyFrame",
    "polars.series.Series": "polars.Series",
    "numpy.typing.NDArray": "numpy.ndarray",
    "typing.LiteralString": "builtins.str",
}
# Whether an object can be called or hashed, its class does not tell: a subclass may differ.
_GIVEN_UP: tuple[typing.Any, ...] = (abcs.Callable, abcs.Hashable)

# Classes with one parameter, with a key and a value, and others; `Counter` counts among the first.
_HOLDS_ITEMS: tuple[typing.Any, ...] = (
    *(list, set, frozenset, tuple, collections.deque, collections.Counter, abcs.Sequence),
    *(abcs.MutableSequence, abcs.Set, abcs.MutableSet, abcs.Iterable, abcs.Iterator),
    *(abcs.Collection, abcs.Container, abcs.Reversible, abcs.KeysView, abcs.ValuesView),
)
_HOLDS_PAIRS: tuple[typing.Any, ...] = (
    *(dict, collections.defaultdict, collections.OrderedDict, collections.ChainMap),
    *(abcs.Mapping, abcs.MutableMapping, abcs.ItemsView, types.MappingProxyType),
)
PARAMETERS: dict[type | str, int] = {
    **dict.fromkeys(_HOLDS_ITEMS, 1),
    **dict.fromkeys(_HOLDS_PAIRS, 2),
    abcs.Generator: 3,
}
# What it holds has to be of exactly the type that is wanted, with the class of which the same
# holds but that does not demand it: through the other, who gets it may store into it.
INVARIANT: dict[type | str, str] = {
    list: "Sequence",
    abcs.MutableSequence: "Sequence",
    collections.deque: "Sequence",
    set: "collections.abc.Set",
    abcs.MutableSet: "collections.abc.Set",
    dict: "Mapping",
    abcs.MutableMapping: "Mapping",
    collections.defaultdict: "Mapping",
    collections.OrderedDict: "Mapping",
    collections.ChainMap: "Mapping",
    collections.Counter: "Mapping",
}
_ELEMENTS: dict[type | str, type] = {str: str, bytes: int, bytearray: int, range: int}
# What may also be given where the other is wanted, says the typing specification.
_PROMOTED = (
    (int, float),
    (int, complex),
    (float, complex),
    (bytearray, bytes),
    (memoryview, bytes),
)


@lru_cache(maxsize=2_000)
def known(name: str) -> Term:
    """What the dotted `name` stands for as a type; unknown if it is none of the known ones."""
    name = _SYNONYMS.get(name, name)
    if name in _NOMINAL:
        return Instance(name, bases=tuple(known(base) for base in _NOMINAL[name]))
    module, _, attribute = name.rpartition(".")
    # Not `getattr`: a deprecated name would warn.
    found = vars(_MODULES[module]).get(attribute) if module in _MODULES else None
    kind = getattr(found, "__origin__", found)
    if not isinstance(kind, type) or kind.__module__ == "typing" or kind in _GIVEN_UP:
        return UNKNOWN
    return Instance(kind)


def is_a(kind: type, other: type) -> bool:
    """Whether an object of class `kind` may be given where one of class `other` is wanted."""
    if issubclass(kind, other):
        return True
    return any(issubclass(kind, given) and other is wanted for given, wanted in _PROMOTED)


def is_structural(kind: type | str) -> bool:
    """Whether an object is of that class by what it has: `Iterable`, `Sized` and their like."""
    return isinstance(kind, type) and "__subclasshook__" in vars(kind)


def arguments(source: Instance, kind: type | str) -> tuple[Term, ...]:
    """What `source` holds, seen as an object of its base class `kind`; empty if unknown."""
    if source.kind == kind:
        return source.args
    if source.kind in _ELEMENTS:
        return (Instance(_ELEMENTS[source.kind]),)
    if source.kind is abcs.ItemsView:
        return ()
    if kind in _HOLDS_PAIRS and source.kind is collections.Counter and source.args:
        return (*source.args, Instance(int))
    return source.args[: PARAMETERS.get(kind, 0)]

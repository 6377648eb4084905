"""Inputs that come as plain data, made into what the parameter's annotation asks for."""

import datetime as dt
import decimal
import pathlib
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

from . import contracts

_MAKERS: dict[type, tuple[type | tuple[type, ...], Callable[[Any], Any]]] = {
    pathlib.Path: (str, pathlib.Path),
    float: (int, float),
    decimal.Decimal: ((int, str), decimal.Decimal),
    dt.datetime: (str, dt.datetime.fromisoformat),
    dt.date: (str, dt.date.fromisoformat),
    str: ((int, float), str),
}
_PLAIN = frozenset({bool, int, float, str, type(None)})
_NONE: tuple[tuple[type, ...], None] = ((), None)


def hints(function: Any) -> Mapping[str, Any]:
    """The function's resolved annotations; none if they cannot be resolved."""
    try:
        return typing.get_type_hints(function)
    except Exception:
        return {}


def converted(value: Any, annotation: Any) -> Any:
    """`value` as `annotation` wants it; as it is where nothing certain can be done.

    Raises:
        ValueError: The text does not spell a value of that type, or it is data of another type.
    """
    for kind in _alternatives(annotation):
        if _is(value, kind) and not isinstance(value, bool):
            return value
    for kind in _alternatives(annotation):
        accepted, make = _MAKERS.get(kind, _NONE) if isinstance(kind, type) else _NONE
        if make and isinstance(value, accepted) and not isinstance(value, bool):
            return make(value)
    _refuse(value, annotation)
    return value


def _refuse(value: Any, annotation: Any) -> None:
    """Refuse data where other data is asked for; what else a type may take is its own affair."""
    is_plain = all(isinstance(kind, type) and kind in _PLAIN for kind in _alternatives(annotation))
    if is_plain and (fault := contracts.breach(value, annotation)):
        message = f"the input {fault.words}"
        raise ValueError(message)


def _is(value: Any, kind: Any) -> bool:
    try:
        return isinstance(value, kind)
    except TypeError:  # No class, or one such as `Any` or a protocol.
        return False


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return typing.get_args(annotation)
    return (annotation,)

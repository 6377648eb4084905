"""JSON data from outside as typed values: nothing is coerced, and text is made sendable."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any, TypeVar

import cattrs

_T = TypeVar("_T")


def structure(value: Any, kind: type[_T] | Any) -> _T:
    """`value` as a `kind`, a dataclass or a type made of such.

    Raises:
        Exception: It is not one. `describe` puts into words what is wrong.
    """
    if is_dataclass(kind) and not isinstance(value, Mapping):
        raise TypeError(f"expected an object, not {type(value).__name__}")
    structured: _T = _converter.structure(value, kind)
    return structured


def describe(error: Exception, name: str = "argument") -> str:
    """What is wrong with data called `name` that `structure` refused, and where."""
    return "; ".join(cattrs.transform_error(error, path=name))


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, not {type(value).__name__}")
    # A lone surrogate is legal in JSON and cannot be sent to an editor.
    return value.encode("utf-8", "replace").decode()


def _whole(value: Any, _: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"expected a whole number, not {type(value).__name__}")
    return value


def _truth(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"expected true or false, not {type(value).__name__}")
    return value


_converter = cattrs.Converter(forbid_extra_keys=False)
_converter.register_structure_hook(str, _text)
_converter.register_structure_hook(int, _whole)
_converter.register_structure_hook(bool, _truth)

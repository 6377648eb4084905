"""Does a value keep the promise of its annotation? Says no only when that is certain."""

import itertools
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any

from . import previews

_MOST_ITEMS = 50
_MOST_LEVELS = 3
_KEY_AND_ITEM = 2
_SEQUENCES = (list, set, frozenset)


def breach(value: Any, annotation: Any) -> str | None:
    """How `value` breaks `annotation`, in words; None if it does not or if that is unsure."""
    try:
        return _breach(value, annotation, "", _MOST_LEVELS)
    except Exception:
        return None


def _breach(value: Any, annotation: Any, where: str, levels: int) -> str | None:
    if _keeps(value, annotation):
        return _inside(value, annotation, where, levels) if levels else None
    place = f"{where} is" if where else "is"
    return f"{place} {previews.short(value, limit=60)}, declared {_name(annotation)}"


def _keeps(value: Any, annotation: Any) -> bool:
    """Whether the value's outermost type fits; True for all that is not plainly checkable."""
    if annotation is None or annotation is type(None):
        return value is None
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return any(_keeps(value, part) for part in typing.get_args(annotation))
    kind = typing.get_origin(annotation) or annotation
    if not isinstance(kind, type) or getattr(kind, "_is_protocol", False):
        return True
    if kind in {float, complex}:
        return isinstance(value, int | float | kind) or hasattr(value, "dtype")
    if kind in {int, bool} and hasattr(value, "dtype"):
        return True
    return isinstance(value, kind)


def _inside(value: Any, annotation: Any, where: str, levels: int) -> str | None:
    for part, kind, place in itertools.islice(_parts(value, annotation, where), _MOST_ITEMS):
        if found := _breach(part, kind, place, levels - 1):
            return found
    return None


def _parts(value: Any, annotation: Any, where: str) -> Iterable[tuple[Any, Any, str]]:
    arguments = typing.get_args(annotation)
    if isinstance(value, Mapping) and len(arguments) == _KEY_AND_ITEM:
        for key, item in value.items():
            yield key, arguments[0], f"{where}key {previews.short(key, limit=40)}"
            yield item, arguments[1], f"{where}[{previews.short(key, limit=40)}]"
    elif isinstance(value, _SEQUENCES) and len(arguments) == 1:
        for index, item in enumerate(value):
            yield item, arguments[0], f"{where}[{index}]"
    elif isinstance(value, tuple) and len(arguments) == len(value) and ... not in arguments:
        for index, (item, kind) in enumerate(zip(value, arguments, strict=True)):
            yield item, kind, f"{where}[{index}]"


def _name(annotation: Any) -> str:
    name = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    if typing.get_args(annotation):
        name = str(annotation)
    return name.replace("typing.", "").replace("NoneType", "None")

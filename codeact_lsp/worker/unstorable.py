"""Which part of a value cannot be stored: the way to it, as one would write it in Python."""

import time
import types
from collections.abc import Iterator, Mapping
from typing import Any

from . import previews
from .values import pickler

_MOST_LEVELS = 20
_MOST_PARTS = 1_000
_SECONDS = 1.0


def culprit(value: Any) -> str | None:
    """The innermost part that cannot be stored, such as "['rows'][3].callback (<lambda>)".

    None if that is the whole value, or if it is not found in the time that there is.
    """
    deadline = time.monotonic() + _SECONDS
    way, part = "", value
    for _ in range(_MOST_LEVELS):
        found = next((step for step in _parts(part) if not _is_stored(step[1], deadline)), None)
        if found is None:
            break
        way, part = way + found[0], found[1]
    return f"{way} ({previews.short(part, limit=80)})" if way else None


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """What a value holds, and how one gets there; nothing where it would take code to know."""
    if isinstance(value, dict):
        found = ((f"[{previews.short(key, limit=40)}]", item) for key, item in value.items())
    elif isinstance(value, list | tuple):
        found = ((f"[{index}]", item) for index, item in enumerate(value))
    else:
        # A module, class or function is stored by its name; what it holds has no part in that.
        by_name = isinstance(value, types.ModuleType | type | types.FunctionType)
        members = None if by_name else getattr(value, "__dict__", None)
        names = members if isinstance(members, Mapping) else {}
        found = ((f".{name}", item) for name, item in names.items())
    for _, part in zip(range(_MOST_PARTS), found, strict=False):
        yield part


def _is_stored(value: Any, deadline: float) -> bool:
    if time.monotonic() > deadline:
        return True
    try:
        pickler(_Nowhere(), lambda _: None).dump(value)
    except Exception:
        return False
    return True


class _Nowhere:
    def write(self, data: bytes | memoryview) -> int:
        return len(data)

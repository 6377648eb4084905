"""Values as short text, for people. Every function survives a value whose `repr` does not."""

import re
import reprlib
from collections.abc import Callable, Sized
from typing import Any

from . import exceptions
from .credentials import MASK, is_secret, masked

_MOST_CHARACTERS = 4_000
_MOST_NAME = 200
_MOST_CREDENTIAL = 4_000
_MOST_BITS = 2_000  # Python may be set to write no more than 640 digits.
_MOST_ROWS = 20
_MOST_COLUMNS = 12
# What ends a line for `str.splitlines`. Spaces that stand in a line stand in the value.
_LINE_END = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def preview(value: Any) -> dict[str, Any]:
    """Type, size and text of a node's value.

    Returns:
        `type`; `size` as people say it ("1,204×6", "3 items"), possibly empty; `text`, capped.
    """
    return {
        "type": _capped(exceptions.class_name(value), _MOST_NAME),
        "size": _capped(_guarded(_size, value), _MOST_NAME),
        "text": _capped(_guarded(_text, value), _MOST_CHARACTERS),
    }


def short(value: Any, name: str = "", limit: int = 120) -> str:
    """One line about a value; masked when `name` says that it is a secret."""
    if is_secret(name) and value is not None:
        return MASK
    return _shown(_guarded(_line, value), limit)


def _guarded(make: Callable[[Any], str], value: Any) -> str:
    try:
        return make(value)
    except BaseException as error:
        kind, why = exceptions.class_name(value), exceptions.class_name(error)
        return f"<{kind} that cannot be shown: {why}>"


def message(value: Any, limit: int = 2_000) -> str:
    """An exception, or a note on one, in its own words."""
    return _shown(_guarded(str, value), limit)


def _shown(text: str, limit: int) -> str:
    """The text without credentials, one of which may begin before the limit and end after it."""
    return _capped(masked(text[: limit + _MOST_CREDENTIAL]), limit)


def _capped(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _size(value: Any) -> str:
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and shape:
        return "×".join(f"{length:,}" for length in shape)
    if isinstance(value, Sized):
        kind = "character" if isinstance(value, str) else "item"
        return f"{len(value):,} {kind}{'' if len(value) == 1 else 's'}"
    return ""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if _is_table(value):
        return str(value.to_string(max_rows=_MOST_ROWS, max_cols=_MOST_COLUMNS))
    return _repr.repr(value)


def _line(value: Any) -> str:
    if _is_table(value):
        columns = ", ".join(str(column) for column in list(value.columns)[:_MOST_COLUMNS])
        return f"DataFrame {_size(value)}: {columns}"
    if hasattr(value, "dtype") and hasattr(value, "shape") and value.shape:
        return f"{type(value).__name__} {value.dtype} {_size(value)}"
    return _LINE_END.sub(" ", _repr.repr(value))


def _is_table(value: Any) -> bool:
    """Whether it can be written as pandas' tables can; those of Arrow cannot be told how much."""
    return all(hasattr(value, name) for name in ("to_string", "to_html", "columns"))


class _Repr(reprlib.Repr):
    """`reprlib` with room for what people want to see, and secrets masked by key."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = 200
        self.maxother = 400
        self.maxdict = self.maxlist = self.maxtuple = self.maxset = 20

    def repr_int(self, x: int, level: int) -> str:
        """Not in digits where Python refuses to count them."""
        bits = x.bit_length()
        return super().repr_int(x, level) if bits <= _MOST_BITS else f"<int of {bits:,} bits>"

    def repr_bytes(self, x: bytes | bytearray, _level: int) -> str:
        """Not the whole of it, which `reprlib` would write out before it cuts it."""
        shown = repr(x[: self.maxstring])
        return shown if len(x) <= self.maxstring else f"{shown}..."

    repr_bytearray = repr_bytes

    def repr_dict(self, x: dict[Any, Any], level: int) -> str:
        masked = {
            key: _Masked() if isinstance(key, str) and is_secret(key) else item
            for key, item in list(x.items())[: self.maxdict + 1]
        }
        return super().repr_dict(masked, level)


class _Masked:
    def __repr__(self) -> str:
        return MASK


_repr = _Repr()

"""Tables and nested values as data: for who wants to sort them, and to open one part after another.

The text is JSON. A table: `{"kind": "table", "columns": [[name, type], …], "rows": [[cell, …], …],
"total": rows}`, its index first. Anything nested: `{"kind": "tree", "root": …}`, in which
`{"items": [[key, part], …], "more": n}` is a dictionary and `{"list": [part, …], "more": n}` a
sequence, with `n` parts left out, and `{"other": text}` is what JSON has no form for.
"""

import contextlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from . import previews
from .credentials import MASK, is_secret, masked

_MOST_CHARACTERS = 64_000
_MOST_ROWS = 1_000
_MOST_COLUMNS = 50
_MOST_CELLS = 4_000  # To look at so many takes some 10 ms, of the time of every run.
_MOST_PARTS = 2_000
_MOST_ITEMS = 200
_MOST_DEPTH = 8
_MOST_TEXT = 200
_MOST_EXACT = 2**53  # Larger whole numbers are no numbers of JSON that every reader keeps.

_Columns = list[tuple[str, str]]


def structured(value: Any) -> str:
    """The value as JSON, cut to what fits; empty if it is neither a table nor nested."""
    with contextlib.suppress(Exception):  # What it says it can do, it may not be able to.
        found = _table(value) or _tree(value)
        return _fitting(found) if found else ""
    return ""


def _fitting(found: dict[str, Any]) -> str:
    """As many rows as fit; of what is too long otherwise, nothing."""
    text = json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    while len(text) > _MOST_CHARACTERS and len(found.get("rows", ())) > 1:
        found["rows"] = found["rows"][: len(found["rows"]) * _MOST_CHARACTERS // len(text) or 1]
        text = json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text if len(text) <= _MOST_CHARACTERS else ""


def _table(value: Any) -> dict[str, Any] | None:
    for read in (_frame, _array, _records):
        if (found := read(value)) is not None:
            columns, rows, total = found
            most = min(_MOST_ROWS, _MOST_CELLS // max(len(columns), 1))
            hidden = [is_secret(name) for name, _ in columns]
            cells = [_cells(row, hidden) for row in islice(rows, most)]
            return {"kind": "table", "columns": columns, "rows": cells, "total": total}
    return None


def _frame(value: Any) -> tuple[_Columns, Iterable[Any], int] | None:
    """A table or series of pandas, or a table of polars."""
    kind = type(value)
    if hasattr(kind, "to_frame") and hasattr(kind, "iloc"):
        value = value.to_frame()
    if hasattr(value, "iloc") and hasattr(value, "itertuples"):
        part = value.iloc[:_MOST_ROWS, : _MOST_COLUMNS - 1]
        columns = [(str(part.index.name or ""), str(part.index.dtype))]
        columns += [(str(name), str(type_)) for name, type_ in part.dtypes.items()]
        return columns, part.itertuples(name=None), len(value)
    if hasattr(kind, "iter_rows") and hasattr(kind, "columns"):
        names = list(value.columns)[:_MOST_COLUMNS]
        columns = [(str(name), str(value[name].dtype)) for name in names]
        return columns, value[names].head(_MOST_ROWS).iter_rows(), len(value)
    return None


def _array(value: Any) -> tuple[_Columns, Iterable[Any], int] | None:
    """An array of one or two dimensions."""
    shape = getattr(value, "shape", None)
    if not isinstance(shape, tuple) or len(shape) not in {1, 2} or not hasattr(value, "tolist"):
        return None
    part = value[:_MOST_ROWS] if len(shape) == 1 else value[:_MOST_ROWS, : _MOST_COLUMNS - 1]
    rows = part.tolist() if len(shape) == 2 else ([each] for each in part.tolist())  # noqa: PLR2004
    count = 1 if len(shape) == 1 else min(shape[1], _MOST_COLUMNS - 1)
    columns = [("", "int64"), *((str(index), str(value.dtype)) for index in range(count))]
    return columns, ((index, *row) for index, row in enumerate(rows)), int(shape[0])


def _records(value: Any) -> tuple[_Columns, Iterable[Any], int] | None:
    """A list of dictionaries with the same keys, none of which holds more of its kind."""
    if type(value) is not list or not value or type(value[0]) is not dict or not value[0]:
        return None
    names, some = list(value[0]), value[:_MOST_ROWS]
    if len(names) > _MOST_COLUMNS or not all(isinstance(name, str) for name in names):
        return None
    alike = all(type(each) is dict and list(each) == names for each in some)
    if not alike or any(isinstance(part, dict | list) for each in some for part in each.values()):
        return None
    columns = [(name, type(value[0][name]).__name__) for name in names]
    return columns, (each.values() for each in some), len(value)


def _cells(row: Iterable[Any], hidden: Iterable[bool]) -> list[Any]:
    return [
        MASK if secret and value is not None else _cell(value)
        for value, secret in zip(row, hidden, strict=False)
    ]


def _cell(value: Any) -> Any:
    if _is_scalar(value):
        value = value.item()
    if value is None or type(value) in {bool, int, float}:
        return _number(value)
    return _text(str(value)) if _says_itself(value) else previews.short(value, limit=_MOST_TEXT)


def _is_scalar(value: Any) -> bool:
    """Whether it is one number of NumPy, which is not imported to look at what is none."""
    return getattr(value, "ndim", None) == 0 and hasattr(value, "item")


def _number(value: Any) -> Any:
    """As JSON has it; what is missing is null, and what is too large for many readers is text."""
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if value is None or abs(value) <= _MOST_EXACT else str(value)


def _says_itself(value: Any) -> bool:
    """Whether its `str` is what people want to see: text, and times."""
    return isinstance(value, str) or hasattr(type(value), "isoformat")


def _text(text: str) -> str:
    return masked(text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…")


def _tree(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict | list | tuple) or not value:
        return None
    return {"kind": "tree", "root": _Tree().of(value)}


class _Tree:
    """Takes parts of a value until there are enough."""

    def __init__(self) -> None:
        self._left = _MOST_PARTS

    def of(self, value: Any, name: str = "", depth: int = 0) -> Any:
        """A part, with what is in it."""
        self._left -= 1
        if is_secret(name) and value is not None:
            return MASK
        if not isinstance(value, dict | list | tuple) or depth == _MOST_DEPTH:
            plain = value is None or isinstance(value, bool | int | float | str)
            return _cell(value) if plain or _is_scalar(value) else {"other": previews.short(value)}
        if isinstance(value, Mapping):
            items = [[_text(str(key)), self.of(part, str(key), depth + 1)]
                     for key, part in self._some(value.items())]  # fmt: skip
            return {"items": items, "more": len(value) - len(items)}
        parts = [self.of(part, name, depth + 1) for part in self._some(value)]
        return {"list": parts, "more": len(value) - len(parts)}

    def _some(self, parts: Iterable[Any]) -> Iterator[Any]:
        for part in islice(parts, _MOST_ITEMS):
            if self._left <= 0:
                return
            yield part

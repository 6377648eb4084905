"""What a result is known to hold, by what its worker told of it; nothing is loaded for that."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from codeact_lsp.engine.values import Result

_EMPTY = frozenset({"[]", "{}", "()", "''", '""', "set()", "frozenset()", "Counter()", "deque([])"})
_COUNT = re.compile(r"(\d+)(?: items?|×)")
_BETWEEN = re.compile(r"[\s_-]+")
# A message can be of any length, and so can what is asked for.
_MOST_NAME = 200


def is_empty(result: Result) -> bool:
    """Whether a result has nothing in it, or only what has nothing; a table, no rows."""
    is_bare = result.preview.text in _EMPTY or (_is_table(result) and count(result) == 0)
    return is_bare or _is_hollow(result.preview.data)


@lru_cache(maxsize=64)
def _is_hollow(data: str) -> bool:
    try:
        match json.loads(data) if data else None:
            case {"kind": "tree", "root": root}:
                return _is_nothing(root)
            case _:
                return False
    except ValueError:  # As below.
        return False


def _is_nothing(part: Any) -> bool:
    match part:
        case {"items": [*items], "more": 0}:
            return all(_is_nothing(inner) for _, inner in items)
        case {"list": [*items], "more": 0}:
            return all(_is_nothing(inner) for inner in items)
        case _:
            return False


def count(result: Result) -> int | None:
    """How many items or rows a result has; None if it has none to count."""
    found = _COUNT.match(result.preview.size)
    return int(found[1]) if found else None


def holds(result: Result, name: str) -> bool:
    """Whether a result has such a key, column or text in it, as far as that is known."""
    if not 0 < len(name) <= _MOST_NAME:
        return False
    if result.preview.data:
        return name in _names(result.preview.data)
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", result.preview.text) is not None


def lacks(result: Result, name: str) -> bool:
    """Whether a result has no such key or text; a table, no such column beside its index."""
    try:
        columns = json.loads(result.preview.data)["columns"] if _is_table(result) else []
    except (KeyError, TypeError, ValueError):  # As below.
        columns = []
    if [str(column[0]) for column in columns[:1] if column] == [name]:
        return not any(str(column[0]) == name for column in columns[1:] if column)
    return not holds(result, name)


def keys(result: Result) -> frozenset[str]:
    """The keys of a dictionary, as texts."""
    return frozenset(str(key) for key, _ in _items(result.preview.data))


def texts(result: Result) -> frozenset[str]:
    """The keys, columns and texts in a result, as far as they are known."""
    return _names(result.preview.data) if result.preview.data else frozenset()


def spellings(result: Result, name: str) -> frozenset[str]:
    """The texts in a result that differ from one in case, blanks or signs between words only."""
    plain = _plain(name)
    others = texts(result) - {name} if plain else frozenset[str]()
    return frozenset(each for each in others if _plain(each) == plain)


def labels(result: Result) -> frozenset[str]:
    """How the rows of a table are called, as texts."""
    return _labels(result.preview.data) if _is_table(result) else frozenset()


@lru_cache(maxsize=64)
def _labels(data: str) -> frozenset[str]:
    try:
        match json.loads(data) if data else None:
            case {"kind": "table", "rows": [*rows]}:
                return frozenset(str(row[0]) for row in rows if row)
            case _:
                return frozenset()
    except (TypeError, ValueError):  # As below.
        return frozenset()


def has_word(result: Result, name: str) -> bool:
    """Whether a name stands in a result, be it as a word of a longer text."""
    if not 0 < len(name) <= _MOST_NAME:
        return False
    word = rf"(?<!\w){re.escape(name)}(?!\w)"
    return bool(re.search(word, result.preview.text) or re.search(word, result.preview.data))


def key_of(result: Result, text: str) -> str:
    """The one key or column that a text stands under; empty if it is another, or several."""
    try:
        found = {*_under(json.loads(result.preview.data), text, "")}
    except ValueError:  # As below.
        return ""
    return found.pop() if len(found) == 1 else ""


def is_value(result: Result, name: str) -> bool:
    """Whether a dictionary has that under some key."""
    return any(str(value) == name for _, value in _items(result.preview.data))


def has_key(result: Result, name: str) -> bool:
    """Whether a dictionary in a result, in whatever depth, has such a key; or a table a column."""
    return name in _keys(result.preview.data)


def _plain(text: str) -> str:
    return _BETWEEN.sub("", text[:_MOST_NAME]).casefold()


def _under(part: Any, text: str, key: str) -> Iterator[str]:
    match part:
        case {"kind": "table", "columns": [*columns], "rows": [*rows]}:
            cells = (
                (column[0], each)
                for row in rows
                for column, each in zip(columns, row, strict=False)
            )
            yield from (str(name) for name, each in cells if each == text)
        case {"kind": "tree", "root": root}:
            yield from _under(root, text, key)
        case {"items": [*items]}:
            for name, inner in items:
                yield from _under(inner, text, str(name))
                yield from ("",) if name == text else ()
        case {"list": [*items]}:
            for inner in items:
                yield from _under(inner, text, key)
        case _:
            yield from (key,) if part == text else ()


@lru_cache(maxsize=64)
def _keys(data: str) -> frozenset[str]:
    try:
        return frozenset(_keys_of(json.loads(data))) if data else frozenset()
    except ValueError:  # As below.
        return frozenset()


def _keys_of(part: Any) -> Iterator[str]:
    match part:
        case {"kind": "table", "columns": [*columns]}:
            yield from (str(column[0]) for column in columns if column)
        case {"kind": "tree", "root": root}:
            yield from _keys_of(root)
        case {"items": [*items]}:
            for key, inner in items:
                yield str(key)
                yield from _keys_of(inner)
        case {"list": [*items]}:
            for inner in items:
                yield from _keys_of(inner)
        case _:
            pass


@lru_cache(maxsize=64)
def _items(data: str) -> list[tuple[Any, Any]]:
    try:
        match json.loads(data) if data else None:
            case {"root": {"items": [*items]}}:
                return [(key, value) for key, value in items]
            case _:
                return []
    except (TypeError, ValueError):  # As below.
        return []


def _is_table(result: Result) -> bool:
    return result.preview.type in {"DataFrame", "Series"}


@lru_cache(maxsize=64)
def _names(data: str) -> frozenset[str]:
    try:
        return frozenset(_texts(json.loads(data)))
    except ValueError:  # A worker can claim anything.
        return frozenset()


def _texts(part: Any) -> Iterator[str]:
    """The keys and texts in a value that was told as data."""
    match part:
        case {"kind": "table", "columns": [*columns], "rows": [*rows]}:
            yield from (str(column[0]) for column in columns if column)
            yield from (cell for row in rows for cell in row if isinstance(cell, str))
        case {"kind": "tree", "root": root}:
            yield from _texts(root)
        case {"items": [*items]}:
            for key, inner in items:
                yield str(key)
                yield from _texts(inner)
        case {"list": [*items]}:
            for inner in items:
                yield from _texts(inner)
        case str():
            yield part
        case {"other": str(text)}:
            yield from re.findall(r"\w+", text)
        case _:
            pass

"""Which values are not to be written down or shown: those whose name says that they are secrets."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_SECRET = re.compile(r"passw|secret|token|api_?key|credential|private_?key", re.IGNORECASE)
# A shorter text stands in too many places that are no secret.
_SHORTEST = 6


def is_secret(name: str) -> bool:
    """Whether what bears this name is likely to be a secret; the worker asks the same of names."""
    return _SECRET.search(name) is not None


def secrets(named: Mapping[str, Any]) -> set[str]:
    """The values, as text, of those that are named as secrets, however deep; no short ones."""
    return {text for text in _named_so(named) if len(text) >= _SHORTEST}


def _named_so(value: Any, *, is_known: bool = False) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _named_so(each, is_known=is_known or is_secret(str(name)))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _named_so(each, is_known=is_known)
    elif is_known and isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)

"""Does a value keep the promise of its annotation? Says no only when that is certain."""

import itertools
import time
import typing
from typing import Any, NamedTuple

from . import declared, exceptions, previews
from .declared import Step

_MOST_ITEMS = 50
_MOST_ATOMS = 50_000
_MOST_LEVELS = 3
_SECONDS = 0.003
_ATOMS = frozenset({type(None), bool, int, float, complex, str, bytes})
_PLAIN = _ATOMS | {list, tuple, dict}
_SHOWN = 60

_Trail = tuple[tuple[Step | None, Any], ...]
"""The value, then what of it holds the part in question, down to that: each with the step to it."""


class Breach(NamedTuple):
    """How a value breaks an annotation.

    Attributes:
        words: What is wrong, and where.
        kind: The name of the type of the part that is wrong.
        parts: The value, what of it holds the part that is wrong, and so on down to that part.
    """

    words: str
    kind: str
    parts: tuple[Any, ...]


def breach(value: Any, annotation: Any, *, plain: bool = False) -> Breach | None:
    """How `value` breaks `annotation`; None if it does not or if that is unsure.

    Of many items the first are looked at, and of the others as many as a few milliseconds allow.

    Args:
        value: The value.
        annotation: What it was declared to be.
        plain: Look at plain data alone beyond the first items, so that nobody's code runs.
    """
    try:
        return _Check(time.monotonic() + _SECONDS, plain=plain).check(annotation, ((None, value),))
    except Exception:
        return None


class _Check:
    def __init__(self, deadline: float, *, plain: bool) -> None:
        self._deadline = deadline
        self._plain = plain

    def check(self, annotation: Any, trail: _Trail) -> Breach | None:
        value = trail[-1][1]
        if not declared.keeps(value, annotation):
            return _told(annotation, trail)
        if len(trail) > _MOST_LEVELS:
            return None
        if declared.holds_atoms(value, annotation):
            return self._among(value, annotation, trail)
        return self._inside(value, annotation, trail)

    def _inside(self, value: Any, annotation: Any, trail: _Trail) -> Breach | None:
        for number, (step, part, kind) in enumerate(declared.parts(value, annotation)):
            if number >= _MOST_ITEMS:
                if time.monotonic() > self._deadline:
                    return None
                if self._plain and type(part) not in _PLAIN:
                    continue
            if found := self.check(kind, (*trail, (step, part))):
                return found
        return None

    def _among(self, items: Any, annotation: Any, trail: _Trail) -> Breach | None:
        """The first item of the wrong type; that there is none is found out at the speed of C."""
        kind = typing.get_args(annotation)[0]
        if set(map(type, itertools.islice(items, _MOST_ATOMS))) <= {kind}:
            return None
        for index, item in enumerate(itertools.islice(items, _MOST_ATOMS)):
            looked_at = index < _MOST_ITEMS or type(item) in _ATOMS
            if looked_at and not declared.keeps(item, kind):
                return _told(kind, (*trail, (("item", index), item)))
        return None


def _told(annotation: Any, trail: _Trail) -> Breach:
    value = trail[-1][1]
    where = "".join(_written(step) for step, _ in trail if step)
    shown = previews.short(value, limit=_SHOWN)
    words = f"{where} is {shown}, declared {_name(annotation)}".lstrip()
    return Breach(words, exceptions.class_name(value), tuple(part for _, part in trail))


def _written(step: Step) -> str:
    kind, key = step
    if kind == "field":
        return f".{key}"
    shown = previews.short(key, limit=40)
    return f"key {shown}" if kind == "key" else f"[{shown}]"


def _name(annotation: Any) -> str:
    name = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    if typing.get_args(annotation):
        name = str(annotation)
    return name.replace("typing.", "").replace("NoneType", "None")

"""What is told of a value once it is safe: nothing that it does now may cost it."""

import itertools
from collections.abc import Callable
from functools import partial
from typing import Any

from . import contracts, copies, exceptions, pictures, previews, structured
from .aside import aside
from .copies import NOTHING, Taken

_ATOMS = frozenset({type(None), bool, int, float, complex, str, bytes})
_LISTS = frozenset({list, tuple})
_MOST_PARTS = 1_000
_MOST_ITEMS = 50  # More of a list or dictionary nobody looks at.


def shown(
    value: Any,
    annotation: Any,
    closed: tuple[int, ...] = (),
    taken: Taken = NOTHING,
    parting: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """`preview` of a value, and `breach` of its annotation if it is one.

    With a breach come `broke`, the type of the part that is wrong, and `came_with`, the input that
    this part came with.

    A value runs code of its own when it is looked at, unless it is plain data; so that is done in
    another process, which may fail.

    Args:
        value: The value.
        annotation: What it was declared to be; None if nothing was declared.
        closed: Descriptors that the value's code must not have.
        taken: What its node took.
        parting: Takes what is to be told if to look at the value ends this process.
    """
    if _is_plain(value):
        broken = _breach(value, annotation, taken, plain=True)
        data = structured.structured(value)
        preview = {**previews.preview(value), **pictures.held(value), "data": data}
        return {"preview": preview, **broken}
    unseen = {"preview": _unseen(value), "breach": None}
    told = aside(
        lambda: _told(value, annotation, taken),
        closed,
        parting=partial(parting, unseen) if parting else None,
    )
    return told if isinstance(told, dict) else unseen


def line(value: Any, closed: tuple[int, ...] = ()) -> str:
    """A value that cannot leave, on one line; as careful."""
    told = aside(lambda: previews.short(value), closed)
    return told if isinstance(told, str) else _unseen(value)["text"]


def _told(value: Any, annotation: Any, taken: Taken) -> dict[str, Any]:
    data = structured.structured(value)
    preview = {**previews.preview(value), **pictures.pictures(value), "data": data}
    return {"preview": preview, **_breach(value, annotation, taken, plain=False)}


def _breach(value: Any, annotation: Any, taken: Taken, *, plain: bool) -> dict[str, Any]:
    found = None if annotation is None else contracts.breach(value, annotation, plain=plain)
    if found is None:
        return {"breach": None}
    came_with = copies.origin(found.parts, taken)
    return {"breach": found.words, "broke": found.kind, "came_with": came_with}


def _unseen(value: Any) -> dict[str, str]:
    kind = exceptions.class_name(value)
    return {"type": kind, "size": "", "text": f"<{kind} that takes too long or too much to show>"}


def _is_plain(value: Any) -> bool:
    """Whether what is looked at of a value is data through and through: nobody's code runs then."""
    pending, parts = [value], 0
    while pending and parts <= _MOST_PARTS:
        part = pending.pop()
        parts += 1
        if type(part) in _LISTS:
            pending += part[:_MOST_ITEMS]
        elif type(part) is dict:
            pending += itertools.chain(*itertools.islice(part.items(), _MOST_ITEMS))
        elif type(part) not in _ATOMS:
            return False
    return not pending and parts <= _MOST_PARTS

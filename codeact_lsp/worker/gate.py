"""Lets what is done by the node be noted, and not what noting it does itself."""

import functools
import threading
from collections.abc import Callable
from typing import Any

# What tells whether a function is one that may be called in this way or that (`os.supports_fd`).
_Members = set[Callable[..., Any]]


class Gate:
    """Notes pass while `active`; `lost` says that one of them could not be made."""

    def __init__(self) -> None:
        self.active = False
        self.lost = False
        self._inside = threading.local()

    def guarded(self, note: Callable[..., None]) -> Callable[..., None]:
        """`note`, which now never raises and never notes what it does itself."""

        def guarded(*arguments: Any) -> None:
            if not self.active or getattr(self._inside, "now", False):
                return
            self._inside.now = True
            try:
                note(*arguments)
            except Exception:
                self.lost = True  # Such as a working directory that is gone: not the node's fault.
            finally:
                self._inside.now = False

        return guarded

    def unnoticed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, of whose doing nothing is noted."""

        def unnoticed(*arguments: Any, **named: Any) -> Any:
            before = getattr(self._inside, "now", False)
            self._inside.now = True
            try:
                return function(*arguments, **named)
            finally:
                self._inside.now = before

        return unnoticed


def replace(
    owner: Any, name: str, make: Callable[[Any], Callable[..., Any]], *members: _Members
) -> None:
    """Put a function in the place of one of a module or class; to `inspect` and `pickle` it is it.

    Args:
        owner: The module or class.
        name: The function's name in it.
        make: Makes the new function from the one that was there.
        members: Sets that the new one belongs to if the old one does.
    """
    before = getattr(owner, name)
    after = functools.wraps(before)(make(before))
    after.__module__ = getattr(owner, "__module__", owner.__name__)
    setattr(owner, name, after)
    for known in members:
        if before in known:
            known.add(after)

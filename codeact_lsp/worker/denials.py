"""What the system refused a node: found behind the exception that came of it.

The system says no by an error number, and libraries make of it what they like. What was asked for
is known from the audit event that came before.
"""

import errno
import os
import socket
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from . import exceptions, unnamed
from .effects import NETWORK, PROCESSES, address, program
from .writes import CHANGES, absolute
from .writes import EVENTS as MOVES

_MOST = 64
_MOST_LINKED = 10
_MOST_TEXT = 400
_UNREACHED = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EAFNOSUPPORT})
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR})
_SOCKETS = frozenset({"socket.__new__"})
_OF_OTHERS = frozenset({"os.kill", "os.killpg", "signal.pthread_kill"})
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_ON_FILES = frozenset({"read", "write"})
_DATABASE = "sqlite3.connect"
EVENTS = NETWORK | PROCESSES | MOVES | _SOCKETS | _OF_OTHERS | _LISTINGS | {"open", _DATABASE}

_Attempt = tuple[str, str]
"""A right, and what it was needed for."""


class Denials:
    """Remembers the last things that a confined node asked of the system."""

    def __init__(self) -> None:
        self._attempts: deque[_Attempt] = deque(maxlen=_MOST)
        self._visible: tuple[str, ...] | None = None
        self._overlooked: tuple[str, ...] = ()
        self._database: str | None = None

    def confine(self, visible: Sequence[str], overlooked: Sequence[str] = ()) -> None:
        """Begin; what lies in none of the folders `visible`, which are no links, is hidden.

        Args:
            visible: The folders.
            overlooked: Those of them that hold more than was looked at: the rest is closed.
        """
        self._visible = tuple(f"{path}/" for path in visible)
        self._overlooked = tuple(f"{path}/" for path in overlooked)

    def event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Remember what an audit event of `EVENTS` tells of."""
        if event == _DATABASE:
            self._database = unnamed.database(arguments[0])
            return
        if self._visible is None or (attempt := _attempt(event, arguments)) is None:
            return
        if attempt == ("network", "") and self._last("network"):
            return  # Whom a socket is for was said when the name was looked up.
        self._attempts.append(attempt)

    def behind(self, error: BaseException) -> dict[str, str | bool] | None:
        """The right that was missing, and for what; None if the failure is no refusal."""
        if self._visible is None:
            return None
        for each in _chain(error):
            if attempt := self._refused(each):
                right, what = attempt
                overlooked = right == "read" and what.startswith(self._overlooked or "\0")
                return {"right": right, "what": what[:_MOST_TEXT], "overlooked": overlooked}
        return None

    def _refused(self, error: BaseException) -> _Attempt | None:
        if exceptions.is_a(error, OSError):
            return self._by_number(error)
        return self._of_database() if unnamed.is_of_database(error) else None

    def _by_number(self, error: BaseException) -> _Attempt | None:
        number, name = exceptions.of_the_system(error)
        path = absolute(name) if isinstance(name, str | bytes) else None
        if exceptions.is_a(error, socket.gaierror) or number in _UNREACHED:
            return self._last("network")
        if number in unnamed.REFUSED:
            return self._about(path) or self._latest() or self._unnoticed(unnamed.quoted(error))
        if number in _MISSING:
            return self._hidden(path or unnamed.quoted(error))
        return None

    def _hidden(self, path: str | None) -> _Attempt | None:
        if path is None or self._is_visible(path):
            return None
        return self._about(path) or ("read", path)

    def _unnoticed(self, path: str | None) -> _Attempt | None:
        """What no event told of as an attempt, if it is refused."""
        if path is None:
            return None
        right = unnamed.right_to(path) if self._is_visible(path) else "read"
        return (right, path) if right else None

    def _of_database(self) -> _Attempt | None:
        """A database is changed by way of a journal beside it, so its folder has to be open."""
        if self._database is None:
            return None
        attempt = self._unnoticed(self._database) or self._unnoticed(f"{self._database}-journal")
        if attempt and attempt[0] == "write":
            return "write", os.path.dirname(self._database)
        return attempt

    def _about(self, path: str | None) -> _Attempt | None:
        return next((each for each in reversed(self._attempts) if each[1] == path), None)

    def _latest(self) -> _Attempt | None:
        """The last attempt, unless that was at a file: an error about one names it."""
        attempt = self._attempts[-1] if self._attempts else None
        return None if attempt is None or attempt[0] in _ON_FILES else attempt

    def _last(self, right: str) -> _Attempt | None:
        return next((each for each in reversed(self._attempts) if each[0] == right), None)

    def _is_visible(self, path: str) -> bool:
        return f"{os.path.realpath(path)}/".startswith(self._visible or ())


def _attempt(event: str, arguments: tuple[Any, ...]) -> _Attempt | None:
    if event == "open":
        path, _, flags = arguments
        name = None if isinstance(path, int) else absolute(path)
        return None if name is None else ("write" if flags & CHANGES else "read", name)
    if event in _LISTINGS:
        name = absolute(arguments[0])
        return None if name is None else ("read", name)
    if event in MOVES:
        name = absolute(arguments[1] if event in {"os.link", "os.symlink"} else arguments[0])
        return None if name is None else ("write", name)
    if event in _SOCKETS:
        return "network", ""
    if event in NETWORK:
        return "network", _whole_address(event, arguments)
    return "processes", program(arguments)


def _whole_address(event: str, arguments: tuple[Any, ...]) -> str:
    """Of a name that is looked up, the port that it is looked up for as well."""
    host = address(event, arguments)
    port = arguments[1] if event == "socket.getaddrinfo" else None
    return f"{host}:{port}" if type(port) in {int, str} and port else host


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception, then what led to it."""
    seen: set[int] = set()
    pending = [error]
    while pending and len(seen) < _MOST_LINKED:
        each = pending.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        pending += exceptions.behind(each)

"""What the system refused a node: found behind the exception that came of it.

The system says no by an error number, and libraries make of it what they like. What was asked for
is known from the audit event that came before.
"""

import errno
import os
import socket
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

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
# Where the descriptor stands of the folder that a path is relative to; the first path counts.
_FOLDERS = {
    **dict.fromkeys(("os.remove", "os.rmdir"), 1),
    **dict.fromkeys(("os.chmod", "os.mkdir", "os.rename", "os.symlink"), 2),
    **dict.fromkeys(("os.chown", "os.link", "os.utime"), 3),
}
_ON_FILES = frozenset({"read", "write"})
_DATABASE = "sqlite3.connect"
EVENTS = NETWORK | PROCESSES | MOVES | _SOCKETS | _OF_OTHERS | _LISTINGS | {"open", _DATABASE}


class _Attempt(NamedTuple):
    """A right, what it was needed for, and the path by which an error would name that."""

    right: str
    what: str
    named: str = ""


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
        if attempt == _Attempt("network", "") and self._last("network"):
            return  # Whom a socket is for was said when the name was looked up.
        self._attempts.append(attempt)

    def behind(self, error: BaseException) -> dict[str, str | bool] | None:
        """The right that was missing, and for what; None if the failure is no refusal."""
        if self._visible is None:
            return None
        for each in _chain(error):
            if attempt := self._refused(each):
                right, what = attempt.right, attempt.what
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
        # What only asks for a file's state, as `chdir` does too, is told by no event.
        return self._about(path) or _Attempt("read", path)

    def _unnoticed(self, path: str | None) -> _Attempt | None:
        """What no event told of as an attempt, if it is refused."""
        if path is None:
            return None
        right = unnamed.right_to(path) if self._is_visible(path) else "read"
        return _Attempt(right, path) if right else None

    def _of_database(self) -> _Attempt | None:
        """A database is changed by way of a journal beside it, so its folder has to be open."""
        if self._database is None:
            return None
        attempt = self._unnoticed(self._database) or self._unnoticed(f"{self._database}-journal")
        if attempt and attempt.right == "write":
            return _Attempt("write", os.path.dirname(self._database))
        return attempt

    def _about(self, path: str | None) -> _Attempt | None:
        if path is None:
            return None
        return next((each for each in reversed(self._attempts) if path in each[1:]), None)

    def _latest(self) -> _Attempt | None:
        """The last attempt, unless that was at a file: an error about one names it."""
        attempt = self._attempts[-1] if self._attempts else None
        return None if attempt is None or attempt.right in _ON_FILES else attempt

    def _last(self, right: str) -> _Attempt | None:
        return next((each for each in reversed(self._attempts) if each.right == right), None)

    def _is_visible(self, path: str) -> bool:
        return f"{os.path.realpath(path)}/".startswith(self._visible or ())


def _attempt(event: str, arguments: tuple[Any, ...]) -> _Attempt | None:
    if event == "open":
        path, _, flags = arguments
        name = None if isinstance(path, int) else absolute(path)
        return None if name is None else _Attempt("write" if flags & CHANGES else "read", name)
    if event in _LISTINGS:
        name = absolute(arguments[0])
        return None if name is None else _Attempt("read", name)
    if event in MOVES:
        return _move(event, arguments)
    if event in _SOCKETS | NETWORK:
        whom = "" if event in _SOCKETS else _whole_address(event, arguments)
        return _Attempt("network", whom)
    if event in _OF_OTHERS:
        return _Attempt("signals", "")
    return _Attempt("processes", program(arguments))


def _move(event: str, arguments: tuple[Any, ...]) -> _Attempt | None:
    """An error names a path as it was given, whatever folder it is relative to."""
    path = arguments[1] if event in {"os.link", "os.symlink"} else arguments[0]
    place = _FOLDERS.get(event, len(arguments))
    folder = arguments[place] if place < len(arguments) else -1
    name = absolute(path, folder)
    return None if name is None else _Attempt("write", name, absolute(path) or "")


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

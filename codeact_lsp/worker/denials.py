"""What the system refused a node: found behind the exception that came of it.

The system says no by an error number, and libraries make of it what they like. What was asked for
is known from the audit event that came before.
"""

import errno
import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from . import asked, exceptions, unnamed, words
from .asked import Attempt
from .writes import absolute

_MOST = 64
_MOST_LINKED = 10
_MOST_TEXT = 400
_UNREACHED = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EAFNOSUPPORT})
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR})
_ON_FILES = frozenset({"read", "write"})
# What is wrong with code, whatever words there are in it.
_OF_CODE = (AssertionError, AttributeError, ImportError, LookupError, NameError, TypeError)
_DATABASE = "sqlite3.connect"
_ITSELF = "/proc/self/fd/"
EVENTS = asked.EVENTS | {_DATABASE}


class Denials:
    """Remembers the last things that a confined node asked of the system."""

    def __init__(self) -> None:
        self._attempts: deque[Attempt] = deque(maxlen=_MOST)
        self._visible: tuple[str, ...] | None = None
        self._overlooked: tuple[str, ...] = ()
        self._granted: frozenset[str] = frozenset()
        self._database: str | None = None
        self._said: list[str] = []

    def confine(
        self,
        visible: Sequence[str],
        overlooked: Sequence[str] = (),
        granted: Iterable[str] = (),
    ) -> None:
        """Begin; what lies in none of the folders `visible`, which are no links, is hidden.

        Args:
            visible: The folders.
            overlooked: Those of them that hold more than was looked at: the rest is closed.
            granted: Rights that are not about files and that the node has, to all or to some.
        """
        self._granted = frozenset(granted)
        self._visible = tuple(f"{path}/" for path in visible)
        self._overlooked = tuple(f"{path}/" for path in overlooked)

    def event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Remember what an audit event of `EVENTS` tells of."""
        if event == _DATABASE:
            self._database = unnamed.database(arguments[0])
            return
        if self._visible is None or (attempt := asked.attempt(event, arguments)) is None:
            return
        if attempt == Attempt("network", "") and self._all("network"):
            return  # Whom a socket is for was said when the name was looked up.
        if attempt.right != "processes" or attempt.right not in self._granted:
            self._attempts.append(attempt)

    def behind(self, error: BaseException) -> dict[str, str | bool] | None:
        """The right that was missing, and for what; None if the failure is no refusal."""
        if self._visible is None:
            return None
        chain = list(_chain(error))
        self._said = [text for each in chain for text in words.texts(each)]
        for each in chain:
            if attempt := self._refused(each):
                right, what = attempt.right, attempt.what
                overlooked = right == "read" and what.startswith(self._overlooked or "\0")
                return {
                    "right": right,
                    "what": what[:_MOST_TEXT],
                    "overlooked": overlooked,
                    **({"guessed": True} if attempt.guessed else {}),
                }
        return None

    def _refused(self, error: BaseException) -> Attempt | None:
        if unnamed.is_of_database(error):
            return self._of_database()
        number, *names = exceptions.of_the_system(error)
        paths = [path for name in names if (path := _path(name))]
        if number is None:
            return self._in_words(error)
        if exceptions.is_a(error, socket.gaierror) or number in _UNREACHED:
            return self._host()
        if number in words.REFUSED:
            return self._by_number(error, number, paths)
        missing = self._hidden(_meant(error, paths)) if number in _MISSING else None
        return missing or self._unreached(error)

    def _by_number(self, error: BaseException, number: int, paths: list[str]) -> Attempt | None:
        """What the system said in so many words that it refuses."""
        if unnamed.is_of_shared(error):
            return Attempt("shared", "")
        if attempt := next(filter(None, map(self._about, paths)), None) or self._latest():
            return _as_it_was(attempt)
        unnoticed = self._unnoticed(_meant(error, paths), number)
        return unnoticed or _call(error, number, paths)

    def _in_words(self, error: BaseException) -> Attempt | None:
        """What a library tells of that has its own way to say it."""
        match number := words.number_of(error):
            case errno.ENOENT:
                attempt = self._hidden(words.quoted(error))
            case None:
                attempt = None
            case _:
                attempt = self._unnoticed(words.quoted(error), number)
        return attempt or self._unreached(error)

    def _unreached(self, error: BaseException) -> Attempt | None:
        """A host that was not reached, by what is said."""
        if exceptions.is_a(error, *_OF_CODE):
            return None
        some = "network" in self._granted
        if not some and (named := self._named("network")):
            return named
        host = words.host(error)
        return None if host is None else Attempt("network", host, guessed=some)

    def _hidden(self, paths: Iterable[str]) -> Attempt | None:
        for path in paths:
            if not self._is_visible(path):
                # What only asks for a file's state, as `chdir` does too, is told by no event.
                return self._about(path) or Attempt("read", path)
        return None

    def _unnoticed(self, paths: Iterable[str], number: int) -> Attempt | None:
        """What no event told of as an attempt, if it is refused."""
        for path in paths:
            # Nothing that is hidden is said to be read-only.
            asked = number == errno.EROFS or self._is_visible(path)
            if right := unnamed.right_to(path) if asked else "read":
                return Attempt(right, path)
        return None

    def _of_database(self) -> Attempt | None:
        """A database is changed by way of a journal beside it, so its folder has to be open."""
        if self._database is None:
            return None
        files = (self._database, f"{self._database}-journal")
        attempt = self._unnoticed(files, errno.EACCES)
        if attempt and attempt.right == "write":
            return Attempt("write", os.path.dirname(self._database))
        return attempt

    def _about(self, path: str) -> Attempt | None:
        return next(
            (each for each in reversed(self._attempts) if path in {each.what, each.named}), None
        )

    def _latest(self) -> Attempt | None:
        """The last attempt, unless that was at a file: an error about one names it."""
        attempt = self._attempts[-1] if self._attempts else None
        return None if attempt is None or attempt.right in _ON_FILES else attempt

    def _host(self) -> Attempt | None:
        """Whom it was about: the one that is named, or else the last one; threads ask at once."""
        return self._named("network") or next(iter(self._all("network")), None)

    def _named(self, right: str) -> Attempt | None:
        """The last attempt of whose object there is word in what is told."""
        for each in self._all(right):
            if any(words.names(text, _host_of(each.what)) for text in self._said):
                return each
        return None

    def _all(self, right: str) -> list[Attempt]:
        return [each for each in reversed(self._attempts) if each.right == right]

    def _is_visible(self, path: str) -> bool:
        if path.startswith(_ITSELF):  # What it leads to has no name in there.
            return True
        return f"{os.path.realpath(path)}/".startswith(self._visible or ())


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


def _path(name: Any) -> str | None:
    return absolute(name) if isinstance(name, str | bytes) else None


def _meant(error: BaseException, named: list[str]) -> Iterator[str]:
    """The paths that an error is about; what it does not name was at hand."""
    yield from named
    if not named:
        yield from words.quoted(error)
        if exceptions.of_the_system(error)[0] != errno.EPERM:  # That is hardly about a file.
            yield from unnamed.at_hand(error)


def _host_of(what: str) -> str:
    """The host of what was to be reached, without its port."""
    host, _, port = what.rpartition(":")
    return host if port.isdecimal() else what


def _call(error: BaseException, number: int, paths: list[str]) -> Attempt | None:
    """A call that is about no file, and that nothing tells of: nobody knows its name."""
    is_one = number == errno.EPERM and not paths and not unnamed.is_raised(error)
    return Attempt("calls", "") if is_one else None


def _as_it_was(attempt: Attempt) -> Attempt:
    """The right that was missing: to write, if a file can be neither made nor written there."""
    if attempt.right == "attributes" and not unnamed.is_writable(attempt.what):
        return attempt._replace(right="write")
    return attempt

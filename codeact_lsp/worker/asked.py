"""What a node asks of the system, as an audit event tells it."""

import socket
from typing import Any, NamedTuple

from .effects import NETWORK, PROCESSES, address, program
from .writes import CHANGES, NODES, absolute
from .writes import EVENTS as MOVES

_NEW_SOCKET = "socket.__new__"
_NEW_FOLDER = "os.mkdir"
_OF_OTHERS = frozenset({"os.kill", "os.killpg", "signal.pthread_kill"})
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_LINKS = frozenset({"os.link", "os.symlink"})
# What can be refused where files may be written all the same.
_BEYOND_WRITING = {
    **dict.fromkeys(_LINKS, "links"),
    **dict.fromkeys(NODES, "pipes"),
    **dict.fromkeys(("os.chmod", "os.chown", "os.utime"), "attributes"),
}
# Where the descriptor stands of the folder that a path is relative to; the first path counts.
_FOLDERS = {
    **dict.fromkeys(("os.remove", "os.rmdir", *NODES), 1),
    **dict.fromkeys(("os.chmod", "os.mkdir", "os.rename", "os.symlink"), 2),
    **dict.fromkeys(("os.chown", "os.link", "os.utime"), 3),
}
_NAMED_FAMILY = getattr(socket, "AF_UNIX", None)
EVENTS = NETWORK | PROCESSES | MOVES | _OF_OTHERS | _LISTINGS | {"open", _NEW_SOCKET}


class Attempt(NamedTuple):
    """A right, and what it was needed for.

    Attributes:
        right: The right.
        what: A path, an address, a program.
        named: The path by which an error would name that.
        guessed: Whether only the words of an error tell of it, which may have another reason.
    """

    right: str
    what: str
    named: str = ""
    guessed: bool = False


def attempt(event: str, arguments: tuple[Any, ...]) -> Attempt | None:
    """What an event of `EVENTS` tells of; None if it is about no file that has a name."""
    if event == "open":
        return _opened(*arguments)
    if event in _LISTINGS:
        return _read(arguments[0])
    if event in MOVES:
        return _move(event, arguments)
    if event == _NEW_SOCKET:
        return Attempt("sockets" if arguments[1] == _NAMED_FAMILY else "network", "")
    if event in NETWORK:
        return _reached(event, arguments)
    return (
        Attempt("signals", "") if event in _OF_OTHERS else Attempt("processes", program(arguments))
    )


def _opened(path: Any, _mode: object, flags: int) -> Attempt | None:
    if isinstance(path, int):
        return None
    attempt = _read(path)
    return attempt._replace(right="write") if attempt and flags & CHANGES else attempt


def _read(path: Any) -> Attempt | None:
    name = absolute(path)
    return None if name is None else Attempt("read", name)


def _move(event: str, arguments: tuple[Any, ...]) -> Attempt | None:
    """An error names a path as it was given, whatever folder it is relative to."""
    path = arguments[1] if event in _LINKS else arguments[0]
    place = _FOLDERS.get(event, len(arguments))
    folder = arguments[place] if place < len(arguments) else -1
    name = absolute(path, folder)
    right = _BEYOND_WRITING.get(event, "write")
    if name is None:
        return None
    # A folder is told apart by a slash: a name says nothing, and what it is to be is not there yet.
    what = f"{name}/" if event == _NEW_FOLDER else name
    return Attempt(right, what, absolute(path) or "")


def _reached(event: str, arguments: tuple[Any, ...]) -> Attempt:
    """Whom a socket is to reach; of a name that is looked up, the port as well."""
    whom = address(event, arguments)
    if not event.startswith("socket.get") and isinstance(arguments[1], str | bytes):
        return Attempt("sockets", whom)
    port = arguments[1] if event == "socket.getaddrinfo" else None
    return Attempt("network", f"{whom}:{port}" if type(port) in {int, str} and port else whom)

"""Files that were refused, but that no audit event told of: libraries in C open them themselves.

What such an error says is in its words at best. Whether it was a refusal is asked of the system.
"""

import errno
import os
import urllib.parse
from typing import Any

from . import exceptions
from .writes import absolute

REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.EROFS})
# SQLITE_PERM, SQLITE_READONLY and SQLITE_CANTOPEN, of which each has finer ones above its low byte.
_REFUSED_DATABASE = frozenset({3, 8, 14})
_LOW_BYTE = 0xFF
_WITHOUT_WAITING = os.O_NONBLOCK | os.O_CLOEXEC if os.name == "posix" else 0
_NAMELESS = getattr(os, "O_TMPFILE", 0)


def database(name: Any) -> str | None:
    """The file of a database, as it is named to `sqlite3.connect`; None if it is in memory."""
    text = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else ""
    path = urllib.parse.unquote(text.removeprefix("file:").partition("?")[0])
    return None if path in {"", ":memory:"} else absolute(path)


def is_of_database(error: BaseException) -> bool:
    """Whether SQLite could not open, or not change, a file; it never says which."""
    code = exceptions.own(error).get("sqlite_errorcode")
    return type(code) is int and code & _LOW_BYTE in _REFUSED_DATABASE


def quoted(error: BaseException) -> str | None:
    """The path that the words of an error quote; only a whole one is one for sure."""
    for text in exceptions.arguments(error):
        if type(text) is str:
            for part in text.replace('"', "'").split("'")[1::2]:
                if os.path.isabs(part):
                    return part
    return None


def right_to(path: str) -> str | None:
    """What the system refuses of a file: to `read` or to `write` it; None if it grants both."""
    if _refuses(path, os.O_RDONLY):
        return "read"
    if os.path.lexists(path):
        return "write" if _refuses(path, os.O_RDWR) else None
    return "write" if _NAMELESS and _refuses(os.path.dirname(path), _NAMELESS | os.O_RDWR) else None


def _refuses(path: str, flags: Any) -> bool:
    try:
        os.close(os.open(path, flags | _WITHOUT_WAITING))
    except OSError as error:
        return error.errno in REFUSED
    return False

"""Files that were refused, but that no audit event told of: libraries in C open them themselves.

What such an error says is in its words at best. Whether it was a refusal is asked of the system.
"""

import errno
import inspect
import opcode
import os
import pathlib
import re
import types
import urllib.parse
from collections.abc import Iterator
from typing import Any

from . import exceptions
from .writes import absolute

REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.EROFS})
# SQLITE_PERM, SQLITE_READONLY and SQLITE_CANTOPEN, of which each has finer ones above its low byte.
_REFUSED_DATABASE = frozenset({3, 8, 14})
_LOW_BYTE = 0xFF
_WITHOUT_WAITING = os.O_NONBLOCK | os.O_CLOEXEC if os.name == "posix" else 0
_NAMELESS = getattr(os, "O_TMPFILE", 0)
_WORDS = {number: os.strerror(number) for number in (*REFUSED, errno.ENOENT)}
_PATHS = frozenset({pathlib.PosixPath, pathlib.PurePosixPath})
_OF_SHARED = ("multiprocessing/synchronize.py", "multiprocessing/shared_memory.py")
_MOST_FRAMES = 4
# What names a file relative to the plan's folder: in quotes, a word will do.
_WORD = re.compile(r"(?!-)[\w.-]+(?:/[\w.-]+)*/?")
_NAME = re.compile(r"(?:[\w.-]+/)*[\w-][\w .-]*\.[A-Za-z]\w{0,9}")
_RAISE = bytes([opcode.opmap["RAISE_VARARGS"]])


def database(name: Any) -> str | None:
    """The file of a database, as it is named to `sqlite3.connect`; None if it is in memory."""
    text = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else ""
    path = urllib.parse.unquote(text.removeprefix("file:").partition("?")[0])
    return None if path in {"", ":memory:"} else absolute(path)


def is_of_database(error: BaseException) -> bool:
    """Whether SQLite could not open, or not change, a file; it never says which."""
    code = exceptions.own(error).get("sqlite_errorcode")
    return type(code) is int and code & _LOW_BYTE in _REFUSED_DATABASE


def number_of(error: BaseException) -> int | None:
    """The number of a refusal that an error tells of in words only; None if it does not."""
    texts = [text for text in exceptions.arguments(error) if type(text) is str]
    said = (number for number, words in _WORDS.items() if any(words in text for text in texts))
    return next(said, None)


def is_of_shared(error: BaseException) -> bool:
    """Whether it is about what processes share by a name, such as a lock; none says so itself."""
    trace, name = exceptions.traceback(error), ""
    while trace:
        name, trace = trace.tb_frame.f_code.co_filename, trace.tb_next
    return name.endswith(_OF_SHARED)


def quoted(error: BaseException) -> Iterator[str]:
    """The paths that the words of an error quote, begin with or end in; whole ones come first."""
    texts = [text for text in exceptions.arguments(error) if type(text) is str]
    quotes = [part for text in texts for part in text.replace('"', "'").split("'")[1::2]]
    ends = [part for text in texts for part in (text.partition(": ")[0], text.rpartition(": ")[2])]
    yield from filter(os.path.isabs, (*quotes, *ends))
    names = [part for part in quotes if _WORD.fullmatch(part)]
    names += filter(_NAME.fullmatch, (*quotes, *ends))
    yield from (path for name in names if (path := absolute(name)))


def at_hand(error: BaseException) -> Iterator[str]:
    """The paths that were at hand where a call into C raised an error that names none.

    Those of the function that called come first, then those of its callers. A mere name counts if
    it has an ending, as that of a file has.
    """
    frames: list[types.FrameType] = []
    trace, last = exceptions.traceback(error), None
    while trace:
        frames.append(trace.tb_frame)
        trace, last = trace.tb_next, trace
    if last is None or _raises(last):
        return
    for frame in frames[: -_MOST_FRAMES - 1 : -1]:
        yield from (path for each in _values(frame) if (path := _whole_path(each)))


def _raises(trace: types.TracebackType) -> bool:
    """Whether what was done there is to raise something; of native code nobody knows."""
    return trace.tb_frame.f_code.co_code[trace.tb_lasti :][:1] == _RAISE


def _values(frame: types.FrameType) -> Iterator[Any]:
    """What a function has in variables, and what is written in it."""
    code = frame.f_code
    if code.co_flags & inspect.CO_OPTIMIZED:  # Elsewhere variables can be of the plan's making.
        yield from frame.f_locals.values()
    yield from code.co_consts


def _whole_path(value: Any) -> str | None:
    if type(value) in _PATHS:
        value = os.fspath(value)
    if type(value) is bytes:
        value = os.fsdecode(value)
    if type(value) is str and _NAME.fullmatch(value):
        return absolute(value)
    # Right below the root there are names of shared memory, which look like paths.
    return value if type(value) is str and value.rfind("/") > 0 == value.find("/") else None


def is_writable(path: str) -> bool:
    """Whether the system lets a file be written, or files be made in a folder."""
    flags = _NAMELESS if os.path.isdir(path) else 0
    return bool(_NAMELESS) and not _refuses(path, flags | os.O_RDWR)


def right_to(path: str) -> str | None:
    """What the system refuses of a file: to `read` or to `write` it; None if it grants both."""
    if _refuses(path, os.O_RDONLY):
        return "read"
    if os.path.lexists(path):
        return "write" if _refuses(path, os.O_RDWR) else None
    return "write" if _NAMELESS and not is_writable(os.path.dirname(path)) else None


def _refuses(path: str, flags: Any) -> bool:
    try:
        os.close(os.open(path, flags | _WITHOUT_WAITING))
    except OSError as error:
        return error.errno in REFUSED
    return False

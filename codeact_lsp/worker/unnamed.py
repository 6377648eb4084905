"""Files that were refused, but that no audit event told of: libraries in C open them themselves.

What such an error says is in its words at best. Whether it was a refusal is asked of the system.
"""

import dis
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
from .words import NAME, REFUSED
from .writes import absolute

# SQLITE_PERM, SQLITE_READONLY and SQLITE_CANTOPEN, of which each has finer ones above its low byte.
_REFUSED_DATABASE = frozenset({3, 8, 14})
_LOW_BYTE = 0xFF
_WITHOUT_WAITING = os.O_NONBLOCK | os.O_CLOEXEC if os.name == "posix" else 0
_NAMELESS = getattr(os, "O_TMPFILE", 0)
_PATHS = frozenset({pathlib.PosixPath, pathlib.PurePosixPath})
_OF_SHARED = ("multiprocessing/synchronize.py", "multiprocessing/shared_memory.py")
_MOST_FRAMES = 4
_MOST_INSTRUCTIONS = 20
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


def is_of_shared(error: BaseException) -> bool:
    """Whether it is about what processes share by a name, such as a lock; none says so itself."""
    trace, name = exceptions.traceback(error), ""
    while trace:
        name, trace = trace.tb_frame.f_code.co_filename, trace.tb_next
    return name.endswith(_OF_SHARED)


def at_hand(error: BaseException) -> Iterator[str]:
    """The paths that were at hand where a call into C raised an error that names none.

    Those of the function that called come first, and of these the ones that it took up last before
    the call; then those of its callers. A mere name counts if it has an ending, as a file's has.
    """
    if is_raised(error):
        return
    steps: list[types.TracebackType] = []
    trace = exceptions.traceback(error)
    while trace:
        if not _is_native(trace.tb_frame.f_code):
            steps.append(trace)
        trace = trace.tb_next
    for step in steps[: -_MOST_FRAMES - 1 : -1]:
        yield from (path for each in _values(step) if (path := _whole_path(each)))


def is_raised(error: BaseException) -> bool:
    """Whether Python code raised it, or it came from nowhere; of native code nobody knows."""
    trace, last = exceptions.traceback(error), None
    while trace:
        trace, last = trace.tb_next, trace
    return last is None or last.tb_frame.f_code.co_code[last.tb_lasti :][:1] == _RAISE


def _is_native(code: types.CodeType) -> bool:
    """Whether it only stands for a function of an extension module, as code of Cython does."""
    return not (code.co_consts or code.co_names or code.co_varnames)


def _values(step: types.TracebackType) -> Iterator[Any]:
    """What a function has in variables, and what is written in it."""
    code = step.tb_frame.f_code
    # Elsewhere variables can be of the plan's making.
    variables = step.tb_frame.f_locals if code.co_flags & inspect.CO_OPTIMIZED else {}
    before = [each for each in dis.get_instructions(code) if each.offset < step.tb_lasti]
    for instruction in before[: -_MOST_INSTRUCTIONS - 1 : -1]:
        if instruction.opname == "LOAD_CONST":
            yield instruction.argval
        elif instruction.opname.startswith("LOAD_FAST"):
            names = instruction.argval  # From Python 3.13 on, two can be taken up at once.
            yield from map(variables.get, [names] if type(names) is str else names)
    yield from variables.values()
    yield from code.co_consts


def _whole_path(value: Any) -> str | None:
    if type(value) in _PATHS:
        value = os.fspath(value)
    if type(value) is bytes:
        value = os.fsdecode(value)
    if type(value) is str and re.fullmatch(NAME, value):
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
    if os.path.lexists(path) and not os.path.isdir(path):
        return "write" if _refuses(path, os.O_RDWR) else None
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    return "write" if _NAMELESS and not is_writable(folder) else None


def _refuses(path: str, flags: Any) -> bool:
    try:
        os.close(os.open(path, flags | _WITHOUT_WAITING))
    except OSError as error:
        return error.errno in REFUSED
    return False

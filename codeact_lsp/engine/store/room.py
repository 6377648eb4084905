"""How much room there is where results are kept, and the way out if there is none."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

from codeact_lsp.engine.sizes import said_size

SCARCE = 100 * 10**6
"""With less room than this, in bytes, values may not fit soon."""
_FULL = 10**6
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
# SQLite tells of a full disk in each of these ways, by what it was about to write.
_SHORT = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})


def room(folder: Path) -> int:
    """The bytes that are free on the disk of a folder, which need not be there yet."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return 0


def is_shortage(error: Exception, folder: Path) -> bool:
    """Whether something failed since the disk of a folder is full."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return (code in _SHORT or code == sqlite3.SQLITE_READONLY) and room(folder) < _FULL


def shortage(folder: Path) -> str:
    """That the disk is too full, how much the results take of it, and the way out."""
    free = room(folder)
    state = "is full" if free < _FULL else "has too little room"
    return (
        f"The disk of {folder} {state}: {said_size(free)} are free, and the results there "
        f"take {said_size(_taken(folder))}. Make room on it, remove them with 'codeact cache "
        "clear', let them take less (CODEACT_CACHE_SIZE, in an editor 'cache.maxSize'), or name "
        "another folder in CODEACT_CACHE_DIR."
    )


def unusable(folder: Path, error: Exception) -> str:
    """That results cannot be kept in a folder, to go on with, and the way out."""
    if is_shortage(error, folder):
        return shortage(folder)
    return (
        f"the folder of results {folder} cannot be used: {error}. Make it writable, "
        "delete it to begin anew, or name another one in CODEACT_CACHE_DIR."
    )


def _taken(folder: Path) -> int:
    """The bytes that all files in a folder take on the disk."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(parent, name).lstat().st_blocks * 512
            except OSError:  # It has gone since.
                continue
    return total

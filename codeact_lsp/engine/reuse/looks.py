"""What files, folders and variables look like now, in few words that can be kept."""

import hashlib
import os
import stat
import zlib
from functools import lru_cache
from pathlib import Path

from codeact_lsp.sandbox import launch

# A file changed within the same tick of its clock looks unchanged; below this age, look inside.
RACY_SECONDS = 2.0
SEALED = "seal "
"""What the digest of a file begins with whose content was not read."""
# They differ between two terminals, and between a terminal and an editor.
_VOLATILE = frozenset({"COLUMNS", "LINES", "OLDPWD", "PWD", "SHLVL", "TERM", "WINDOWID", "_"})
_VOLATILE_PREFIXES = ("SSH_", "TERM_", "VSCODE_", "XDG_SESSION_")
WHOLE = "*"
"""Stands for all variables of the environment."""


def look(path: str, what: str) -> tuple[int, ...] | None:
    """What `what` asks of a path, in the numbers of the worker that asked the same."""
    if what == "target":
        return _target(path)
    try:
        status = Path(path).stat(follow_symlinks=not what.startswith("link "))
    except (OSError, ValueError):  # Not there, or no path at all.
        return None
    return _numbers(status, what.removeprefix("link "))


def _numbers(status: os.stat_result, detail: str) -> tuple[int, ...]:
    match detail:
        case "kind":
            return (stat.S_IFMT(status.st_mode),)
        case "mode":
            return (status.st_mode,)
        case "size":
            return stat.S_IFMT(status.st_mode), status.st_size
        case "status":
            return status.st_mode, status.st_size, status.st_mtime_ns
        case _:
            return status.st_size, status.st_mtime_ns


def _target(path: str) -> tuple[int, ...] | None:
    try:
        target = os.fsencode(Path(path).readlink())
    except (OSError, ValueError):
        return None
    return len(target), zlib.crc32(target)


def content(path: Path, most: int, now: float) -> str:
    """A digest of what a file holds, or of the names in a folder and of what they are.

    A larger file is sealed instead. That needs its clock to have ticked since it was written; until
    then nothing would tell another one apart, and the digest is empty.

    Raises:
        OSError: It is neither, or cannot be read.
    """
    if path.is_dir():
        return _listing(path)
    if not path.is_file():
        raise FileNotFoundError(path)
    status = path.stat()
    if status.st_size <= most:
        with path.open("rb") as file:
            return hashlib.file_digest(file, _hasher).hexdigest()
    settled = now - status.st_ctime > RACY_SECONDS
    return seal(path) if settled else ""


def _listing(path: Path) -> str:
    with os.scandir(path) as entries:
        names = sorted(f"{entry.name}/{_kind(entry)}" for entry in entries)
    return _hasher("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def _kind(entry: "os.DirEntry[str]") -> str:
    if entry.is_symlink():
        return "link"
    return "folder" if entry.is_dir() else "file"


def seal(path: Path) -> str:
    """The marks of a file in place of a digest; empty if it is not there."""
    try:
        return SEALED + " ".join(map(str, marks(path)))
    except OSError:
        return ""


def marks(path: Path) -> tuple[int, ...]:
    """What no program can leave as it was when it changes a file or puts another in its place.

    The last, the time at which the file's state changed, cannot be set.

    Raises:
        OSError: There is no such file.
    """
    status = path.stat()
    times = status.st_mtime_ns, status.st_ctime_ns
    return status.st_dev, status.st_ino, status.st_size, *times


def variable(name: str) -> str:
    """A digest of a variable's value, of all variables, or empty if it is not set."""
    if name != WHOLE:
        value = launch.variable(name)
        return "" if value is None else _digest(value)
    kept = {
        name: value
        for name, value in launch.environment().items()
        if name not in _VOLATILE and not name.startswith(_VOLATILE_PREFIXES)
    }
    return _digest("\0".join(f"{name}={value}" for name, value in sorted(kept.items())))


@lru_cache(maxsize=256)
def _digest(text: str) -> str:
    return _hasher(text.encode("utf-8", "surrogateescape")).hexdigest()


def _hasher(data: bytes = b"") -> "hashlib.blake2b":
    return hashlib.blake2b(data, digest_size=32)

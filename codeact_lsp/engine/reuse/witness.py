"""What a node was observed to look at: its result holds as long as all of that is as it was."""

import hashlib
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from codeact_lsp.engine.outcomes.outcome import Read
from codeact_lsp.sandbox import launch

# A file changed within the same tick of its clock looks unchanged; below this age, look inside.
_RACY_SECONDS = 2.0
# Larger files, and what comes after so much of smaller ones, are known by their seal alone.
MOST_HASHED = 64_000_000
_MOST_HASHED_IN_ALL = 256_000_000
_SEAL = "seal "
# They differ between two terminals, and between a terminal and an editor.
_VOLATILE = frozenset({"COLUMNS", "LINES", "OLDPWD", "PWD", "SHLVL", "TERM", "WINDOWID", "_"})
_VOLATILE_PREFIXES = ("SSH_", "TERM_", "VSCODE_", "XDG_SESSION_")
WHOLE = "*"
"""Stands for all variables of the environment."""
TIME_ZONE = Read("TZ", what="variable")
"""What local time depends on. It is native code that looks at it, so every node may have."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What something looked like when the node looked at it; the fields are those of `Read`.

    Attributes:
        digest: Of the content of a file, of the names in a folder, of the value of a variable.
        marks: What a file that was read cannot keep when it is changed; see `_marks`.
    """

    path: str
    what: str
    state: tuple[int, ...] | None
    digest: str = ""
    marks: tuple[int, ...] = ()

    def named(self, plan: str) -> str:
        """What has changed if it does not hold any more, in words.

        Args:
            plan: The path of the plan.
        """
        if self.what != "variable":
            return said_path(self.path, plan)
        return "the environment" if self.path == WHOLE else f"the variable {self.path}"


def said_path(path: str, plan: str) -> str:
    """A path, as short as it can be told from all others: many files are called `__init__.py`.

    Args:
        path: The path of what was looked at.
        plan: The path of the plan: what lies in its folder is named from there on.
    """
    folder, whole = Path(plan).parent, Path(path)
    if whole != folder and whole.is_relative_to(folder):
        return str(whole.relative_to(folder))
    _, installed, inside = path.rpartition("/site-packages/")
    return inside if installed and inside else path


def observe_all(
    reads: Iterable[Read],
    most: int = _MOST_HASHED_IN_ALL,
    clock: Callable[[], float] = time.time,
) -> tuple[Witness, ...] | Read:
    """All that was looked at, or the first thing of it that is not as it was any more.

    A variable is what the process started with, whatever the node's code made of it.

    Args:
        reads: What was looked at.
        most: How many bytes of files are hashed.
        clock: The time in seconds since the epoch.
    """
    left = most
    witnesses: list[Witness] = []
    for read in reads:
        witness = observe(read, min(left, MOST_HASHED), clock)
        if witness is None:
            return read
        witnesses.append(witness)
        if read.what == "content" and read.state and not witness.digest.startswith(_SEAL):
            left -= min(read.state[0], left)
    return tuple(witnesses)


def observe(
    read: Read, most: int = MOST_HASHED, clock: Callable[[], float] = time.time
) -> Witness | None:
    """One thing as it was looked at; None if it is not that any more.

    Args:
        read: What was looked at.
        most: How large a file may be to be hashed, in bytes.
        clock: The time in seconds since the epoch.
    """
    if read.what == "variable":
        return Witness(read.path, read.what, None, _value(read.path))
    if _look(read.path, read.what) != read.state:
        return None
    if read.what != "content" or read.state is None:
        return Witness(read.path, read.what, read.state)
    try:
        marks = _marks(Path(read.path))  # First: what changes while it is read shows in them later.
        digest = _content(Path(read.path), most, clock())
    except OSError:
        return None
    return Witness(read.path, read.what, read.state, digest, marks) if digest else None


def holds(witness: Witness, made: float) -> bool:
    """Whether it still looks as it did.

    Args:
        witness: What was looked at.
        made: When the result was stored, in seconds since the epoch.
    """
    if witness.what == "variable":
        return _value(witness.path) == witness.digest
    current, before = _look(witness.path, witness.what), witness.state
    if witness.what != "content" or current is None or before is None:
        return current == before
    if witness.digest.startswith(_SEAL):
        return _seal(Path(witness.path)) == witness.digest
    return _is_untouched(witness, made) or _has_content(witness, current[0])


def _is_untouched(witness: Witness, made: float) -> bool:
    """Whether there is no need to look inside: a change since then would have had another time."""
    if not witness.marks or made - witness.marks[-1] / 1e9 <= _RACY_SECONDS:
        return False
    try:
        return _marks(Path(witness.path)) == witness.marks
    except OSError:
        return False


def _has_content(witness: Witness, size: int) -> bool:
    path = Path(witness.path)
    if witness.state and size != witness.state[0] and not path.is_dir():
        return False
    try:
        return _content(path, size, time.time()) == witness.digest
    except OSError:
        return False


def _look(path: str, what: str) -> tuple[int, ...] | None:
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


def _content(path: Path, most: int, now: float) -> str:
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
    settled = now - status.st_ctime > _RACY_SECONDS
    return _seal(path) if settled else ""


def _listing(path: Path) -> str:
    with os.scandir(path) as entries:
        names = sorted(f"{entry.name}/{_kind(entry)}" for entry in entries)
    return _hasher("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def _kind(entry: "os.DirEntry[str]") -> str:
    if entry.is_symlink():
        return "link"
    return "folder" if entry.is_dir() else "file"


def _seal(path: Path) -> str:
    """The marks of a file in place of a digest; empty if it is not there."""
    try:
        return _SEAL + " ".join(map(str, _marks(path)))
    except OSError:
        return ""


def _marks(path: Path) -> tuple[int, ...]:
    """What no program can leave as it was when it changes a file or puts another in its place.

    The last, the time at which the file's state changed, cannot be set.

    Raises:
        OSError: There is no such file.
    """
    status = path.stat()
    times = status.st_mtime_ns, status.st_ctime_ns
    return status.st_dev, status.st_ino, status.st_size, *times


def _value(name: str) -> str:
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

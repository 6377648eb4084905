"""Which files the paths are that were granted: no link is followed to them, at no point of the way.

A node that may write a folder can move others to where a path of the next node leads, and with them
a link that lay in one of them. So what a path is for is settled once, and only that is opened.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from codeact_lsp.sandbox.levels import Policy

Mark = tuple[int, ...]
"""What tells files of a machine apart: a device and a number on it; empty if there is no file."""
Marks = tuple[tuple[Path, Mark], ...]

# A handle that gives no rights; systems without them confine nothing yet.
_HANDLE = sum(getattr(os, name, 0) for name in ("O_PATH", "O_NOFOLLOW", "O_CLOEXEC"))
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class LinkError(OSError):
    """There is a link on the way to what was granted."""


def marks(policy: Policy) -> Marks:
    """What the paths that were granted lead to.

    Raises:
        LinkError: One of them leads through a link.
    """
    paths, doubles = dict.fromkeys((*policy.read, *policy.write)), dict(policy.doubles)
    return tuple((path, _mark(doubles.get(path, path))) for path in paths)


def _mark(path: Path) -> Mark:
    try:
        with _handle(path) as handle:
            status = os.fstat(handle)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return ()
    return status.st_dev, status.st_ino


def make(path: Path, *, is_folder: bool) -> None:
    """Make a folder, or an empty file, and the folders that lead there; what is there stays.

    Raises:
        LinkError: It would lead through a link.
        OSError: It cannot be made.
    """
    with _handle(path if is_folder else path.parent, make=True) as folder:
        if not is_folder:
            os.close(os.open(path.name, _NEW_FILE, 0o666, dir_fd=folder))


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A handle of what was granted, which gives no rights by itself.

    Raises:
        LinkError: It leads through a link.
        OSError: There is nothing.
    """
    with _handle(path) as handle:
        yield handle


@contextmanager
def _handle(path: Path, *, make: bool = False) -> Iterator[int]:
    """What is at the end of a path; with `make`, folders are made that are not there."""
    handle = os.open(path.anchor, _HANDLE)
    try:
        for step in (*reversed(path.parents), path)[1:]:
            entry = _entry(step.name, handle, make=make)
            os.close(handle)
            handle = entry
            if stat.S_ISLNK(os.fstat(handle).st_mode):
                raise LinkError(f"{step} is a link by now, and what it leads to was not granted")
        yield handle
    finally:
        os.close(handle)


def _entry(name: str, folder: int, *, make: bool) -> int:
    try:
        return os.open(name, _HANDLE, dir_fd=folder)
    except FileNotFoundError:
        if not make:
            raise
    with suppress(FileExistsError):  # Somebody else was quicker.
        os.mkdir(name, dir_fd=folder)
    return os.open(name, _HANDLE, dir_fd=folder)

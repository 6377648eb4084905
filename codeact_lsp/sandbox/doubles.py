"""Copies of what nodes may write, which can lie in its place: what is only tried changes those."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from codeact_lsp.sandbox.launch import remove_scratch
from codeact_lsp.sandbox.marks import opened
from codeact_lsp.sandbox.runtime import outermost

MOST_BYTES = 64 * 1024**2
"""As much as is copied; it takes some 50 ms."""
MOST_ENTRIES = 2_000
# A folder is open while what lies in it is copied.
_MOST_DEEP = 64
_PATIENCE_SECONDS = 10.0
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
# Who opens a pipe to read would wait for somebody to write.
_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


_TOO_MUCH = "there is more than is copied"


class TooMuchError(OSError):
    """There is more than is copied."""


class Doubles:
    """Copies of files and folders, in a folder of their own that nobody else sees.

    They stay the same files and folders however often they are made anew: they may be mounted.

    Args:
        paths: What they are copies of; it is there. Of what lies in another one of them there is
            the copy in the copy.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = outermost(paths)
        self._folder = Path(tempfile.mkdtemp(prefix="codeact-")).resolve()

    def of(self, path: Path) -> Path:
        """The copy of one of the paths, or of what lies in one."""
        number, outer = next(
            (number, each) for number, each in enumerate(self._paths) if path.is_relative_to(each)
        )
        return self._folder / str(number) / path.relative_to(outer)

    def renew(self) -> None:
        """Make them as what they are copies of is now, whatever became of them.

        Raises:
            TooMuchError: That is more than is copied.
            OSError: Something cannot be copied.
        """
        room = _Room()
        for path in self._paths:
            with opened(path) as handle:
                _copy(handle, self.of(path), room)

    def remove(self) -> None:
        """Remove them all."""
        remove_scratch(self._folder, _PATIENCE_SECONDS)


class _Room:
    """What is left of what may be copied."""

    def __init__(self) -> None:
        self._bytes, self._entries = MOST_BYTES, MOST_ENTRIES

    def take(self, size: int) -> None:
        """Note one more entry of a folder, or the bytes of a file.

        Raises:
            TooMuchError: It does not fit.
        """
        self._bytes -= size
        self._entries -= 1
        if self._bytes < 0 or self._entries < 0:
            raise TooMuchError(errno.EFBIG, _TOO_MUCH)


def _copy(handle: int, to: Path, room: _Room) -> None:
    """Copy what a handle is of; through it, whatever is put in its place meanwhile."""
    if stat.S_ISDIR(os.fstat(handle).st_mode):
        _emptied(to)
        with _descriptor(".", _FOLDER, handle) as folder:
            _copy_folder(folder, to, room)
    else:
        # The handle itself gives no rights; the kernel's name of what it is of does.
        with _descriptor(f"/proc/self/fd/{handle}", os.O_RDONLY | os.O_NONBLOCK) as file:
            _copy_file(file, to, room)


def _emptied(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    for entry in folder.iterdir():
        with suppress(OSError, RecursionError):
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
        if os.path.lexists(entry):
            remove_scratch(entry, _PATIENCE_SECONDS)


def _copy_folder(folder: int, to: Path, room: _Room, depth: int = 0) -> None:
    """Copy what is in a folder: files, folders and links; there is no copy of anything else.

    No link is followed, even one that a node puts there meanwhile.
    """
    if depth > _MOST_DEEP:
        raise TooMuchError(errno.EFBIG, _TOO_MUCH)
    for name in os.listdir(folder):
        mode, copy = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode, to / name
        room.take(0)
        if stat.S_ISDIR(mode):
            copy.mkdir()
            with _descriptor(name, _FOLDER, folder) as inner:
                _copy_folder(inner, copy, room, depth + 1)
        elif stat.S_ISLNK(mode):
            copy.symlink_to(os.readlink(name, dir_fd=folder))
        elif stat.S_ISREG(mode):
            with _descriptor(name, _FILE, folder) as file:
                _copy_file(file, copy, room)


def _copy_file(file: int, to: Path, room: _Room) -> None:
    """Copy a file with its mode and times, into the file that there is of it."""
    status = os.fstat(file)
    room.take(status.st_size)
    if to.exists():
        to.chmod(0o600)
    # No more of it than was counted, however fast it grows.
    with os.fdopen(os.dup(file), "rb") as source:
        to.write_bytes(source.read(status.st_size))
    to.chmod(stat.S_IMODE(status.st_mode) & 0o777)
    os.utime(to, ns=(status.st_atime_ns, status.st_mtime_ns))


@contextmanager
def _descriptor(name: str, flags: int, folder: int | None = None) -> Iterator[int]:
    descriptor = os.open(name, flags | getattr(os, "O_CLOEXEC", 0), dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)

"""Values as files under the digest of their content.

A file is believed to hold what its name says as long as its seal (size, times, inode) is the one
that it had when this process digested its content; else it is digested again.
"""

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from codeact_lsp.engine.values import Blob

_CHUNK = 1 << 20
_MOST_TRUSTED = 100_000
_MODE = 0o400


class DamagedError(OSError):
    """A stored value is not what it was."""


class DiscardedError(Exception):
    """A draft was discarded while it was being filed."""


class Draft:
    """A value that is being written: a descriptor to write to, and its file until it is kept."""

    def __init__(self, folder: Path, token: str = "") -> None:
        try:
            self.descriptor, name = tempfile.mkstemp(prefix=f"{token}-", dir=folder)
        except FileNotFoundError:  # It may be deleted at any time.
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.descriptor, name = tempfile.mkstemp(prefix=f"{token}-", dir=folder)
        self.path = Path(name)
        self.discarded = threading.Event()
        self._kept = False

    def discard(self) -> None:
        """Close the descriptor and remove the file, if it was not kept."""
        self.discarded.set()
        os.close(self.descriptor)
        if not self._kept:
            self.path.unlink(missing_ok=True)

    def replace(self, target: Path) -> None:
        """Make its file the one at `target`.

        Raises:
            OSError: It cannot be put there.
        """
        try:
            self.path.replace(target)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            _make_way(target)
            self.path.replace(target)
        self._kept = True

    def digested(self) -> Blob:
        """What it holds.

        Raises:
            DiscardedError: It was discarded meanwhile.
        """
        descriptor = _opened(self.path)
        try:
            return Blob(_digest(descriptor, self.discarded), os.fstat(descriptor).st_size)
        finally:
            os.close(descriptor)


class Blobs:
    """The files, and which of them this process trusts."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True, mode=0o700)
        self._folder = folder
        self._prefix = f"{folder}/"
        self._trusted: dict[str, str] = {}

    def take(self, draft: Draft, blob: Blob) -> None:
        """Make a draft the file of its blob, unless there is one that certainly holds the same."""
        if not self.trusts(blob):
            target = self.path(blob.digest)
            draft.path.chmod(_MODE)
            draft.replace(target)
            self._trust(blob.digest, _seal(target.stat()))

    def open(self, blob: Blob) -> int:
        """A read-only descriptor of what certainly is the value.

        Raises:
            OSError: The value is not there any more, or damaged.
        """
        descriptor = _opened(self.path(blob.digest))
        with contextlib.suppress(OSError):  # What cannot be read is damaged, too.
            if self._holds(descriptor, blob):
                return descriptor
        os.close(descriptor)
        raise DamagedError("a stored value is damaged; run once more to make it anew")

    def trusts(self, blob: Blob) -> bool:
        """Whether opening a value takes no time."""
        seal = self.seal(blob)
        return seal is not None and self._trusted.get(blob.digest) == seal

    def trusted_seal(self, blob: Blob) -> str:
        """The seal that its file had when this process digested it; empty if it never did."""
        return self._trusted.get(blob.digest, "")

    def holds(self, blob: Blob) -> bool:
        """Whether the file certainly holds the value; it is digested if need be."""
        try:
            os.close(self.open(blob))
        except OSError:
            return False
        return True

    def seal(self, blob: Blob) -> str | None:
        """What tells whether the file was written to; None if there is no such file."""
        digest = blob.digest
        try:
            # A `Path` costs twice as much as the question, and every node of a run is asked for.
            status = os.stat(f"{self._prefix}{digest[:2]}/{digest[2:]}")  # noqa: PTH116
        except OSError:
            return None
        return _seal(status) if stat.S_ISREG(status.st_mode) else None

    def remove(self, digest: str) -> None:
        """Remove a file, if it is there and can be removed."""
        self._trusted.pop(digest, None)
        with contextlib.suppress(OSError):
            self.path(digest).unlink()

    def all(self) -> Iterator[tuple[str, Path]]:
        """The digests that files stand for, and the files."""
        for path in self._folder.glob("??/*"):
            yield path.parent.name + path.name, path

    def path(self, digest: str) -> Path:
        """Where the file of a digest is."""
        return self._folder / digest[:2] / digest[2:]

    def _holds(self, descriptor: int, blob: Blob) -> bool:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size != blob.size:
            return False
        seal = _seal(status)
        if self._trusted.get(blob.digest) == seal:
            return True
        if _digest(descriptor, threading.Event()) != blob.digest:
            return False
        self._trust(blob.digest, seal)
        return True

    def _trust(self, digest: str, seal: str) -> None:
        if len(self._trusted) >= _MOST_TRUSTED:
            self._trusted.clear()
        self._trusted[digest] = seal


def _make_way(target: Path) -> None:
    """Make the folder of a file, and remove what stands in the place of either.

    Raises:
        OSError: It cannot be removed.
    """
    folder = target.parent
    if not folder.is_dir():
        folder.unlink(missing_ok=True)
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)


def _opened(path: Path) -> int:
    """A read-only descriptor of a file of ours, whatever a node has made of its mode.

    A node that has a descriptor of it can take away everybody's right to read it by
    `/proc/self/fd`, confined or not.

    Raises:
        OSError: It is not there, or is not ours.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # A pipe in its place must not block us.
    try:
        return os.open(path, flags)
    except PermissionError:
        path.chmod(_MODE)
        return os.open(path, flags)


def _seal(status: os.stat_result) -> str:
    # Whoever writes to a file, or puts another one in its place, changes one of these: the time of
    # the last change of its state cannot be set.
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _digest(descriptor: int, stop: threading.Event) -> str:
    """The digest of a file, from its start on, whatever the descriptor's position is.

    Raises:
        DiscardedError: `stop` was set.
    """
    digest, offset = hashlib.sha256(), 0
    while data := os.pread(descriptor, _CHUNK, offset):
        if stop.is_set():
            raise DiscardedError
        digest.update(data)
        offset += len(data)
    return digest.hexdigest()

"""Who uses the store now, and since when: told by files that live processes hold locked.

The kernel ends a lock with its process, however that ends, so nothing has to expire.
"""

import contextlib
import fcntl
import os
import secrets
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from codeact_lsp.engine.store.room import is_shortage

_WIDTH = 20
NEVER = 2**63 - 1


class Presence:
    """This process, as other processes see it."""

    def __init__(self, folder: Path) -> None:
        """Show up in a folder, if it has room for that; else with the first `need`.

        Raises:
            OSError: The folder cannot be used, or knows no locks.
        """
        self.token = secrets.token_hex(8)
        self._path = folder / self.token
        self._needs: list[int] = []
        self._lock = threading.Lock()  # What is told last has to be what holds.
        try:
            self._descriptor = _locked(self._path)
        except OSError as error:
            if not is_shortage(error, folder):
                raise
            self._descriptor = -1

    @property
    def needs_anything(self) -> bool:
        """Whether a run of this process is under way."""
        return bool(self._needs)

    def need(self, stamp: int) -> None:
        """Keep others from removing what is used at `stamp` or later.

        Raises:
            OSError: The folder cannot be written to, and nobody is kept from anything.
        """
        with self._lock:
            if not self._path.exists():  # The folder may be deleted at any time.
                self._close()
                self._descriptor = _locked(self._path)
            self._tell([*self._needs, stamp])
            self._needs.append(stamp)

    def need_no_more(self, stamp: int) -> None:
        """Take back one `need`."""
        with self._lock:
            self._needs.remove(stamp)
            if self._descriptor >= 0:
                self._tell(self._needs)

    def close(self) -> None:
        """Leave."""
        if self._descriptor >= 0:
            self._path.unlink(missing_ok=True)
            self._close()

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _tell(self, needs: Iterable[int]) -> None:
        # In one write, and always as long: who reads it sees the old number or the new one.
        text = f"{min(needs, default=NEVER):0{_WIDTH}}"
        os.pwrite(self._descriptor, text.encode(), 0)


def needed_since(folder: Path) -> int:
    """The stamp from which on something may be needed by a run that is under way."""
    return min((_need(path) for path in alive(folder)), default=NEVER)


def alive(folder: Path) -> Iterator[Path]:
    """The files of live processes; those of dead ones are removed."""
    for path in folder.glob("[!.]*"):
        if _is_locked(path):
            yield path
        else:
            with contextlib.suppress(OSError):  # It has gone since, or is none of ours.
                path.unlink()


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _need(path: Path) -> int:
    try:
        return int(path.read_bytes() or NEVER)
    except OSError:  # It has left since.
        return NEVER
    except ValueError:
        return 0


def _locked(path: Path) -> int:
    """A descriptor of a new file, which is locked before it can be seen under its name."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hidden = path.with_name(f".{path.name}")
    descriptor = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        hidden.rename(path)
    except OSError:
        hidden.unlink(missing_ok=True)
        os.close(descriptor)
        raise
    return descriptor

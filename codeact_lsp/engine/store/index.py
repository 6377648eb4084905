"""The index of the store: an SQLite database that many processes share and that may break.

A damaged index costs what it held, and nothing else: it is set aside and a fresh one is made. One
on a full disk is read as it is, until there is room again.
"""

import contextlib
import fcntl
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from codeact_lsp.engine.store.answers import Troubles
from codeact_lsp.engine.store.frozen import empty, frozen
from codeact_lsp.engine.store.room import is_shortage

_T = TypeVar("_T")
Work = Callable[[sqlite3.Connection], _T]
Version = tuple[int, int]
"""How often this process has changed the index, and SQLite's number for what others did."""

# The number is that of the layout: versions of ours with another one do not meet in one file.
NAME = "index-3.sqlite"
_LAYOUT = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT, variant TEXT, file TEXT NOT NULL, node TEXT NOT NULL, made REAL NOT NULL,
    blob TEXT NOT NULL, entry TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (key, variant)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_by_blob ON entries (blob);
CREATE TABLE IF NOT EXISTS blobs (
    digest TEXT PRIMARY KEY, size INTEGER NOT NULL, used INTEGER NOT NULL, seal TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS calls (
    file TEXT, node TEXT, key TEXT, number INTEGER NOT NULL, note TEXT NOT NULL,
    mark TEXT NOT NULL, PRIMARY KEY (file, node, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS latest (
    file TEXT, node TEXT, key TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (file, node)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clock (
    one INTEGER PRIMARY KEY CHECK (one = 1), stamp INTEGER NOT NULL, swept INTEGER NOT NULL
);
"""
_PATIENCE_SECONDS = 10
# Our statements are right, so one that is refused met other tables than ours.
_DAMAGED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Index:
    """The database; safe to use from several threads and processes."""

    def __init__(self, folder: Path, troubles: Troubles) -> None:
        """Open it, creating it if need be.

        Raises:
            OSError: The folder cannot be used.
            sqlite3.Error: The index cannot be used.
        """
        self._folder = folder
        self._path = folder / NAME
        self._troubles = troubles
        self._lock = threading.RLock()
        self._changes = 0
        with self._alone():
            self._opened: tuple[int, int] | None = None
            self._is_frozen = False
            self._connection = self._connect()

    def close(self) -> None:
        """Close it."""
        with self._lock:
            self._connection.close()

    def read(self, work: Work[_T]) -> _T:
        """What `work` finds.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        with self._lock:
            try:
                return work(self._connection)
            except sqlite3.DatabaseError as error:
                self._renew_after(error)
                return work(self._connection)

    def write(self, work: Work[_T]) -> _T:
        """Have `work` done as a whole or not at all, while no other process writes.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        with self._lock:
            try:
                return self.read(lambda _: self._transaction(work))
            finally:
                self._changes += 1  # Afterwards: what was read before must not pass for newer.

    def note(self, work: Work[_T]) -> _T:
        """As `write`, where nothing is changed of which results there are: see `version`.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        return self.read(lambda _: self._transaction(work))

    def version(self) -> Version | None:
        """What stays the same as long as the results do; None where that cannot be told.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        with self._lock:
            others = self.read(lambda index: index.execute("PRAGMA data_version").fetchone()[0])
            return None if self._is_frozen else (self._changes, others)

    def refresh(self) -> None:
        """Begin anew if the folder was deleted, which is allowed at any time, or was full."""
        with self._lock:
            if self._is_frozen or self._identity() != self._opened:
                self._reopen()

    def discard(self) -> None:
        """Remove all that it holds at once, which takes no room as a transaction does."""
        with self._lock:
            self._connection.close()
            with self._alone():
                for path in self._folder.glob("index-*"):
                    if path.name.startswith(NAME) or path.suffix == ".damaged":
                        path.unlink(missing_ok=True)
                self._connection = self._connect()

    def _transaction(self, work: Work[_T]) -> _T:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            done = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return done

    def _renew_after(self, error: sqlite3.DatabaseError) -> None:
        """Begin anew if it is damaged, or has been removed while we had it open.

        Raises:
            sqlite3.Error: Something else is wrong.
        """
        is_sound = not _is_damage(error) and self._identity() == self._opened
        if is_sound or self._is_frozen:  # One that is frozen may be in the midst of a change.
            raise error
        try:
            self._reopen(damage=str(error))
        except OSError as failure:
            raise sqlite3.OperationalError(str(failure)) from failure

    def _reopen(self, damage: str = "") -> None:
        self._connection.close()
        with self._alone():
            # Another process may have been faster.
            if damage and self._identity() == self._opened:
                self._set_aside(damage)
            self._connection = self._connect()

    def _connect(self) -> sqlite3.Connection:
        self._is_frozen = False
        self._changes += 1
        try:
            return self._laid_out()
        except (OSError, sqlite3.DatabaseError) as error:
            if is_shortage(error, self._folder):
                return self._as_it_is()
            if isinstance(error, OSError) or not (_is_damage(error) or self._path.is_dir()):
                raise
            self._set_aside(str(error))
            return self._laid_out()

    def _as_it_is(self) -> sqlite3.Connection:
        self._is_frozen = True
        self._opened = self._identity()
        try:
            return frozen(self._path, "clock")
        except sqlite3.Error:
            return empty(_LAYOUT)

    def _laid_out(self) -> sqlite3.Connection:
        self._create()
        connection = sqlite3.connect(
            self._path, check_same_thread=False, timeout=_PATIENCE_SECONDS, isolation_level=None
        )
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            # What is committed survives the end of the process; after a loss of power the last
            # results may be missing, and a sync for each would cost more than they do.
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.executescript(_LAYOUT)
        except sqlite3.Error:
            connection.close()
            raise
        self._opened = self._identity()
        return connection

    def _create(self) -> None:
        """Make the file, readable by the user alone."""
        with contextlib.suppress(FileExistsError):
            # Never one that exists: closing it would end the locks of our other connections to it.
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            os.close(os.open(self._path, flags, 0o600))

    def _set_aside(self, why: str) -> None:
        """Move a damaged index away. Its log must not be applied to the one that follows."""
        aside = self._path.with_suffix(".damaged")
        for name in (f"{NAME}-wal", f"{NAME}-shm"):
            (self._folder / name).unlink(missing_ok=True)
        if self._path.exists():
            if aside.is_dir():  # As is what stood in the place of an index once.
                shutil.rmtree(aside)
            aside.unlink(missing_ok=True)
            self._path.replace(aside)
        self._troubles.note(
            f"The index of results {self._path} was damaged ({why}). It is {aside.name} now, and "
            "results are stored anew from here on."
        )

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other process opens the index or sets it aside; the kernel frees the lock."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # The rest tells more of the same.
    return code in _DAMAGED

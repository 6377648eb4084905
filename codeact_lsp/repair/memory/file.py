"""The file that a memory lies in: opened for one piece of work, by several processes at once."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

_log = logging.getLogger(__name__)
NAME = "memory-1.sqlite"
_VERSION = 2
_PATIENCE_SECONDS = 2.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS patterns (
    id INTEGER PRIMARY KEY, error TEXT NOT NULL, message TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, accepted INTEGER NOT NULL, worked INTEGER NOT NULL,
    failed INTEGER NOT NULL, at REAL NOT NULL, UNIQUE (error, message, before, after)
);
CREATE TABLE IF NOT EXISTS answers (
    id INTEGER PRIMARY KEY, error TEXT NOT NULL, message TEXT NOT NULL, very TEXT NOT NULL,
    form TEXT NOT NULL, place TEXT NOT NULL, change TEXT NOT NULL, accepted INTEGER NOT NULL,
    worked INTEGER NOT NULL, failed INTEGER NOT NULL, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_of_form ON answers (form);
"""
# What came after the first version, which programs of then leave alone.
_COLUMNS = {"met": "INTEGER NOT NULL DEFAULT 0", "taken": "INTEGER NOT NULL DEFAULT 0"}
_BROKEN = ("file is not a database", "malformed")


class NewerError(sqlite3.DatabaseError):
    """The memory is one of a newer version, which is not touched."""


class MemoryFile:
    """The file of one memory.

    Args:
        folder: The folder of the user's data.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    @property
    def exists(self) -> bool:
        """Whether anything was ever learnt."""
        return self.path.exists()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that changes nothing, so that a memory that cannot be written can be read.

        Raises:
            sqlite3.Error: It cannot be read.
        """
        name = f"{self.path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(name, timeout=_PATIENCE_SECONDS, uri=True)) as connection:
            if _refuse_newer(connection, self.path) < _VERSION:
                # What an earlier version has left is brought up first, if that can be.
                with suppress(sqlite3.Error):
                    self._ready().close()
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection for one piece of work, which is done whole or not at all.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with closing(self._opened()) as connection, connection:
                yield connection
        except sqlite3.DatabaseError as error:
            if _is_broken(error):  # What is learnt next will be kept.
                self._set_aside(error)
            raise

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._ready()
        except sqlite3.DatabaseError as error:
            if not _is_broken(error):
                raise
            self._set_aside(error)
            return self._ready()

    def _ready(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE_SECONDS)
        try:
            version = _refuse_newer(connection, self.path)
            if version < _VERSION:
                _bring_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self, error: sqlite3.Error) -> None:
        """Keep a broken file under another name: somebody may still get something out of it."""
        aside = self.path.with_name(f"{self.path.name}.broken-{time.time_ns()}")
        with suppress(FileNotFoundError):  # Another process has just done so.
            self.path.rename(aside)
        _log.warning("the memory is broken (%s); it was set aside as %s", error, aside)


def _is_broken(error: sqlite3.Error) -> bool:
    return any(words in str(error) for words in _BROKEN)


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise NewerError(f"{path} was written by a newer version of codeact-lsp; it is left alone")
    return int(version)


def _bring_up(connection: sqlite3.Connection) -> None:
    """Make the tables, or add what this version has beside those of the first one."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        there = {row[1] for row in connection.execute("PRAGMA table_info(patterns)")}
        for name, kind in _COLUMNS.items():
            if name not in there:
                connection.execute(f"ALTER TABLE patterns ADD COLUMN {name} {kind}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")

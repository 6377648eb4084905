"""The patterns of one user, in a file of theirs; it is advice, and without it nothing is lost."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from codeact_lsp.repair.memory.pattern import WIDE, Pattern
from codeact_lsp.repair.memory.sound import is_count, is_sound, is_time

NAME = "memory-1.sqlite"
_PATIENCE_SECONDS = 2.0
_MOST_PATTERNS = 5_000
_MOST_FOR_A_FAILURE = 300
# A pattern that failed so much more often than it worked is of no use.
_MOST_LOST = 3
_SCHEMA = """
CREATE TABLE IF NOT EXISTS patterns (
    id INTEGER PRIMARY KEY, error TEXT NOT NULL, message TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, accepted INTEGER NOT NULL, worked INTEGER NOT NULL,
    failed INTEGER NOT NULL, at REAL NOT NULL, UNIQUE (error, message, before, after)
);
"""
_LEARN = """
INSERT INTO patterns (error, message, before, after, accepted, worked, failed, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (error, message, before, after) DO UPDATE SET
    accepted = accepted + excluded.accepted, worked = worked + excluded.worked,
    failed = failed + excluded.failed, at = excluded.at
"""
_LIKE = """
SELECT id, error, message, before, after, accepted, worked, failed, at FROM patterns
WHERE error = ? ORDER BY message = ? DESC, message = ? DESC, message = ? DESC,
accepted * 3 + worked - failed DESC, at DESC LIMIT ?
"""
_ALL = """
SELECT id, error, message, before, after, accepted, worked, failed, at FROM patterns
ORDER BY accepted * 3 + worked - failed DESC, at DESC
"""
_TRIM = """
DELETE FROM patterns WHERE id NOT IN (SELECT id FROM patterns ORDER BY at DESC LIMIT ?)
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A pattern, and what became of it.

    Attributes:
        accepted: How often a person took it.
        worked: How often it ran when it was tried.
        failed: How often it did not.
        at: When that was last so, in seconds since the epoch.
    """

    number: int
    pattern: Pattern
    accepted: int
    worked: int
    failed: int
    at: float


class Memory:
    """The patterns of one user; safe in several processes."""

    def __init__(self, folder: Path) -> None:
        """Name its file; that is made when something is learnt.

        Args:
            folder: The folder of the user's data.
        """
        self._file = folder / NAME

    def learn(self, patterns: Iterable[Pattern]) -> None:
        """Remember what a person accepted.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        with self._opened() as connection:
            rows = [(*astuple(pattern), 1, 0, 0, time.time()) for pattern in patterns]
            connection.executemany(_LEARN, rows)
            connection.execute(_TRIM, (_MOST_PATTERNS,))

    def like(self, error: str, message: str, exactly: str = "") -> list[Remembered]:
        """What mended failures of this kind, the most proven first; nothing if it cannot be read.

        Args:
            error: The type of the exception.
            message: What it says, normalised.
            exactly: The same as patterns have it that fit the very code alone; those come first.
        """
        wide = f"{WIDE}{message}"
        found = self._read(_LIKE, (error, exactly, message, wide, _MOST_FOR_A_FAILURE))
        return [each for each in found if is_sound(each.pattern)]

    def all(self) -> list[Remembered]:
        """All patterns, the most proven first."""
        return self._read(_ALL, ())

    def tell(self, number: int, *, worked: bool) -> None:
        """Count a trial of a pattern; one that fails far more often than it works is dropped.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        column = "worked" if worked else "failed"
        with self._opened() as connection:
            connection.execute(
                f"UPDATE patterns SET {column} = {column} + 1 WHERE id = ?",  # noqa: S608 - ours.
                (number,),
            )
            connection.execute(
                "DELETE FROM patterns WHERE failed >= ? + accepted + worked", (_MOST_LOST,)
            )

    def forget(self, number: int | None = None) -> int:
        """Forget one pattern, or all; return how many that were.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        if not self._file.exists():
            return 0
        with self._opened() as connection:
            if number is None:
                return connection.execute("DELETE FROM patterns").rowcount
            return connection.execute("DELETE FROM patterns WHERE id = ?", (number,)).rowcount

    def take_in(self, remembered: Iterable[Remembered]) -> int:
        """Add what another memory has, and can be used; return how many patterns that were.

        Nothing that was learnt here gives way to it.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        now = time.time()
        rows = [
            (*astuple(each.pattern), each.accepted, each.worked, each.failed, min(each.at, now))
            for each in remembered
            if _is_usable(each)
        ]
        with self._opened() as connection:
            (there,) = connection.execute("SELECT COUNT(*) FROM patterns").fetchone()
            taken = rows[: max(_MOST_PATTERNS - there, 0)]
            connection.executemany(_LEARN, taken)
        return len(taken)

    def _read(self, query: str, values: tuple[object, ...]) -> list[Remembered]:
        if not self._file.exists():
            return []
        try:
            with self._opened() as connection:
                return [_remembered(row) for row in connection.execute(query, values)]
        except (sqlite3.Error, OSError, ValueError):
            return []

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection for one piece of work, which is done whole or not at all."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=_PATIENCE_SECONDS)) as connection:
            connection.executescript(_SCHEMA)
            with connection:
                yield connection


def _is_usable(remembered: Remembered) -> bool:
    counts = (remembered.accepted, remembered.worked, remembered.failed)
    return is_sound(remembered.pattern) and all(map(is_count, counts)) and is_time(remembered.at)


def _remembered(row: tuple[object, ...]) -> Remembered:
    number, error, message, before, after, *counts = row
    pattern = Pattern(str(error), str(message), str(before), str(after))
    accepted, worked, failed, at = (float(str(each)) for each in counts)
    return Remembered(int(str(number)), pattern, int(accepted), int(worked), int(failed), at)

"""The patterns of one user, in a file of theirs; it is advice, and without it nothing is lost."""

import math
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path

from codeact_lsp.engine.store.secret import user_secret
from codeact_lsp.repair.memory.file import MemoryFile
from codeact_lsp.repair.memory.marks import Marks
from codeact_lsp.repair.memory.pattern import WIDE, Pattern
from codeact_lsp.repair.memory.shelf import Shelf
from codeact_lsp.repair.memory.sound import is_count, is_sound, is_time

_MOST_PATTERNS = 5_000
_MOST_FOR_A_FAILURE = 300
# A pattern that failed so much more often than it worked is of no use.
_MOST_LOST = 3
# One that people pass over so much more often than they take it is of none either.
_MOST_PASSED_OVER = 5
_LEARN = """
INSERT INTO patterns (error, message, before, after, accepted, worked, failed, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (error, message, before, after) DO UPDATE SET
    accepted = accepted + excluded.accepted, worked = worked + excluded.worked,
    failed = failed + excluded.failed, at = excluded.at
"""
_TAKE_IN = """
INSERT INTO patterns (error, message, before, after, accepted, worked, failed, at)
VALUES (?, ?, ?, ?, 0, 0, 0, ?) ON CONFLICT (error, message, before, after) DO NOTHING
"""
_LIKE = """
SELECT id, error, message, before, after, accepted, worked, failed, at, taken, met FROM patterns
WHERE error = ? ORDER BY accepted = 0, message = ? DESC, message = ? DESC, message = ? DESC,
accepted * 3 + worked - failed + 4 * taken - 2 * met DESC, at DESC LIMIT ?
"""
_ALL = """
SELECT id, error, message, before, after, accepted, worked, failed, at, taken, met FROM patterns
ORDER BY accepted = 0, accepted * 3 + worked - failed + 4 * taken - 2 * met DESC, at DESC
"""
_TRIM = """
DELETE FROM patterns WHERE id NOT IN
(SELECT id FROM patterns ORDER BY accepted = 0, at DESC LIMIT ?)
"""
_DROP = "DELETE FROM patterns WHERE failed >= ? + accepted + worked OR met >= ? + 2 * taken"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A pattern, and what became of it.

    Attributes:
        accepted: How often a person made this change.
        worked: How often it ran when it was tried.
        failed: How often it did not.
        at: When that was last so, in seconds since the epoch.
        taken: How often it was offered, and a person made just that change.
        met: How often it was offered, and a person made any change.
    """

    number: int
    pattern: Pattern
    accepted: int
    worked: int
    failed: int
    at: float
    taken: int = 0
    met: int = 0


class Memory:
    """The patterns of one user; safe in several processes."""

    def __init__(self, folder: Path) -> None:
        """Name its file; that is made when something is learnt.

        Args:
            folder: The folder of the user's data.
        """
        self._folder = folder
        self._file = MemoryFile(folder)
        self.answers = Shelf(self._file)

    @cached_property
    def marks(self) -> Marks:
        """What makes marks of code, with the user's secret."""
        return Marks(user_secret(self._folder).key)

    def learn(self, patterns: Iterable[Pattern]) -> None:
        """Remember what a person accepted.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        with self._file.writing() as connection:
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
        try:
            found = self._read(_LIKE, (error, exactly, message, wide, _MOST_FOR_A_FAILURE))
        except (sqlite3.Error, OSError, ValueError):
            return []
        return [each for each in found if is_sound(each.pattern)]

    def all(self) -> list[Remembered]:
        """All patterns, the most proven first.

        Raises:
            sqlite3.Error, OSError, ValueError: It cannot be read.
        """
        return self._read(_ALL, ())

    def tell(self, number: int, *, worked: bool) -> None:
        """Count a trial of a pattern; one that fails far more often than it works is dropped.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        self._count(number, "worked" if worked else "failed", "at")

    def judge(self, number: int, *, taken: bool) -> None:
        """Count what a person did who was offered a pattern; one that is passed over is dropped.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        self._count(number, "met", "taken" if taken else "at")

    def forget(self, number: int | None = None) -> int:
        """Forget one pattern, or all; return how many that were.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        if not self._file.exists:
            return 0
        with self._file.writing() as connection:
            if number is None:
                return connection.execute("DELETE FROM patterns").rowcount
            return connection.execute("DELETE FROM patterns WHERE id = ?", (number,)).rowcount

    def take_in(self, remembered: Iterable[Remembered]) -> int:
        """Add what another memory has, and can be used; return how many patterns came.

        Nothing that was learnt here gives way to it, and nothing of what became of it elsewhere
        counts: who wrote the file may say anything.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        now = time.time()
        rows = [
            (*astuple(each.pattern), min(each.at, now)) for each in remembered if _is_usable(each)
        ]
        with self._file.writing() as connection:
            (there,) = connection.execute("SELECT COUNT(*) FROM patterns").fetchone()
            taken = rows[: max(_MOST_PATTERNS - there, 0)]
            return connection.executemany(_TAKE_IN, taken).rowcount if taken else 0

    def _count(self, number: int, column: str, other: str) -> None:
        """Add one to a column, and to another one; `at` is left as it is."""
        more = f", {other} = {other} + 1" if other != "at" else ""
        with self._file.writing() as connection:
            connection.execute(
                f"UPDATE patterns SET {column} = {column} + 1{more} WHERE id = ?",  # noqa: S608 - ours.
                (number,),
            )
            connection.execute(_DROP, (_MOST_LOST, _MOST_PASSED_OVER))

    def _read(self, query: str, values: tuple[object, ...]) -> list[Remembered]:
        if not self._file.exists:
            return []
        with self._file.reading() as connection:
            return [_remembered(row) for row in connection.execute(query, values)]


def _is_usable(remembered: Remembered) -> bool:
    counts = (remembered.accepted, remembered.worked, remembered.failed)
    return is_sound(remembered.pattern) and all(map(is_count, counts)) and is_time(remembered.at)


def _remembered(row: tuple[object, ...]) -> Remembered:
    number, error, message, before, after, *counts = row
    pattern = Pattern(str(error), str(message), str(before), str(after))
    accepted, worked, failed, at, taken, met = (_number(each) for each in counts)
    return Remembered(
        int(str(number)), pattern, int(accepted), int(worked), int(failed), at, int(taken), int(met)
    )


def _number(cell: object) -> float:
    number = float(str(cell))
    if not math.isfinite(number):
        raise ValueError(f"a lesson counts {number}")
    return number

"""The answers of one user, beside the patterns: what mended which very code."""

import sqlite3
import time
from dataclasses import astuple, dataclass

from codeact_lsp.repair.memory.answers import Answer
from codeact_lsp.repair.memory.file import MemoryFile

_MOST = 5_000
_MOST_LOST = 3
_LEARN = """
INSERT INTO answers
(error, message, very, form, place, change, accepted, worked, failed, at)
VALUES (?, ?, ?, ?, ?, ?, 1, 0, 0, ?)
"""
_AGAIN = """
UPDATE answers SET accepted = accepted + 1, at = ?
WHERE very = ? AND place = ? AND change = ?
"""
_FOR = """
SELECT id, error, message, very, form, place, change, accepted, worked, failed FROM answers
WHERE form = ? ORDER BY at DESC, id DESC LIMIT 5
"""
_ALL = """
SELECT id, error, message, very, form, place, change, accepted, worked, failed FROM answers
ORDER BY at DESC, id DESC
"""
_TRIM = "DELETE FROM answers WHERE id NOT IN (SELECT id FROM answers ORDER BY at DESC LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and what became of it: how often it was accepted, worked and failed."""

    number: int
    answer: Answer
    accepted: int
    worked: int
    failed: int


class Shelf:
    """Where the answers of one user are kept; safe in several processes."""

    def __init__(self, file: MemoryFile) -> None:
        self._file = file

    def learn(self, answer: Answer) -> None:
        """Keep an answer; the last one for a failure is the one that was meant.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        with self._file.writing() as connection:
            now = time.time()
            known = (now, answer.very, answer.where, answer.change)
            if not connection.execute(_AGAIN, known).rowcount:
                connection.execute(_LEARN, (*astuple(answer), now))
                connection.execute(_TRIM, (_MOST,))

    def like(self, form: str) -> list[Kept]:
        """The answers for code of a form, the latest first; none if they cannot be read."""
        try:
            return self._read(_FOR, (form,))
        except (sqlite3.Error, OSError, ValueError):
            return []

    def all(self) -> list[Kept]:
        """All answers, the latest first.

        Raises:
            sqlite3.Error, OSError, ValueError: They cannot be read.
        """
        return self._read(_ALL, ())

    def tell(self, number: int, *, worked: bool) -> None:
        """Count a trial of an answer; one that keeps failing is dropped.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        column = "worked" if worked else "failed"
        with self._file.writing() as connection:
            connection.execute(
                f"UPDATE answers SET {column} = {column} + 1 WHERE id = ?",  # noqa: S608 - ours.
                (number,),
            )
            connection.execute(
                "DELETE FROM answers WHERE failed >= ? + accepted + worked", (_MOST_LOST,)
            )

    def forget(self, number: int | None = None) -> int:
        """Forget one answer, or all; return how many that were.

        Raises:
            sqlite3.Error, OSError: It cannot be written.
        """
        if not self._file.exists:
            return 0
        with self._file.writing() as connection:
            if number is None:
                return connection.execute("DELETE FROM answers").rowcount
            return connection.execute("DELETE FROM answers WHERE id = ?", (number,)).rowcount

    def _read(self, query: str, values: tuple[object, ...]) -> list[Kept]:
        if not self._file.exists:
            return []
        with self._file.reading() as connection:
            return [_kept(row) for row in connection.execute(query, values)]


def _kept(row: tuple[object, ...]) -> Kept:
    number, *texts = row[:7]
    accepted, worked, failed = (int(str(each)) for each in row[7:])
    answer = Answer(*map(str, texts))
    return Kept(int(str(number)), answer, accepted, worked, failed)

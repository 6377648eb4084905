"""Looks calls up, and checks what the index holds of them against all that it rests on."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from codeact_lsp.engine.reuse.call_parts import CallParts
from codeact_lsp.engine.reuse.witness import Glance
from codeact_lsp.engine.store.answers import Hit, Miss
from codeact_lsp.engine.store.blobs import Blobs
from codeact_lsp.engine.store.entries import believed, note_mark
from codeact_lsp.engine.store.index import Index, Version
from codeact_lsp.engine.store.reasons import why_missed
from codeact_lsp.engine.values import Blob

Row = tuple[str, str, str, str | None]
"""Key, entry, mark, and the seal of the value's file, None if it is not known."""

_ROWS_OF_KEYS = """
SELECT key, entry, mark, seal FROM entries LEFT JOIN blobs ON digest = blob
WHERE key IN (SELECT value FROM json_each(?)) ORDER BY made DESC
"""
_LAST_ROWS = """
SELECT entries.key, entry, mark, seal FROM latest JOIN entries ON entries.key = latest.key
LEFT JOIN blobs ON digest = blob WHERE latest.file = ? ORDER BY made DESC
"""
_CALLS = """
SELECT key, note, mark FROM calls WHERE file = ? AND node = ? ORDER BY number DESC
"""


@dataclass
class Rows:
    """What was read of the index at once.

    Attributes:
        version: That of the index before it was read; None if that cannot be told.
        by_key: The rows of each call, the newest first.
        learnt: A question and the hits that answer it: see `Recall.learn`.
        seals: By digest, seals with which files were found to hold what they should.
    """

    version: Version | None
    by_key: dict[str, list[Row]]
    learnt: tuple[object, Mapping[str, Hit]] = (None, {})
    seals: dict[str, str] = field(default_factory=dict)

    @property
    def characters(self) -> int:
        """About how much memory they take."""
        return sum(len(row[1]) for rows in self.by_key.values() for row in rows)


class Recall:
    """Looks up one call after another, as far as can be with what was read beforehand."""

    def __init__(self, index: Index, secret: bytes, blobs: Blobs, rows: Rows) -> None:
        self._index = index
        self._secret = secret
        self._blobs = blobs
        self._rows = rows
        self._glance = Glance()

    def look_up(self, call: CallParts) -> Hit | Miss:
        """The result of an earlier call with equal parts, if it still holds.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        rows = self._rows.by_key.get(call.key) or self._asked(call)
        if not rows:
            node = call.file, call.node
            notes = self._index.read(lambda index: notes_of(index, self._secret, *node))
            return Miss(why_missed(notes, call))
        newest, *older = rows
        answer = self._of_row(newest, call.file)
        if isinstance(answer, Hit) or not older:
            return answer
        # The newest that still holds; if none does, why the newest of all does not.
        answers = (self._of_row(row, call.file) for row in older)
        return next((other for other in answers if isinstance(other, Hit)), answer)

    def learn(self, question: object, hits: Mapping[str, Hit]) -> None:
        """Remember which calls of many nodes hit: what is asked again is asked of the same rows."""
        self._rows.learnt = question, hits

    def learnt(self, question: object) -> Mapping[str, Hit]:
        """What is remembered of just this question; each hit may hold no more."""
        asked, hits = self._rows.learnt
        return hits if asked == question else {}

    def holds(self, hit: Hit) -> bool:
        """Whether a hit that was learnt still holds: whether the files are as they were."""
        blob = hit.result.blob
        if self._blobs.seal(blob) != self._rows.seals.get(blob.digest):
            return False
        return all(self._glance.holds(witness, hit.made) for witness in hit.witnesses)

    def _asked(self, call: CallParts) -> list[Row]:
        return self._index.read(lambda index: rows_of(index, [call.key]))

    def _of_row(self, row: Row, plan: str) -> Hit | Miss:
        key, text, marked, seal = row
        entry = believed(self._secret, key, text, marked)
        if isinstance(entry, Miss):
            return entry
        for witness in entry.witnesses:
            if not self._glance.holds(witness, entry.made):
                return Miss(f"{witness.named(plan)} has changed")
        fault = self._fault(entry.result.blob, seal)
        return fault or Hit(entry.result, entry.made, entry.witnesses)

    def _fault(self, blob: Blob, seal: str | None) -> Miss | None:
        now = self._blobs.seal(blob)
        if now is None:
            return Miss("its stored value is gone")
        # With a known seal its content was digested once, and nobody wrote to it since.
        if now != seal:
            if not self._blobs.holds(blob):
                return Miss("its stored value is damaged")
            now = self._blobs.trusted_seal(blob)
        self._rows.seals[blob.digest] = now
        return None


def rows_of(index: sqlite3.Connection, keys: Iterable[str]) -> list[Row]:
    """What the index holds under some keys."""
    return index.execute(_ROWS_OF_KEYS, (json.dumps(list(keys)),)).fetchall()


def last_rows(index: sqlite3.Connection, file: str) -> list[Row]:
    """What the index holds of the last calls of a plan's nodes: most of what will be asked."""
    return index.execute(_LAST_ROWS, (file,)).fetchall()


def notes_of(index: sqlite3.Connection, secret: bytes, file: str, node: str) -> dict[str, str]:
    """What is remembered of the stored calls of a node, by their keys, the latest first."""
    return {
        key: note
        for key, note, marked in index.execute(_CALLS, (file, node))
        if isinstance(key, str) and isinstance(note, str)
        if marked == note_mark(secret, file, node, key, note)
    }


def by_key(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by the calls that they are of, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found

"""Looks calls up, and checks what the index holds of them against all that it rests on."""

import json
import sqlite3
from collections.abc import Iterable

from codeact_lsp.engine.reuse.call_parts import CallParts
from codeact_lsp.engine.reuse.witness import holds
from codeact_lsp.engine.store.answers import Hit, Miss
from codeact_lsp.engine.store.blobs import Blobs
from codeact_lsp.engine.store.entries import believed, note_mark
from codeact_lsp.engine.store.entry import Entry
from codeact_lsp.engine.store.index import Index
from codeact_lsp.engine.store.reasons import why_missed

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


class Recall:
    """Looks up one call after another, as far as can be with what was read beforehand."""

    def __init__(self, index: Index, secret: bytes, blobs: Blobs, rows: Iterable[Row]) -> None:
        self._index = index
        self._secret = secret
        self._blobs = blobs
        self._rows = _by_key(rows)

    def look_up(self, call: CallParts) -> Hit | Miss:
        """The result of an earlier call with equal parts, if it still holds.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        rows = self._rows.get(call.key) or self._asked(call)
        if not rows:
            node = call.file, call.node
            notes = self._index.read(lambda index: notes_of(index, self._secret, *node))
            return Miss(why_missed(notes, call))
        return _answer(rows, call.file, self._secret, self._blobs)

    def _asked(self, call: CallParts) -> list[Row]:
        return self._index.read(lambda index: rows_of(index, [call.key]))


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


def _by_key(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _answer(rows: Iterable[Row], plan: str, secret: bytes, blobs: Blobs) -> Hit | Miss:
    """The newest that the index holds of a call and that still holds; if none does, why not."""
    answers = (_of_row(row, plan, secret, blobs) for row in rows)
    first = next(answers)
    if isinstance(first, Hit):
        return first
    return next((answer for answer in answers if isinstance(answer, Hit)), first)


def _of_row(row: Row, plan: str, secret: bytes, blobs: Blobs) -> Hit | Miss:
    key, text, marked, seal = row
    entry = believed(secret, key, text, marked)
    if isinstance(entry, Miss):
        return entry
    return _fault(entry, plan, seal, blobs) or Hit(entry.result, entry.made)


def _fault(entry: Entry, plan: str, seal: str | None, blobs: Blobs) -> Miss | None:
    for witness in entry.witnesses:
        if not holds(witness, entry.made):
            return Miss(f"{witness.named(plan)} has changed")
    blob = entry.result.blob
    now = blobs.seal(blob)
    if now is None:
        return Miss("its stored value is gone")
    # With a known seal its content was digested once, and nobody wrote to it since.
    if now != seal and not blobs.holds(blob):
        return Miss("its stored value is damaged")
    return None

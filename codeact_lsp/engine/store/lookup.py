"""Looks calls up, and checks what the index holds of them against all that it rests on."""

import json
import sqlite3
from collections.abc import Iterable

from codeact_lsp.engine.call_parts import CallParts
from codeact_lsp.engine.store.answers import Hit, Miss
from codeact_lsp.engine.store.blobs import Blobs
from codeact_lsp.engine.store.entries import believed, note_mark
from codeact_lsp.engine.store.entry import Entry
from codeact_lsp.engine.store.index import Index
from codeact_lsp.engine.store.reasons import NEVER, why_missed
from codeact_lsp.engine.witness import holds

Row = tuple[str, str, str, str | None]
"""Key, entry, mark, and the seal of the value's file, None if it is not known."""

_ROWS_OF_KEYS = """
SELECT key, entry, mark, seal FROM entries LEFT JOIN blobs ON digest = blob
WHERE key IN (SELECT value FROM json_each(?))
"""
_LAST_ROWS = """
SELECT entries.key, entry, entries.mark, seal FROM calls JOIN entries ON entries.key = calls.key
LEFT JOIN blobs ON digest = blob WHERE calls.file = ?
"""


class Recall:
    """Looks up one call after another, as far as can be with what was read beforehand."""

    def __init__(self, index: Index, secret: bytes, blobs: Blobs, rows: Iterable[Row]) -> None:
        self._index = index
        self._secret = secret
        self._blobs = blobs
        self._rows = {row[0]: row for row in rows}

    def look_up(self, call: CallParts) -> Hit | Miss:
        """The result of an earlier call with equal parts, if it still holds.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        row = self._rows.get(call.key) or self._asked(call)
        if row is None:
            return Miss(self._index.read(lambda index: _why(index, self._secret, call)))
        return _answer(row, self._secret, self._blobs)

    def _asked(self, call: CallParts) -> Row | None:
        rows = self._index.read(lambda index: rows_of(index, [call.key]))
        return rows[0] if rows else None


def rows_of(index: sqlite3.Connection, keys: Iterable[str]) -> list[Row]:
    """What the index holds under some keys."""
    return index.execute(_ROWS_OF_KEYS, (json.dumps(list(keys)),)).fetchall()


def last_rows(index: sqlite3.Connection, file: str) -> list[Row]:
    """What the index holds of the last calls of a plan's nodes: most of what will be asked."""
    return index.execute(_LAST_ROWS, (file,)).fetchall()


def _why(index: sqlite3.Connection, secret: bytes, call: CallParts) -> str:
    """Why there is no entry for a call, in words."""
    row = index.execute(
        "SELECT key, note, mark FROM calls WHERE file = ? AND node = ?", (call.file, call.node)
    ).fetchone()
    if row is None or not all(isinstance(each, str) for each in row):
        return NEVER
    key, note, marked = row
    if marked != note_mark(secret, call, key, note):
        return NEVER
    return why_missed(note, key, call)


def _answer(row: Row, secret: bytes, blobs: Blobs) -> Hit | Miss:
    """Whether what the index holds still holds."""
    key, text, marked, seal = row
    entry = believed(secret, key, text, marked)
    if isinstance(entry, Miss):
        return entry
    return _fault(entry, seal, blobs) or Hit(entry.result, entry.made)


def _fault(entry: Entry, seal: str | None, blobs: Blobs) -> Miss | None:
    for witness in entry.witnesses:
        if not holds(witness, entry.made):
            return Miss(f"{witness.name} has changed")
    blob = entry.result.blob
    now = blobs.seal(blob)
    if now is None:
        return Miss("its stored value is gone")
    # With a known seal its content was digested once, and nobody wrote to it since.
    if now != seal and not blobs.holds(blob):
        return Miss("its stored value is damaged")
    return None

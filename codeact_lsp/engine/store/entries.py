"""Entries of the index: a result and what it rests on, marked with the user's secret."""

import hmac
import json
import sqlite3
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from codeact_lsp.engine.reuse.call_parts import CallParts
from codeact_lsp.engine.store.answers import Miss
from codeact_lsp.engine.store.entry import Entry
from codeact_lsp.engine.store.reasons import noted

_MOST_VARIANTS = 4
_MOST_CALLS = 8
_TRIM_VARIANTS = """
DELETE FROM entries WHERE key = ?1 AND variant NOT IN
    (SELECT variant FROM entries WHERE key = ?1 ORDER BY variant = ?2 DESC, made DESC LIMIT ?3)
"""
_NUMBER = """
INSERT INTO latest VALUES (?1, ?2, ?3, 1)
ON CONFLICT (file, node) DO UPDATE SET key = excluded.key, number = number + 1 RETURNING number
"""
_TRIM_CALLS = """
DELETE FROM calls WHERE file = ?1 AND node = ?2 AND number <=
    (SELECT number FROM calls WHERE file = ?1 AND node = ?2 ORDER BY number DESC LIMIT 1 OFFSET ?3)
"""
FORGET_LATEST = """
DELETE FROM latest WHERE (file, node) NOT IN (SELECT DISTINCT file, node FROM calls)
"""
# Characters of an entry. Most have 2,000; with a picture they can have a hundred times as many.
_MOST_REMEMBERED = 8_000


def enter(index: sqlite3.Connection, secret: bytes, call: CallParts, entry: Entry) -> None:
    """Store an entry, and what will tell why another call of its node misses."""
    key, text, note, variant = call.key, entry.text(), noted(call), entry.variant
    blob = entry.result.blob.digest
    index.execute(
        "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (key, variant, call.file, call.node, entry.made, blob, text, mark(secret, key, text)),
    )
    index.execute(_TRIM_VARIANTS, (key, variant, _MOST_VARIANTS))
    _note(index, secret, call, note)


def note_unkept(index: sqlite3.Connection, secret: bytes, call: CallParts, why: str) -> None:
    """Store nothing of a call but why."""
    _note(index, secret, call, noted(call, why))


def _note(index: sqlite3.Connection, secret: bytes, call: CallParts, note: str) -> None:
    key = call.key
    ((number,),) = index.execute(_NUMBER, (call.file, call.node, key)).fetchall()
    index.execute(
        "INSERT OR REPLACE INTO calls VALUES (?, ?, ?, ?, ?, ?)",
        (
            call.file,
            call.node,
            key,
            number,
            note,
            note_mark(secret, call.file, call.node, key, note),
        ),
    )
    index.execute(_TRIM_CALLS, (call.file, call.node, _MOST_CALLS))


def note_mark(secret: bytes, file: str, node: str, key: str, note: str) -> str:
    """What proves that the owner of the secret stored a note on a call of a node."""
    return mark(secret, json.dumps([file, node, key]), note)


def mark(secret: bytes, key: str, text: str) -> str:
    """What proves that the owner of the secret stored an entry under a key."""
    return blake2b(f"{key}\n{text}".encode(), key=secret, digest_size=32).hexdigest()


def believed(secret: bytes, key: str, text: Any, marked: Any) -> Entry | Miss:
    """The entry, if the user's own secret vouches for it."""
    is_small = isinstance(text, str) and len(text) <= _MOST_REMEMBERED
    return (_remembered if is_small else _checked)(secret, key, text, marked)


def _checked(secret: bytes, key: str, text: Any, marked: Any) -> Entry | Miss:
    if not isinstance(text, str) or not _equal(mark(secret, key, text), marked):
        return Miss("its stored result was not made by you")
    try:
        return Entry.of_text(text)
    except ValueError:
        return Miss("its stored result was made by another version")


# A server reads the same entries at each run of a plan.
_remembered = lru_cache(maxsize=4096)(_checked)


def _equal(right: str, marked: Any) -> bool:
    return hmac.compare_digest(right.encode(), str(marked).encode())

"""Entries of the index: a result and what it rests on, marked with the user's secret."""

import hmac
import json
import sqlite3
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from codeact_lsp.engine.call_parts import CallParts
from codeact_lsp.engine.store.answers import Miss
from codeact_lsp.engine.store.entry import Entry
from codeact_lsp.engine.store.reasons import noted


def enter(index: sqlite3.Connection, secret: bytes, call: CallParts, entry: Entry) -> None:
    """Store an entry, and what will tell why another call of its node misses."""
    key, text, note = call.key, entry.text(), noted(call)
    blob = entry.result.blob.digest
    index.execute(
        "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
        (key, call.file, call.node, entry.made, blob, text, mark(secret, key, text)),
    )
    index.execute(
        "INSERT OR REPLACE INTO calls VALUES (?, ?, ?, ?, ?)",
        (call.file, call.node, key, note, note_mark(secret, call, key, note)),
    )


def note_mark(secret: bytes, call: CallParts, key: str, note: str) -> str:
    """What proves that the owner of the secret stored a note on the last call of a node."""
    return mark(secret, json.dumps([call.file, call.node, key]), note)


def mark(secret: bytes, key: str, text: str) -> str:
    """What proves that the owner of the secret stored an entry under a key."""
    return blake2b(f"{key}\n{text}".encode(), key=secret, digest_size=32).hexdigest()


# A server reads the same entries at each run of a plan; an entry takes some 2 kB.
@lru_cache(maxsize=4096)
def believed(secret: bytes, key: str, text: Any, marked: Any) -> Entry | Miss:
    """The entry, if the user's own secret vouches for it."""
    if not isinstance(text, str) or not _equal(mark(secret, key, text), marked):
        return Miss("its stored result was not made by you")
    try:
        return Entry.of_text(text)
    except ValueError:
        return Miss("its stored result was made by another version")


def _equal(right: str, marked: Any) -> bool:
    return hmac.compare_digest(right.encode(), str(marked).encode())

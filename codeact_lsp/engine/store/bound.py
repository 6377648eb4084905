"""Keeps the store within its size: what was used longest ago goes first, what a run needs stays.

All that removes a file, and all that files one, does so inside of a write transaction of the index,
so that no process removes what another one has just filed or taken. A process that ends between a
removal and the commit leaves entries whose value is gone, which is a miss and nothing worse.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from codeact_lsp.engine.store.blobs import Blobs
from codeact_lsp.engine.store.entries import FORGET_LATEST
from codeact_lsp.engine.store.presence import needed_since

DEFAULT_BYTES = 5 * 10**9
_BLOCK = 4096  # What a file system gives a file at least; thousands of small values are not free.
_ROOM = f"((size + {_BLOCK - 1}) / {_BLOCK} * {_BLOCK})"
_LEFT = 0.9  # Some room, so that not every run has to make some.


def shrink(index: sqlite3.Connection, blobs: Blobs, presences: Path, most: int) -> None:
    """Remove values until the others take no more than `most` bytes; within a write transaction."""
    total = taken(index)
    if total <= most:
        return
    victims = []
    for digest, room in _removable(index, presences, most):
        victims.append(digest)
        total -= room
        if total <= most * _LEFT:
            break
    remove(index, blobs, victims)


def taken(index: sqlite3.Connection) -> int:
    """How many bytes all values take on the disk."""
    ((total,),) = index.execute(f"SELECT coalesce(sum({_ROOM}), 0) FROM blobs")  # noqa: S608 - ours
    return int(total)


def _removable(index: sqlite3.Connection, presences: Path, most: int) -> Iterator[tuple[str, int]]:
    """Values that no run needs, with their size; first those that can never stay."""
    return index.execute(
        f"SELECT digest, {_ROOM} FROM blobs WHERE used < ? ORDER BY size <= ?, used",  # noqa: S608 - ours
        (needed_since(presences), most),
    )


def forget_oldest(index: sqlite3.Connection) -> None:
    """Forget the tenth of the entries that is oldest; within a write transaction."""
    index.execute(
        "DELETE FROM entries WHERE (key, variant) IN (SELECT key, variant FROM entries "
        "ORDER BY made LIMIT (SELECT count(*) / 10 + 1 FROM entries))"
    )
    index.execute("DELETE FROM calls WHERE key NOT IN (SELECT key FROM entries)")
    index.execute(FORGET_LATEST)


def remove_unreferenced(index: sqlite3.Connection, blobs: Blobs, presences: Path) -> None:
    """Remove the values that no entry names and no run needs; within a write transaction."""
    rows = index.execute(
        "SELECT digest FROM blobs WHERE used < ? AND digest NOT IN (SELECT blob FROM entries)",
        (needed_since(presences),),
    )
    remove(index, blobs, [digest for (digest,) in rows])


def remove(index: sqlite3.Connection, blobs: Blobs, digests: Iterable[str]) -> None:
    """Remove values, and the entries that name them; within a write transaction."""
    for digest in digests:
        blobs.remove(digest)
        index.execute("DELETE FROM entries WHERE blob = ?", (digest,))
        index.execute("DELETE FROM blobs WHERE digest = ?", (digest,))

"""What the store holds, for people who look at it or clear it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.engine.store.answers import Miss, Stored
from codeact_lsp.engine.store.entries import FORGET_LATEST, believed
from codeact_lsp.engine.store.presence import needed_since

_ALL = """
SELECT key, file, node, entry, mark, coalesce(used, 0)
FROM entries LEFT JOIN blobs ON blobs.digest = entries.blob ORDER BY file, node, made DESC
"""
_CHOSEN = "(?1 IS NULL OR file = ?1) AND (?2 IS NULL OR node = ?2) AND (?3 IS NULL OR made < ?3)"
_CHOSEN_CALLS = "(?1 IS NULL OR file = ?1) AND (?2 IS NULL OR node = ?2) AND ?3 IS NULL"


@dataclass(frozen=True, slots=True)
class Choice:
    """Some of the results; what is None restricts nothing.

    Attributes:
        file: The path of their plan.
        node: Their node.
        before: When they were stored at the latest, in seconds since the epoch.
    """

    file: str | None = None
    node: str | None = None
    before: float | None = None


def stored(index: sqlite3.Connection, secret: bytes) -> Iterator[Stored]:
    """The results that the user's own secret vouches for, by plan and node, the newest first."""
    for key, file, node, text, marked, used in index.execute(_ALL):
        entry = believed(secret, key, text, marked)
        if not isinstance(entry, Miss):
            yield Stored(file, node, entry.result, entry.made, used / 1e9)


@dataclass(frozen=True, slots=True)
class Removable:
    """What forgetting some results would leave without use.

    Attributes:
        count: How many results are to be forgotten.
        digests: The values that no run needs and no other result names.
    """

    count: int
    digests: tuple[str, ...]


def removable(index: sqlite3.Connection, choice: Choice, presences: Path) -> Removable:
    """What `forget` and the removal of what nobody needs any more would remove."""
    chosen = (choice.file, choice.node, choice.before)
    ((count,),) = index.execute(f"SELECT count(*) FROM entries WHERE {_CHOSEN}", chosen)  # noqa: S608 - ours
    others = f"SELECT blob FROM entries WHERE NOT ({_CHOSEN})"  # noqa: S608 - ours
    rows = index.execute(
        f"SELECT digest FROM blobs WHERE used < ?4 AND digest NOT IN ({others})",  # noqa: S608 - ours
        (*chosen, needed_since(presences)),
    )
    return Removable(count, tuple(digest for (digest,) in rows))


def forget(index: sqlite3.Connection, choice: Choice) -> int:
    """Remove the chosen entries, and tell how many; within a write transaction."""
    chosen = (choice.file, choice.node, choice.before)
    # `made` is that of an entry; what is remembered of a call goes with its entry, if it has one.
    index.execute(
        f"DELETE FROM calls WHERE key IN (SELECT key FROM entries WHERE {_CHOSEN}) "  # noqa: S608 - ours
        f"OR key NOT IN (SELECT key FROM entries) AND {_CHOSEN_CALLS}",
        chosen,
    )
    index.execute(FORGET_LATEST)
    return index.execute(f"DELETE FROM entries WHERE {_CHOSEN}", chosen).rowcount  # noqa: S608 - ours

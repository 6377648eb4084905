"""Which values are used, and since when: what a run has made or taken stays until it has ended."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from codeact_lsp.engine.store.blobs import Blobs
from codeact_lsp.engine.store.index import Index
from codeact_lsp.engine.store.presence import Presence
from codeact_lsp.engine.values import Blob

_MOST_NOTED = 100_000
# In one statement: there may be a thousand of them at the beginning of a run.
_USE = """
UPDATE blobs SET used = max(used, ?1), seal = CASE each.value WHEN '' THEN seal ELSE each.value END
FROM json_each(?2) AS each WHERE digest = each.key
"""


@dataclass(slots=True)
class Lease:
    """What is looked up or kept from now on stays, until the lease is released."""

    stamp: int
    end: Callable[[int], None]
    released: bool = False

    def release(self) -> None:
        """Need it no more."""
        if not self.released:
            self.released = True
            self.end(self.stamp)


class Usage:
    """What the runs of this process use, told so that all processes know of it."""

    def __init__(
        self, index: Index, blobs: Blobs, presence: Presence, clock: Callable[[], int]
    ) -> None:
        self._index = index
        self._blobs = blobs
        self._presence = presence
        self._clock = clock
        self._stamp = 0
        self._held: dict[str, int] = {}

    def lease(self) -> Lease:
        """Begin a run.

        Raises:
            OSError: The folder cannot be used.
            sqlite3.Error: The index cannot be used.
        """
        self._index.refresh()
        stamp = self._index.note(self._next_stamp)
        self._presence.need(stamp)
        return Lease(stamp, self._presence.need_no_more)

    def hold(self, blobs: Iterable[Blob]) -> set[Blob]:
        """Have values stay as long as a run needs them; those that are gone already.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        if not self._presence.needs_anything:
            return set()
        stamp = self._stamp
        new = {blob.digest: blob for blob in blobs if self._held.get(blob.digest, 0) < stamp}
        lost: set[Blob] = set()
        if new:
            lost = self._index.note(lambda index: self._lost(index, new.values()))
        self._note(new.keys() - {blob.digest for blob in lost}, stamp)
        return lost

    def know(self, index: sqlite3.Connection, blob: Blob) -> None:
        """Make a value known whose file is there; within a write transaction."""
        if not self._use(index, [blob]):
            row = (blob.digest, blob.size, self._now(), self._blobs.trusted_seal(blob))
            index.execute("INSERT INTO blobs VALUES (?, ?, ?, ?)", row)

    def _lost(self, index: sqlite3.Connection, blobs: Collection[Blob]) -> set[Blob]:
        if self._use(index, blobs) == len(blobs):
            return set()  # They are known, and what is removed is forgotten with it.
        lost = {blob for blob in blobs if self._blobs.seal(blob) is None}
        for blob in blobs:
            if blob not in lost:
                self.know(index, blob)
        return lost

    def _use(self, index: sqlite3.Connection, blobs: Iterable[Blob]) -> int:
        """Note that values are used, as far as they are known, and tell how many were."""
        seals = {blob.digest: self._blobs.trusted_seal(blob) for blob in blobs}
        return index.execute(_USE, (self._now(), json.dumps(seals))).rowcount

    def _note(self, digests: Iterable[str], stamp: int) -> None:
        """Remember that values are held since a stamp, so that nobody has to be told again."""
        if len(self._held) > _MOST_NOTED:
            self._held.clear()
        self._held.update(dict.fromkeys(digests, stamp))

    def _now(self) -> int:
        return self._stamp if self._presence.needs_anything else self._clock()

    def _next_stamp(self, index: sqlite3.Connection) -> int:
        """A time that is later than all before it, even if the system's clock went back."""
        ((stamp,),) = index.execute(
            "INSERT INTO clock VALUES (1, ?, 0) ON CONFLICT (one) DO UPDATE SET "
            "stamp = max(stamp + 1, excluded.stamp) RETURNING stamp",
            (self._clock(),),
        ).fetchall()
        # Here, since runs may begin at the same time, each in a thread of its own.
        self._stamp = int(stamp)
        return self._stamp

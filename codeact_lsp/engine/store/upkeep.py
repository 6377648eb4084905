"""What is done to the store after a run, if it is due."""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.engine.store.blobs import Blobs
from codeact_lsp.engine.store.bound import forget_oldest, shrink, taken
from codeact_lsp.engine.store.presence import alive

_HOUR = 3600 * 10**9
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Shrinks the store to its size and, once a day, sweeps up what crashes left behind.

    Attributes:
        folder: The folder of the store.
        blobs: Its values.
        most: How many bytes they may take.
        now: The time in nanoseconds since the epoch.
        most_index: How many bytes the index may take.
    """

    folder: Path
    blobs: Blobs
    most: int
    now: int
    most_index: int = 500 * 10**6

    def is_due(self, index: sqlite3.Connection) -> bool:
        """Whether there may be something to do."""
        return taken(index) > self.most or self._is_bloated(index) or self._is_unswept(index)

    def work(self, index: sqlite3.Connection) -> None:
        """Do it; within a write transaction."""
        shrink(index, self.blobs, self.folder / "live", self.most)
        if self._is_bloated(index):
            forget_oldest(index)
        if self._is_unswept(index):
            self._sweep_values(index)
            self._sweep_drafts()
            index.execute(
                "INSERT INTO clock VALUES (1, 0, ?) "
                "ON CONFLICT (one) DO UPDATE SET swept = excluded.swept",
                (self.now,),
            )

    def _is_bloated(self, index: sqlite3.Connection) -> bool:
        """Whether entries take too much: small values that are all equal cost little else."""
        pages, free, size = (
            index.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        return bool((pages - free) * size > self.most_index)

    def _is_unswept(self, index: sqlite3.Connection) -> bool:
        row = index.execute("SELECT swept FROM clock").fetchone()
        return row is None or not 0 <= self.now - row[0] < _DAY

    def _sweep_values(self, index: sqlite3.Connection) -> None:
        """Remove the values that are not known, once nobody can be about to make them known."""
        known = {digest for (digest,) in index.execute("SELECT digest FROM blobs")}
        for digest, path in self.blobs.all():
            if digest not in known and self._is_settled(path):
                self.blobs.remove(digest)

    def _is_settled(self, path: Path) -> bool:
        try:
            return path.stat().st_ctime_ns < self.now - _HOUR
        except FileNotFoundError:
            return False

    def _sweep_drafts(self) -> None:
        """Remove what processes that are dead were writing."""
        owners = {path.name for path in alive(self.folder / "live")}
        for path in (self.folder / "drafts").glob("*"):
            if path.name.partition("-")[0] not in owners:
                with contextlib.suppress(OSError):  # It has gone since, or is none of ours.
                    path.unlink()

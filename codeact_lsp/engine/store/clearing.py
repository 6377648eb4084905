"""Forgets results when people ask for it, even where the disk is too full to be told so."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.engine.store.blobs import Blobs
from codeact_lsp.engine.store.bound import remove_unreferenced
from codeact_lsp.engine.store.catalogue import Choice, forget, removable
from codeact_lsp.engine.store.index import Index
from codeact_lsp.engine.store.room import is_shortage


@dataclass(frozen=True, slots=True)
class Clearing:
    """Removes results, and the values that nobody needs without them.

    Attributes:
        folder: The folder of the store.
        presences: Where processes tell what they need.
    """

    folder: Path
    presences: Path
    index: Index
    blobs: Blobs

    def clear(self, choice: Choice) -> int:
        """See `Store.clear`."""
        try:
            return self._clear(choice)
        except sqlite3.Error as error:
            if not is_shortage(error, self.folder):
                raise
        return self._clear_full(choice)

    def _clear(self, choice: Choice) -> int:
        def work(index: sqlite3.Connection) -> int:
            forgotten = forget(index, choice)
            remove_unreferenced(index, self.blobs, self.presences)
            return forgotten

        return self.index.write(work)

    def _clear_full(self, choice: Choice) -> int:
        """First make the room that a transaction takes; without it, the whole index goes."""
        found = self.index.read(lambda index: removable(index, choice, self.presences))
        for digest in found.digests:
            self.blobs.remove(digest)
        try:
            self.index.refresh()
            return self._clear(choice)
        except sqlite3.Error:
            if choice != Choice():
                raise
        self.index.discard()
        return found.count

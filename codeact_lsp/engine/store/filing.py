"""How values and results come into the store."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from codeact_lsp.engine.outcomes.outcome import Read
from codeact_lsp.engine.reuse.call_parts import CallParts
from codeact_lsp.engine.reuse.witness import TIME_ZONE, observe_all, said_path
from codeact_lsp.engine.store.blobs import Blobs, Draft
from codeact_lsp.engine.store.entries import enter, note_unkept
from codeact_lsp.engine.store.entry import Entry
from codeact_lsp.engine.store.index import Index
from codeact_lsp.engine.store.reasons import FAILED
from codeact_lsp.engine.store.usage import Usage
from codeact_lsp.engine.values import Blob, Result


@dataclass(frozen=True)
class Filing:
    """Puts files into their places and tells the index; a run goes on where that cannot be told.

    Attributes:
        secret: The user's, with which entries are marked.
        clock: The time in nanoseconds since the epoch.
        complain: Told why the index could not be written to.
    """

    index: Index
    blobs: Blobs
    usage: Usage
    secret: bytes
    clock: Callable[[], int]
    complain: Callable[[Exception], None]

    def keep(self, draft: Draft) -> Blob:
        """See `Store.keep`."""
        blob = draft.digested()
        self._file(draft, blob)
        return blob

    def keep_result(
        self, draft: Draft, call: CallParts, made: Callable[[Blob], Result], reads: Iterable[Read]
    ) -> Result:
        """See `Store.keep_result`."""
        blob = draft.digested()
        result = made(blob)
        entry = self._entry(result, reads)
        self._file(draft, blob, lambda index: self._enter(index, call, entry))
        return result

    def save(self, call: CallParts, result: Result, reads: Iterable[Read]) -> bool:
        """See `Store.save`."""
        entry = self._entry(result, reads)
        try:
            self.index.write(lambda index: self._enter(index, call, entry))
        except sqlite3.Error as error:
            self.complain(error)
            return False
        return isinstance(entry, Entry)

    def note_failure(self, call: CallParts) -> None:
        """See `Store.note_failure`."""
        try:
            self.index.write(lambda index: note_unkept(index, self.secret, call, FAILED))
        except sqlite3.Error as error:
            self.complain(error)

    def _entry(self, result: Result, reads: Iterable[Read]) -> Entry | Read:
        """What is to be stored, or what was read and is not as it was any more."""
        seen = observe_all((*reads, TIME_ZONE))
        return seen if isinstance(seen, Read) else Entry(result, seen, self.clock() / 1e9)

    def _enter(self, index: sqlite3.Connection, call: CallParts, entry: Entry | Read) -> None:
        if isinstance(entry, Entry):
            enter(index, self.secret, call, entry)
        else:
            # A large file is not known for certain either if it was written a moment before.
            why = f"{said_path(entry.path, call.file)} changed while it ran, or just before"
            note_unkept(index, self.secret, call, why)

    def _file(
        self, draft: Draft, blob: Blob, also: Callable[[sqlite3.Connection], None] | None = None
    ) -> None:
        def work(index: sqlite3.Connection) -> None:
            self.blobs.take(draft, blob)
            self.usage.know(index, blob)
            if also:
                also(index)

        try:
            self.index.write(work)
        except sqlite3.Error as error:  # The run can go on; that it is not known shortens its life.
            self.complain(error)
            if draft.path.exists():
                self.blobs.take(draft, blob)

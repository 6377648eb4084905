"""The store: values under their digest, and an index of which call made which value.

An entry holds only as long as what the node was seen to read is as it was, and only if it carries
the mark of this user's own secret: a store that came with a repository proves nothing.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from codeact_lsp.engine.outcomes.outcome import Read
from codeact_lsp.engine.reuse.call_parts import CallParts
from codeact_lsp.engine.store.answers import Hit, Miss, Stored, Troubles
from codeact_lsp.engine.store.blobs import Blobs, DamagedError, Draft
from codeact_lsp.engine.store.bound import DEFAULT_BYTES, remove, taken
from codeact_lsp.engine.store.catalogue import Choice, stored
from codeact_lsp.engine.store.clearing import Clearing
from codeact_lsp.engine.store.filing import Filing
from codeact_lsp.engine.store.index import Index
from codeact_lsp.engine.store.lookup import Recall, Rows, by_key, last_rows, notes_of, rows_of
from codeact_lsp.engine.store.presence import Presence
from codeact_lsp.engine.store.reasons import code_of
from codeact_lsp.engine.store.room import is_shortage, shortage
from codeact_lsp.engine.store.secret import user_secret
from codeact_lsp.engine.store.upkeep import Upkeep
from codeact_lsp.engine.store.usage import Lease, Usage
from codeact_lsp.engine.values import Blob, Result
from codeact_lsp.engine.workspace.folders import data_folder

_GONE = "its stored value is gone"
# Servers have a few plans open; a row has some 2,000 characters, a picture a hundred times as many.
_MOST_PLANS_KEPT = 8
_MOST_CHARACTERS_KEPT = 8_000_000
_UNKEPT = "What runs now runs again next time."


class Store:
    """Blobs and index in one folder; safe to use from several threads and processes.

    Attributes:
        folder: Where it is.
        most_bytes: How large it may be after a run.
        troubles: What people should know of it.
    """

    def __init__(
        self,
        folder: Path,
        most_bytes: int = DEFAULT_BYTES,
        clock: Callable[[], int] = time.time_ns,
        temporary: "TemporaryDirectory[str] | None" = None,
    ) -> None:
        """Open the store, creating it if need be.

        Args:
            folder: Where it is.
            most_bytes: How large it may be after a run.
            clock: The time in nanoseconds since the epoch; it may jump.
            temporary: A folder to remove at the end.

        Raises:
            OSError: The folder cannot be used.
            sqlite3.Error: The index cannot be used.
        """
        self.folder = folder
        self.most_bytes = most_bytes
        self.troubles = Troubles()
        self._clock = clock
        self._temporary = temporary
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        secret = user_secret(data_folder())
        if secret.trouble:
            self.troubles.note(secret.trouble)
        self._secret = secret.key
        self._blobs = Blobs(folder / "blobs")
        self._live = folder / "live"
        self._presence = Presence(self._live)
        try:
            self._index = Index(folder, self.troubles)
        except BaseException:
            self._presence.close()
            raise
        self._kept: dict[str, Rows] = {}
        self._usage = Usage(self._index, self._blobs, self._presence, clock)
        self._filing = Filing(
            self._index, self._blobs, self._usage, self._secret, clock, self._complain
        )

    def close(self) -> None:
        """Close it."""
        self._index.close()
        self._presence.close()
        if self._temporary:
            self._temporary.cleanup()

    def lease(self) -> Lease:
        """Keep what is looked up or kept from now on from being removed, by whatever process."""
        try:
            return self._usage.lease()
        except (OSError, sqlite3.Error) as error:
            self._complain(error)
            return Lease(0, lambda _: None)

    def draft(self) -> Draft:
        """A place for a value to be written to."""
        return Draft(self.folder / "drafts", self._presence.token)

    def keep(self, draft: Draft) -> Blob:
        """File a finished draft under the digest of its content.

        Raises:
            DiscardedError: It was discarded meanwhile.
            OSError: It cannot be filed.
        """
        return self._filing.keep(draft)

    def keep_result(
        self, draft: Draft, call: CallParts, made: Callable[[Blob], Result], reads: Iterable[Read]
    ) -> Result:
        """As `keep` and then `save`, at the cost of one of them.

        Args:
            draft: The value.
            call: What it came of.
            made: Makes a result of the value.
            reads: What the node was seen to read.
        """
        return self._filing.keep_result(draft, call, made, reads)

    def open_blob(self, blob: Blob) -> int:
        """A read-only descriptor of a value, which is digested if this process never did so.

        Raises:
            OSError: The value is not there any more, or damaged.
        """
        try:
            return self._blobs.open(blob)
        except DamagedError:
            self._drop(blob)
            raise

    def opens_at_once(self, blob: Blob) -> bool:
        """Whether a value can be opened without being digested."""
        return self._blobs.trusts(blob)

    def look_up(self, call: CallParts) -> Hit | Miss:
        """The result of an earlier call with equal parts, if it still holds."""
        return self.look_up_many([call])[0]

    def look_up_many(self, calls: Sequence[CallParts]) -> list[Hit | Miss]:
        """The results of several calls."""
        keys = [call.key for call in calls]
        try:
            rows = self._index.read(lambda index: rows_of(index, keys))
            recall = self._recall(Rows(None, by_key(rows)))
            return self.held([recall.look_up(call) for call in calls])
        except sqlite3.Error as error:
            self._complain(error)
            return [Miss(f"the store cannot be read: {error}")] * len(calls)

    def recall(self, file: str) -> Recall:
        """Read ahead what the nodes of a plan are likely to ask for.

        Args:
            file: The plan's path.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        version = self._index.version()
        rows = self._kept.get(file)
        if rows is None or version is None or rows.version != version:
            read = self._index.read(lambda index: last_rows(index, file))
            rows = Rows(version, by_key(read))
            self._keep(file, rows)
        return self._recall(rows)

    def codes(self, file: str, node: str) -> list[str]:
        """The code keys of the calls of a plan's node that made a value, the latest first."""
        try:
            notes = self._index.read(lambda index: notes_of(index, self._secret, file, node))
        except sqlite3.Error as error:
            self._complain(error)
            return []
        return [code for note in notes.values() if (code := code_of(note))]

    def held(self, found: Iterable[Hit | Miss]) -> list[Hit | Miss]:
        """The same answers, once no process can remove the values of hits while a lease lasts."""
        found = list(found)
        try:
            lost = self._usage.hold(hit.result.blob for hit in found if isinstance(hit, Hit))
        except sqlite3.Error as error:
            self._complain(error)
            return found
        if not lost:
            return found
        return [
            Miss(_GONE) if isinstance(each, Hit) and each.result.blob in lost else each
            for each in found
        ]

    def save(self, call: CallParts, result: Result, reads: Iterable[Read]) -> bool:
        """Remember the result of a call, if the store and the files that the node read allow it.

        Returns:
            False if a file changed while the node read it, or if the store cannot be written to.
        """
        return self._filing.save(call, result, reads)

    def note_failure(self, call: CallParts) -> None:
        """Remember of a call that it failed, which is why it will miss."""
        self._filing.note_failure(call)

    def tidy(self) -> None:
        """Make the store small enough, and once a day remove what crashes left behind."""
        upkeep = Upkeep(self.folder, self._blobs, self.most_bytes, self._clock())
        try:
            if self._index.read(upkeep.is_due):
                self._index.write(upkeep.work)
        except sqlite3.Error as error:
            self._complain(error)

    def stored(self) -> list[Stored]:
        """What it holds for this user.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        return self._index.read(lambda index: list(stored(index, self._secret)))

    @property
    def size(self) -> int:
        """How many bytes all values take on the disk.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        return self._index.read(taken)

    def clear(self, choice: Choice = Choice()) -> int:  # noqa: B008 - it is immutable.
        """Forget results, and tell how many; values that a run needs stay until it has ended.

        Raises:
            sqlite3.Error: The index cannot be used.
        """
        return Clearing(self.folder, self._live, self._index, self._blobs).clear(choice)

    def _recall(self, rows: Rows) -> Recall:
        return Recall(self._index, self._secret, self._blobs, rows)

    def _keep(self, file: str, rows: Rows) -> None:
        """Keep what was read of a plan: as long as the index does not change it can be told so."""
        if file not in self._kept and len(self._kept) >= _MOST_PLANS_KEPT:
            self._kept.clear()
        if rows.characters <= _MOST_CHARACTERS_KEPT:
            self._kept[file] = rows

    def _drop(self, blob: Blob) -> None:
        """Remove a value that is damaged, so that it is made anew."""

        def work(index: sqlite3.Connection) -> None:
            if not self._blobs.holds(blob):  # Nobody has made it anew already.
                remove(index, self._blobs, [blob.digest])

        try:
            self._index.write(work)
        except sqlite3.Error as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        if is_shortage(error, self.folder):
            self.troubles.note_once("no room", lambda: f"{_UNKEPT} {shortage(self.folder)}")
        else:
            self.troubles.note(f"Results cannot be kept in {self.folder}: {error}. {_UNKEPT}")

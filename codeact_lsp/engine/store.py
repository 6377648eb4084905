"""The store: values under their digest, and an index of which call made which value.

A call is known by its key: the node's code key, its inputs, the interpreter. An entry holds only as
long as the files that the node was seen to read are as they were, and only if it carries the mark
of this user's own key: a store that came with a repository proves nothing.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from codeact_lsp.engine.outcome import Read
from codeact_lsp.engine.values import Blob, Preview, Result, Usage
from codeact_lsp.engine.witness import Witness, file_digest, holds, observe

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY, entry TEXT NOT NULL, mark TEXT NOT NULL, used REAL NOT NULL
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """The store holds a value that still holds."""

    result: Result


@dataclass(frozen=True, slots=True)
class Miss:
    """The store holds no such value, and why."""

    why: str


class Draft:
    """A value that is being written: a descriptor to write to, and its file until it is kept."""

    def __init__(self, folder: Path) -> None:
        self.descriptor, name = tempfile.mkstemp(prefix="draft-", dir=folder)
        self.path = Path(name)

    def discard(self) -> None:
        """Close the descriptor and remove the file, if it was not kept."""
        os.close(self.descriptor)
        self.path.unlink(missing_ok=True)


class Store:
    """Blobs and index in one folder; safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Open the store, creating it if need be.

        Raises:
            OSError: The folder cannot be used.
            sqlite3.Error: The index cannot be used.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._blobs = folder / "blobs"
        self._blobs.mkdir(exist_ok=True, mode=0o700)
        self._key = _user_key(folder / "key")
        self._lock = threading.Lock()
        self._index = _open_index(folder / "index.sqlite")

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def draft(self) -> Draft:
        """A place for a value to be written to."""
        return Draft(self._blobs)

    def keep(self, draft: Draft) -> Blob:
        """File a finished draft under the digest of its content."""
        digest, size = file_digest(draft.path)
        target = self._path(digest)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        draft.path.replace(target)
        target.chmod(0o400)
        return Blob(digest, size)

    def open_blob(self, blob: Blob) -> int:
        """A read-only descriptor of a value.

        Raises:
            OSError: The value is not there any more.
        """
        return os.open(self._path(blob.digest), os.O_RDONLY | os.O_CLOEXEC)

    def look_up(self, key: str) -> Hit | Miss:
        """The result of an earlier call with this key, if it still holds."""
        try:
            with self._lock:
                row = self._index.execute(
                    "SELECT entry, mark FROM entries WHERE key = ?", (key,)
                ).fetchone()
        except sqlite3.Error as error:
            return Miss(f"the store cannot be read: {error}")
        if row is None:
            return Miss("this code has not run on these inputs yet")
        entry, mark = row
        if not hmac.compare_digest(self._mark(key, entry).encode(), str(mark).encode()):
            return Miss("its stored result was not made by you")
        try:
            return self._checked(json.loads(entry))
        except (KeyError, TypeError):
            return Miss("its stored result was made by another version")

    def _checked(self, entry: dict[str, Any]) -> Hit | Miss:
        for witness in (Witness(**fields) for fields in entry["witnesses"]):
            if not holds(witness, entry["made"]):
                return Miss(f"{Path(witness.path).name} has changed")
        result = _result(entry["result"])
        try:
            if self._path(result.blob.digest).stat().st_size == result.blob.size:
                return Hit(result)
        except OSError:
            return Miss("its stored value is gone")
        return Miss("its stored value is damaged")

    def save(self, key: str, result: Result, reads: Iterable[Read]) -> bool:
        """Remember the result of a call, if the store and the files that the node read allow it.

        Returns:
            False if a file changed while the node read it, or if the store cannot be written to.
        """
        witnesses = [observe(read) for read in reads]
        if any(witness is None for witness in witnesses):
            return False
        entry = json.dumps(
            {
                "result": asdict(result),
                "witnesses": [asdict(witness) for witness in witnesses if witness],
                "made": time.time(),
            }
        )
        try:
            with self._lock, self._index:
                self._index.execute(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)",
                    (key, entry, self._mark(key, entry), time.time()),
                )
        except sqlite3.Error:
            return False
        return True

    def clear(self) -> None:
        """Forget everything."""
        with self._lock, self._index:
            self._index.execute("DELETE FROM entries")
        for path in self._all_blobs():
            path.unlink(missing_ok=True)

    def _all_blobs(self) -> Iterator[Path]:
        return (path for path in self._blobs.rglob("*") if path.is_file())

    def _path(self, digest: str) -> Path:
        return self._blobs / digest[:2] / digest[2:]

    def _mark(self, key: str, entry: str) -> str:
        return hmac.new(self._key, f"{key}\n{entry}".encode(), hashlib.sha256).hexdigest()


def _open_index(path: Path) -> sqlite3.Connection:
    index = sqlite3.connect(path, check_same_thread=False, timeout=10)
    try:
        index.execute("PRAGMA journal_mode=WAL")
        index.execute("PRAGMA synchronous=NORMAL")
        with index:
            index.execute(_SCHEMA)
    except sqlite3.Error:
        index.close()
        raise
    return index


def _user_key(path: Path) -> bytes:
    """The user's secret; made on first use, all at once so that two processes agree."""
    if path.exists():
        return path.read_bytes()
    with contextlib.suppress(FileExistsError):
        temporary = path.with_name(f"key-{secrets.token_hex(8)}")
        temporary.touch(mode=0o600)
        temporary.write_bytes(secrets.token_bytes(32))
        try:
            os.link(temporary, path)
        finally:
            temporary.unlink()
    return path.read_bytes()


def _result(fields: dict[str, Any]) -> Result:
    parts = {
        "blob": Blob(**fields["blob"]),
        "preview": Preview(**fields["preview"]),
        "usage": Usage(**fields["usage"]),
        "carries": tuple(fields["carries"]),
    }
    return Result(**{**fields, **parts})

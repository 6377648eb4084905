"""Files and folders that a node was observed to read: its result holds as long as they do."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.engine.outcome import Read

# A file changed within the same tick of its clock looks unchanged; below this age, look inside.
_RACY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Witness:
    """A file as the node read it, or a folder as it listed it; `size` is -1 if there was none."""

    path: str
    size: int
    modified: int
    digest: str


def observe(read: Read) -> Witness | None:
    """The file as it was read; None if it is not that file any more."""
    current = _state(read.path)
    if current != read.state:
        return None
    if current is None:
        return Witness(read.path, -1, 0, "")
    try:
        return Witness(read.path, *current, _content(Path(read.path)))
    except OSError:
        return None


def _content(path: Path) -> str:
    """A digest of what a file holds, or of the names in a folder.

    Raises:
        OSError: It is neither, or cannot be read.
    """
    if path.is_dir():
        names = "/".join(sorted(entry.name for entry in path.iterdir()))
        return hashlib.blake2b(os.fsencode(names), digest_size=32).hexdigest()
    if not path.is_file():
        raise FileNotFoundError(path)
    return file_digest(path)[0]


def holds(witness: Witness, made: float) -> bool:
    """Whether the file or folder is still as it was read.

    Args:
        witness: What was read.
        made: When the result was stored, in seconds since the epoch.
    """
    current = _state(witness.path)
    if current is None or witness.size < 0:
        return current is None and witness.size < 0
    settled = made - witness.modified / 1e9 > _RACY_SECONDS
    if current == (witness.size, witness.modified) and settled:
        return True
    if current[0] != witness.size:
        return False
    try:
        return _content(Path(witness.path)) == witness.digest
    except OSError:
        return False


def _state(path: str) -> tuple[int, int] | None:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):  # Not there, or no path at all.
        return None
    return status.st_size, status.st_mtime_ns


def file_digest(path: Path) -> tuple[str, int]:
    """Digest of a file's content, and its size in bytes."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "blake2b")
        return digest.hexdigest()[:64], file.tell()

"""The user's secret, with which entries are marked: who does not have it can make none.

It lies apart from the results, so that a folder of results which came from elsewhere cannot have
brought it along.
"""

import contextlib
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_BYTES = 32
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Secret:
    """The secret, and what people should know of it; None if all is well."""

    key: bytes
    trouble: str | None = None


def user_secret(folder: Path) -> Secret:
    """The secret in `folder`, made on first use; one for this process if none can be kept there."""
    path = folder / "key"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _kept(path)
    except OSError as error:
        return Secret(
            _of_this_process(),
            f"The key of your results cannot be kept in {folder}: {error.strerror or error}. "
            "Results are reused until this process ends. Make the folder writable, or name "
            "another one in CODEACT_DATA_DIR.",
        )


def _kept(path: Path) -> Secret:
    trouble = None
    if path.exists() and (trouble := _fault(path)):
        path.unlink()
    if not path.exists():
        _make(path)
    if fault := _fault(path):
        raise OSError(fault)
    return Secret(path.read_bytes(), trouble)


def _fault(path: Path) -> str | None:
    """Why a secret is none; None if it is one."""
    status = path.stat()
    if status.st_uid != os.geteuid():
        return f"{path} belongs to another user"
    if status.st_mode & _OTHERS or status.st_size != _BYTES:
        why = "is damaged" if status.st_size != _BYTES else "could be read by others"
        return f"The key {path} {why}. There is a new one now, and earlier results are not reused."
    return None


def _make(path: Path) -> None:
    """Make a secret all at once, so that of two processes both take that of the first."""
    temporary = path.with_name(f"key-{secrets.token_hex(8)}")
    temporary.touch(mode=0o600)
    try:
        temporary.write_bytes(secrets.token_bytes(_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink()


@cache
def _of_this_process() -> bytes:
    return secrets.token_bytes(_BYTES)

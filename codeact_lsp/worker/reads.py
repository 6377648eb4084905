"""Which files a node reads: the witnesses that tell later whether its result still holds."""

import importlib.util
import os
import sys
from typing import Any

_MOST_FILES = 1_000


class Reads:
    """Notes, through an audit hook, every file that is opened for reading.

    An audit hook cannot be removed, so `active` says whether it notes anything.
    """

    def __init__(self) -> None:
        self.active = False
        self._seen: dict[str, list[int] | None] = {}
        prefixes = {os.path.realpath(path) for path in (sys.prefix, sys.base_prefix)}
        self._ignored = tuple(f"{prefix.rstrip(os.sep)}{os.sep}" for prefix in prefixes)
        sys.addaudithook(self._hook)

    def as_list(self) -> list[list[Any]]:
        """`[path, [size, modification time in ns] or None if it did not exist]` for each file."""
        return [[path, state] for path, state in self._seen.items()]

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or not self.active:
            return
        self.active = False  # Looking at the file must not be noted as reading it.
        try:
            self._note(*arguments[:3])
        finally:
            self.active = True

    def _note(self, path: Any, mode: Any, flags: Any) -> None:
        if not isinstance(path, str | bytes | os.PathLike) or len(self._seen) >= _MOST_FILES:
            return
        writes = flags & (os.O_WRONLY | os.O_RDWR) if isinstance(flags, int) else 0
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            return
        name = _source(os.path.realpath(os.fsdecode(path)))
        if name not in self._seen and not name.startswith((*self._ignored, "/proc/", "/dev/")):
            self._seen[name] = _state(name)


def _source(path: str) -> str:
    """The source behind a compiled module: that is what an edit changes."""
    try:
        return importlib.util.source_from_cache(path) if path.endswith(".pyc") else path
    except ValueError:
        return path


def _state(path: str) -> list[int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]

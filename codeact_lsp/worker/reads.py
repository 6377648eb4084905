"""Which files a node reads and folders it lists: what tells later whether its result holds."""

import importlib.util
import os
import sys
from typing import Any

from . import installed

_MOST_FILES = 1_000
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_IMPORTER = "<frozen importlib._bootstrap_external>"


class Reads:
    """Notes, through an audit hook, every file that is opened for reading, and folders listed.

    An audit hook cannot be removed, so `active` says whether it notes anything.
    """

    def __init__(self) -> None:
        self.active = False
        self._seen: dict[str, list[int] | None] = {}
        self._ignored = (*installed.folders(), "/proc/", "/dev/")
        sys.addaudithook(self._hook)

    def as_list(self) -> list[list[Any]]:
        """`[path, [size, modification time in ns] or None if it did not exist]` for each file."""
        return [[path, state] for path, state in self._seen.items()]

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.active or (event != "open" and event not in _LISTINGS):
            return
        self.active = False  # Looking at the file must not be noted as reading it.
        try:
            if event == "open":
                self._opened(*arguments[:3])
            elif _asker() != _IMPORTER:  # It looks into every folder.
                self._note("." if arguments[0] is None else arguments[0])
        finally:
            self.active = True

    def _opened(self, path: Any, mode: Any, flags: Any) -> None:
        writes = flags & (os.O_WRONLY | os.O_RDWR) if isinstance(flags, int) else 0
        if not writes and not (isinstance(mode, str) and set(mode) & set("wax+")):
            self._note(path)

    def _note(self, path: Any) -> None:
        if not isinstance(path, str | bytes | os.PathLike) or len(self._seen) >= _MOST_FILES:
            return
        name = _source(os.path.realpath(os.fsdecode(path)))
        if name not in self._seen and not name.startswith(self._ignored):
            self._seen[name] = _state(name)


def _asker() -> str:
    """The file of the code whose doing the audit hook is told of."""
    return sys._getframe(2).f_code.co_filename  # noqa: SLF001 - there is no public way.


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

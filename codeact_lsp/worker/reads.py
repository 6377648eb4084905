"""Which files a node reads and folders it lists: what tells later whether its result holds."""

import importlib.util
import os
import sys
import threading
import urllib.parse
from typing import Any

from . import installed

_MOST_FILES = 1_000
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_WATCHED = _LISTINGS | {"open", "sqlite3.connect"}
_IMPORTER = "<frozen importlib._bootstrap_external>"


class Reads:
    """Notes, through an audit hook, every file that is opened for reading, and folders listed.

    An audit hook cannot be removed, so `active` says whether it notes anything.
    """

    def __init__(self) -> None:
        self.active = False
        self._looking = threading.local()
        self._seen: dict[str, list[int] | None] = {}
        self._ignored = (*installed.folders(), "/proc/", "/dev/")
        sys.addaudithook(self._hook)

    def as_list(self) -> list[list[Any]] | None:
        """What was read, or None if that was too much to keep an eye on.

        Returns:
            For each file `[path, [size, modification time in ns]]`, or `[path, None]` if it did
            not exist.
        """
        if len(self._seen) > _MOST_FILES:
            return None
        return [[path, state] for path, state in self._seen.items()]

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.active or event not in _WATCHED:
            return
        if getattr(self._looking, "now", False):
            return  # Looking at a file must not be noted as reading it.
        self._looking.now = True
        try:
            if event == "open":
                self._opened(arguments[0], arguments[2])
            elif event == "sqlite3.connect":
                self._note(_database(arguments[0]))
            elif _asker() != _IMPORTER:  # It looks into every folder.
                self._note("." if arguments[0] is None else arguments[0])
        finally:
            self._looking.now = False

    def _opened(self, path: Any, flags: Any) -> None:
        if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_TRUNC):
            self._note(path)

    def _note(self, path: Any) -> None:
        if not isinstance(path, str | bytes | os.PathLike) or len(self._seen) > _MOST_FILES:
            return
        # As it was named, so that a link that comes to lead elsewhere is noticed.
        name = _source(os.path.abspath(os.fsdecode(path)))
        if name not in self._seen and not os.path.realpath(name).startswith(self._ignored):
            self._seen[name] = _state(name)


def _asker() -> str:
    """The file of the code whose doing the audit hook is told of."""
    return sys._getframe(2).f_code.co_filename  # noqa: SLF001 - there is no public way.


def _database(name: Any) -> Any:
    """The file behind the name of a SQLite database."""
    text = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else ""
    return urllib.parse.unquote(text.removeprefix("file:").partition("?")[0]) or None


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

"""Looking at files without opening them, and at variables: no audit event tells of either."""

import os
import types
from collections.abc import Callable
from typing import Any

from .askers import Askers, asker, module_of
from .gate import Gate, replace
from .reads import WHOLE, Reads
from .writes import Writes, absolute

_PATHS = frozenset({"genericpath", "pathlib", "pathlib._abc", "pathlib._local", "posixpath"})
_TIMES = frozenset({"getatime", "getctime", "getmtime"})
_STATUS = frozenset({"", "lstat", "stat"})
_KINDS = frozenset(
    {"exists", "is_dir", "is_file", "is_mount", "is_symlink", "isdir", "isfile", "islink"}
) | {"_joinrealpath", "absolute", "glob", "ismount", "lexists", "realpath", "resolve", "rglob"}
# It looks whether the sources behind a traceback have changed.
_READER_OF_SOURCES = "linecache"
_FOLLOWING_SETS = (
    os.supports_dir_fd,
    os.supports_effective_ids,
    os.supports_fd,
    os.supports_follow_symlinks,
)


class Lookups:
    """Puts functions that tell of themselves in the place of those that look things up."""

    def __init__(self, reads: Reads, writes: Writes, askers: Askers, gate: Gate) -> None:
        self._reads = reads
        self._writes = writes
        self._askers = askers
        self._stat = os.stat
        self._own_variables: set[str] = set()
        self._looked = gate.guarded(self._note_look)
        self._accessed = gate.guarded(self._note_access)
        self._followed = gate.guarded(self._note_link)
        self._variable = gate.guarded(self._note_variable)
        self._set = gate.guarded(self._own_variables.add)

    def watch(self) -> None:
        """Begin to watch."""
        for name in ("stat", "lstat"):
            replace(os, name, self._status, *_FOLLOWING_SETS)
        replace(os, "access", self._access, *_FOLLOWING_SETS)
        replace(os, "readlink", self._readlink, *_FOLLOWING_SETS)
        # The class is private, but `os.environ` is an instance of it in every Python that runs.
        variables = type(os.environ)
        replace(variables, "__getitem__", self._getting)
        replace(variables, "__setitem__", self._setting)
        replace(variables, "__delitem__", self._setting)
        for name in ("__iter__", "__len__"):
            replace(variables, name, self._going_through)

    def look(self, path: str) -> None:
        """Note whether there is a file or a folder at a path."""
        self._reads.looked(path, self._status_of(path), "kind")

    def _status(self, before: Callable[..., Any]) -> Callable[..., Any]:
        of_links = {"follow_symlinks": False} if before.__name__ == "lstat" else {}

        def looked(path: Any, *arguments: Any, **named: Any) -> Any:
            try:
                status = before(path, *arguments, **named)
            except OSError:
                self._looked(path, None, {**named, **of_links})
                raise
            self._looked(path, status, {**named, **of_links})
            return status

        return looked

    def _access(self, before: Callable[..., Any]) -> Callable[..., Any]:
        def accessed(path: Any, *arguments: Any, **named: Any) -> Any:
            self._accessed(path, named)
            return before(path, *arguments, **named)

        return accessed

    def _readlink(self, before: Callable[..., Any]) -> Callable[..., Any]:
        def readlink(path: Any, **named: Any) -> Any:
            try:
                target = before(path, **named)
            except OSError:
                self._followed(path, None, named)
                raise
            self._followed(path, target, named)
            return target

        return readlink

    def _getting(self, before: Callable[..., Any]) -> Callable[..., Any]:
        def get(variables: Any, name: Any) -> Any:
            self._variable(name)
            return before(variables, name)

        return get

    def _setting(self, before: Callable[..., Any]) -> Callable[..., Any]:
        def change(variables: Any, name: Any, *value: Any) -> Any:
            before(variables, name, *value)
            self._set(os.fsdecode(name))

        return change

    def _going_through(self, before: Callable[..., Any]) -> Callable[..., Any]:
        def go_through(variables: Any) -> Any:
            self._variable(WHOLE)
            return before(variables)

        return go_through

    def _note_look(self, path: Any, status: os.stat_result | None, named: dict[str, Any]) -> None:
        if isinstance(path, int):
            return  # It was noted when it was opened.
        name = absolute(path, named.get("dir_fd") or -1)
        frame, function = _path_function(asker())
        if name is None or self._writes.is_own(name) or _reads_sources(frame):
            return
        detail = self._detail(function, frame)
        self._reads.looked(name, status, detail, follow=bool(named.get("follow_symlinks", True)))

    def _detail(self, function: str, frame: types.FrameType | None) -> str:
        """What of a status counts: libraries look at times to see what they have not seen yet."""
        if function in _KINDS:
            return "kind"
        asks_all = function in _STATUS and self._askers.is_own(frame)
        return "status" if asks_all or function in _TIMES else "size"

    def _note_access(self, path: Any, named: dict[str, Any]) -> None:
        name = absolute(path, named.get("dir_fd") or -1)
        if name is None or self._writes.is_own(name):
            return
        self._reads.looked(name, self._status_of(name), "mode")

    def _note_link(self, path: Any, target: str | bytes | None, named: dict[str, Any]) -> None:
        name = absolute(path, named.get("dir_fd") or -1)
        if name is not None and not self._writes.is_own(name):
            self._reads.followed(name, None if target is None else os.fsencode(target))

    def _status_of(self, path: str) -> os.stat_result | None:
        try:
            return self._stat(path)
        except OSError:
            return None

    def _note_variable(self, name: Any) -> None:
        text = os.fsdecode(name) if isinstance(name, str | bytes) else ""
        if text and text not in self._own_variables:
            self._reads.variable(text)


def _path_function(frame: types.FrameType | None) -> tuple[types.FrameType | None, str]:
    """Who asked, and by which function of the modules that deal with paths."""
    function = ""
    while frame is not None and module_of(frame) in _PATHS:
        function = frame.f_code.co_name
        frame = frame.f_back
    return frame, function


def _reads_sources(frame: types.FrameType | None) -> bool:
    return frame is not None and module_of(frame) == _READER_OF_SOURCES

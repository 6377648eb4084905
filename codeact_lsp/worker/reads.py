"""What a node looks at: what tells later whether its result holds."""

import importlib.util
import os
import stat
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import installed

_MOST = 2_000
# Nothing is kept in them.
_DEVICES = ("/proc/", "/dev/", "/sys/")
_MEMORY = "/dev/shm/"  # noqa: S108 - only compared with.
_DETAILS: Mapping[str, Callable[[os.stat_result], list[int]]] = {
    "kind": lambda status: [stat.S_IFMT(status.st_mode)],
    "mode": lambda status: [status.st_mode],
    "size": lambda status: [stat.S_IFMT(status.st_mode), status.st_size],
    "status": lambda status: [status.st_mode, status.st_size, status.st_mtime_ns],
}
WHOLE = "*"
"""Stands for all variables of the environment."""


class Reads:
    """Notes files that are read, folders that are listed, what is looked up, and variables."""

    def __init__(self) -> None:
        self._files: dict[str, list[int] | None] = {}
        self._looks: dict[tuple[str, str], list[int] | None] = {}
        self._variables: set[str] = set()
        self._ignored = (*installed.folders(), *_DEVICES)
        self._names: dict[str, str | None] = {}
        self._visible: tuple[str, ...] = ("/",)

    def confine(self, visible: Iterable[str]) -> None:
        """What lies in none of the folders `visible`, which are no links, has no effect."""
        self._visible = tuple(f"{path}/" for path in visible)

    @property
    def too_many(self) -> bool:
        """Whether that was too much to keep an eye on."""
        return len(self._files) + len(self._looks) + len(self._variables) > _MOST

    def as_dict(self) -> dict[str, Any]:
        """What was read, unless it was too much.

        Returns:
            `reads`: for each file or folder its path and `[size, modification time in ns]`, or None
            if it did not exist; `looks`: what was asked, of which path, and the answer;
            `variables`: names.
        """
        if self.too_many:
            return {"reads": [], "looks": [], "variables": []}
        return {
            "reads": [[path, state] for path, state in self._files.items()],
            "looks": [[what, path, state] for (what, path), state in self._looks.items()],
            "variables": sorted(self._variables),
        }

    def opened(self, path: str) -> None:
        """The content of a file, or the names in a folder."""
        name = self._watched(_source(path))
        if name is not None and name not in self._files:
            self._files[name] = _state(name)

    def looked(
        self, path: str, status: os.stat_result | None, detail: str, *, follow: bool = True
    ) -> None:
        """Something about a path: `status` is what was found, of which `detail` counts."""
        name = self._watched(path)
        if name is not None:
            what = detail if follow else f"link {detail}"
            answer = _DETAILS[detail](status) if status else None
            self._looks.setdefault((what, name), answer)

    def followed(self, path: str, target: bytes | None) -> None:
        """Where a link leads; None if there is no link."""
        name = self._watched(path)
        if name is not None:
            answer = None if target is None else [len(target), zlib.crc32(target)]
            self._looks.setdefault(("target", name), answer)

    def variable(self, name: str) -> None:
        """A variable of the environment, or all; those that begin with PYTHON are the worker's."""
        if not self.too_many and WHOLE not in self._variables and not name.startswith("PYTHON"):
            self._variables.add(name)

    def _watched(self, path: str) -> str | None:
        """The path, if changes of it are of interest.

        As it was named, so that a link that comes to lead elsewhere is noticed.
        """
        if self.too_many:
            return None
        if path not in self._names:
            path.encode()  # A name that is no text cannot be told of.
            real = f"{os.path.realpath(path)}/"
            ignored = real.startswith(self._ignored) and not path.startswith(_MEMORY)
            self._names[path] = path if real.startswith(self._visible) and not ignored else None
        return self._names[path]


def _source(path: str) -> str:
    """The source behind a compiled module: that is what an edit changes."""
    try:
        return importlib.util.source_from_cache(path) if path.endswith(".pyc") else path
    except ValueError:
        return path


def _state(path: str) -> list[int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return [status.st_size, status.st_mtime_ns]

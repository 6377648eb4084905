"""Which files are closed since they are secrets under another name: hard links.

A rule is for a name, and a file can have several. What links two of them is the number that the
file system gives the file.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .changes import Changes
from .stamps import Stamp, lasting, stamp_of

File = tuple[int, int]
"""What tells files of the machine apart: a device, and a number on it."""


def several_names(entry: "os.DirEntry[str]") -> File | None:
    """The file that an entry of a folder is, if it has other names as well."""
    status = _status(entry)
    if status is None or not stat.S_ISREG(status.st_mode) or status.st_nlink == 1:
        return None
    return status.st_dev, status.st_ino


@dataclass(slots=True)
class _Folder:
    stamp: Stamp | None
    folders: list[str]
    files: set[File]


class OtherNames:
    """Knows what is closed by its name, of all trees that nodes read."""

    def __init__(self, most: int, changes: Changes | None = None) -> None:
        """Begin with nothing.

        Args:
            most: How many closed folders are looked into.
            changes: What is to count the changes of what is looked at, here and in the trees.
        """
        self._most = most
        self._changes = changes
        self._closed: dict[str, list[str]] = {}
        self._folders: dict[str, _Folder] = {}

    def watch(self, folder: str, stamp: Stamp) -> None:
        """Have the changes of a folder counted, before it is looked at."""
        if self._changes:
            self._changes.watch(folder, stamp[0])

    def close(self, tree: str, paths: list[str]) -> None:
        """Note what of a tree is closed: files, and folders with all that is in them."""
        self._closed[tree] = paths

    def closed(self, names: Mapping[str, File]) -> frozenset[str]:
        """Of the names of files that have several, those that are names of something closed.

        If there is more than is looked into, that may be any of them.
        """
        if not names:
            return frozenset()
        secrets = self._files(path for paths in self._closed.values() for path in paths)
        return frozenset(name for name, file in names.items() if secrets is None or file in secrets)

    def _files(self, paths: Iterable[str]) -> set[File] | None:
        """All files that are closed; None if those are too many to tell."""
        before, self._folders = self._folders, {}
        found: set[File] = set()
        queue = list(paths)
        for path in queue:
            stamp = stamp_of(path)
            folder = before.get(path)
            if folder is None or folder.stamp is None or folder.stamp != stamp:
                if stamp:
                    self.watch(path, stamp)
                folder = _scan(path, stamp)
            self._folders[path] = folder
            found |= folder.files
            queue += folder.folders
            if len(self._folders) > self._most:
                return None
        return found


def _scan(path: str, stamp: Stamp | None) -> _Folder:
    """What is in a folder; a file is one with itself in it."""
    folder = _Folder(lasting(stamp), [], set())
    if stamp is None:
        return folder
    try:
        entries = _entries(path)
    except OSError:  # It is a file, or closed to the user as well.
        folder.files.add(stamp[:2])
        return folder
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            folder.folders.append(entry.path)
        elif status := _status(entry):
            folder.files.add((status.st_dev, status.st_ino))
    return folder


def _entries(path: str) -> list["os.DirEntry[str]"]:
    """The entries of a folder, and not of one that a link leads to."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    os.close(folder)
    with os.scandir(path) as listing:
        return list(listing)


def _status(entry: "os.DirEntry[str]") -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None

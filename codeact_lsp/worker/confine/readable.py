"""Which files of a workspace a node may read: all but secrets, told in as few rules as possible.

A rule can open a folder with all below it, and cannot close anything in there again. So a folder
with a secret in it is split: each of its other entries gets a rule of its own. What is put there
later has none, and stays closed until the next look; so does a secret that is saved anew.
"""

import fnmatch
import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# History holds what was taken back; its settings hold the addresses and tokens of servers.
_CLOSED = frozenset({".git", ".hg", ".svn", ".bzr", ".jj"})
# Large, and made by tools: nobody keeps a secret there.
_TREES = frozenset(
    {
        *("__pycache__", "site-packages", "node_modules", ".venv", "venv", ".tox", ".nox"),
        *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"),
    }
)
# What editors call the copies that they keep of a file while it is changed, and after.
_COPIES = re.compile(
    r"\.(?P<a>.+)\.sw[a-z]|\#(?P<b>.+)\#|(?P<c>.+?)(?:~|\.(?:bak|old|orig|save|backup))"
    r"|(?P<d>.+)-checkpoint(?P<e>\.[^.]*)?",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_HOME = (".bashrc", ".bash_history", ".profile", ".ssh", ".zshrc", ".zsh_history")
_HOMES = frozenset({"/home", "/Users", "/var/home"})
# What the kernel and other processes tell of themselves, in a workspace that is the whole system.
_NO_FILES = frozenset({"/dev", "/proc", "/run", "/sys"})
_MOST_FOLDERS = 20_000
# The workspace's own folder is where new secrets appear, so it is split while that costs little.
_FEW = 256
# A change this soon after another may have the same time.
_TICK = 100_000_000

_Stamp = tuple[int, int, int]


@dataclass(slots=True)
class _Folder:
    """What is in a folder, as paths; what is closed is left out.

    Attributes:
        stamp: What changes with it; None if it may change without.
        split: Whether something in it is closed.
        folders: Those to look into.
        open: Files, and folders that are open without a look.
    """

    stamp: _Stamp | None
    split: bool = False
    folders: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


class Readable:
    """The rules for a workspace, as of the last `refresh`; links are never followed.

    Attributes:
        read: Files that may be read, and folders below which all may be.
        listable: Folders below which all may be listed.
        complete: Whether all was looked at; what was not is closed.
        workspace: Its folder.
    """

    def __init__(self, workspace: str, secrets: Iterable[str], most: int = _MOST_FOLDERS) -> None:
        """Take a workspace, of which nothing is open before the first `refresh`.

        Args:
            workspace: Its folder, an absolute path.
            secrets: Globs, as in `fnmatch`, of paths in it. `**/` stands for any folders, and so
                does nothing at all before a mere name. Case does not count.
            most: How many folders are looked at.
        """
        self.read: list[str] = []
        self.listable: list[str] = []
        self.complete = True
        self.workspace = workspace
        self._most = most
        self._secrets = _Secrets(workspace, secrets)
        self._folders: dict[str, _Folder] = {}

    def refresh(self) -> bool:
        """Look at the folders that have changed since the last time.

        Returns:
            Whether the rules are other ones now.
        """
        before, self._folders = self._folders, {}
        changed = False
        queue = [self.workspace]
        for path in queue:
            stamp, folder = _stamp(path), before.get(path)
            if folder is None or folder.stamp is None or folder.stamp != stamp:
                folder, changed = self._scan(path, stamp), True
            self._folders[path] = folder
            queue += folder.folders
            if len(self._folders) == self._most:
                break
        self.complete = len(self._folders) == len(queue)
        if not changed and len(before) == len(self._folders):
            return False
        rules, self.read = self.read, list(self._rules())
        self.listable = [self.workspace]
        return rules != self.read

    def _scan(self, path: str, stamp: _Stamp | None) -> _Folder:
        """What is in a folder; one that cannot be listed is closed."""
        try:
            with os.scandir(path) as listing:
                entries = list(listing)
        except OSError:
            return _Folder(stamp, split=True)
        folder = _Folder(_lasting(stamp))
        if path == self.workspace:
            folder.split = len(entries) <= _FEW
        for entry in entries:
            if self._secrets.has(entry):
                folder.split = True
            elif entry.is_dir(follow_symlinks=False):
                (folder.open if entry.name in _TREES else folder.folders).append(entry.path)
            elif entry.is_file(follow_symlinks=False):
                folder.open.append(entry.path)
        return folder

    def _rules(self) -> Iterator[str]:
        whole: set[str] = set()
        for path, folder in reversed(self._folders.items()):  # Those below come first.
            if not folder.split and whole.issuperset(folder.folders):
                whole.add(path)
        queue = [self.workspace]
        for path in queue:
            if path in whole:
                yield path
            elif path in self._folders:
                yield from self._folders[path].open
                queue += self._folders[path].folders


class _Secrets:
    """Tells what is closed; names, which most globs are about, are compared all at once."""

    def __init__(self, workspace: str, globs: Iterable[str]) -> None:
        self._hidden = _is_home(workspace)
        self._start = len(workspace.rstrip("/")) + 1
        names = {glob: glob.removeprefix("**/") for glob in globs}
        self._names = _pattern(name for name in names.values() if "/" not in name)
        self._paths = _pattern(
            glob.replace("**/", "*") for glob, name in names.items() if "/" in name
        )

    def has(self, entry: "os.DirEntry[str]") -> bool:
        name = entry.name
        return (
            name in _CLOSED
            or entry.path in _NO_FILES
            or (self._hidden and name.startswith("."))
            or any(map(self._names.match, _names_of(name)))
            or self._paths.match(entry.path, self._start) is not None
        )


def _names_of(name: str) -> Iterator[str]:
    """A name, and that of the file of which it is a copy, if it is one."""
    yield name
    if copy := _COPIES.fullmatch(name):
        yield "".join(filter(None, copy.groups()))
        if copy["a"]:  # Of a hidden file, which has one dot and not two.
            yield f".{copy['a']}"


def _pattern(globs: Iterable[str]) -> re.Pattern[str]:
    """What matches any of some globs; without any, nothing."""
    return re.compile("|".join(map(fnmatch.translate, globs)) or r"(?!)", re.IGNORECASE)


def _is_home(path: str) -> bool:
    """Whether a folder is a user's own, or has those of users in it."""
    return (
        path in {"/", "/root", *_HOMES, os.path.expanduser("~")}
        or os.path.dirname(path) in _HOMES
        or any(os.path.lexists(os.path.join(path, name)) for name in _OF_A_HOME)
    )


def _stamp(path: str) -> _Stamp | None:
    """What changes with a folder's entries; None if it is gone."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_ctime_ns


def _lasting(stamp: _Stamp | None) -> _Stamp | None:
    """A stamp that another change would change; None if it might have the same time."""
    return stamp if stamp and time.time_ns() - stamp[2] > _TICK else None

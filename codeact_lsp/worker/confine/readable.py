"""Which files of a tree a node may read: all but secrets, told in as few rules as possible.

A rule can open a folder with all below it, and cannot close anything in there again. So a folder
with a secret in it is split: each of its other entries gets a rule of its own. What is put there
later has none, and stays closed until the next look; so does a secret that is saved anew.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .other_names import File, OtherNames, several_names
from .secret_names import TREES, SecretNames, is_history
from .stamps import Stamp, lasting, stamp_of

PACKAGES = frozenset({"site-packages", "dist-packages"})
"""Where packages are installed, in which much is called like a secret and is none."""
_COMPILED = "__pycache__"
_UNSEEN = PACKAGES | {_COMPILED}
MOST_FOLDERS = 20_000
"""How many are looked at."""
# The tree's own folder is where new secrets appear, so it is split while that costs little.
_FEW = 256


@dataclass(slots=True)
class _Folder:
    """What is in a folder, as paths.

    Attributes:
        stamp: What changes with it; None if it may change without.
        split: Whether something in it is closed.
        folders: Those to look into.
        open: Files, and folders that are open without a look.
        names: Of the open files those that have other names as well.
        closed: Secrets.
        targets: What links lead to that are secrets by their names.
        again: Whether a secret has a name by which it may have been open so far.
    """

    stamp: Stamp | None
    split: bool = False
    folders: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    names: dict[str, File] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    again: bool = False


class Readable:
    """The rules for a tree, as of the last `refresh`; no link is followed to open something.

    Attributes:
        read: Files that may be read, and folders below which all may be.
        listable: Folders below which all may be listed.
        complete: Whether all was looked at; what was not is closed.
        workspace: Its folder.
    """

    def __init__(
        self,
        workspace: str,
        secrets: Iterable[str],
        most: int = MOST_FOLDERS,
        *,
        others: OtherNames | None = None,
        shallow: bool = False,
    ) -> None:
        """Take a tree, of which nothing is open before the first `refresh`.

        Args:
            workspace: Its folder, an absolute path.
            secrets: Globs, as in `fnmatch`, of paths in it. `**/` stands for any folders, and so
                does nothing at all before a mere name. Case does not count. What begins with `/`
                is a folder, and a glob of names that are closed directly in it.
            most: How many folders are looked at.
            others: What knows of other trees that nodes read, too.
            shallow: Whether only what lies directly in its folder is looked at.
        """
        self.read: list[str] = []
        self.listable: list[str] = []
        self.complete = True
        self.workspace = workspace
        self._most = most
        self._shallow = shallow
        self._secrets = SecretNames(workspace, secrets)
        self._others = others or OtherNames(most)
        self._folders: dict[str, _Folder] = {}
        self._names: dict[str, File] = {}
        self._targets: frozenset[str] = frozenset()
        self._closed: frozenset[str] = frozenset()
        self._changed = False

    def refresh(self) -> bool:
        """Look at the folders that have changed since the last time.

        Returns:
            Whether rules have to be made anew: a file may be another one under the same name.
        """
        self.look()
        return self.settle()

    def look(self) -> None:
        """The first half of `refresh`: what is closed in one tree may have a name in another."""
        self._changed = self._look()
        if self._changed:
            self._sum_up()

    def settle(self) -> bool:
        """The second half, for when all trees have been looked at; returns what `refresh` does."""
        closed = self._targets | self._others.closed(self._names)
        if not self._changed and closed == self._closed:
            return False
        self._closed = closed
        self.read = list(self._rules())
        self.listable = [self.workspace]
        return True

    def _look(self) -> bool:
        """Look at all folders; whether something may be otherwise."""
        before, self._folders = self._folders, {}
        scanned: list[_Folder] = []
        queue = [self.workspace]
        for path in queue:
            stamp, folder = stamp_of(path), before.get(path)
            if folder is None or folder.stamp is None or folder.stamp != stamp:
                folder = self._scan(path, stamp)
                scanned.append(folder)
            self._folders[path] = folder
            queue += folder.folders
            if len(self._folders) == self._most:
                break
        self.complete = len(self._folders) == len(queue)
        if before and any(folder.again for folder in scanned):
            self._folders = {}  # What it is called elsewhere was of no interest before.
            return self._look()
        return bool(scanned) or len(before) != len(self._folders)

    def _scan(self, path: str, stamp: Stamp | None) -> _Folder:
        """What is in a folder; one that cannot be listed is closed."""
        if stamp:
            self._others.watch(path, stamp)
        try:
            with os.scandir(path) as listing:
                entries = list(listing)
        except OSError:
            return _Folder(stamp, split=True)
        folder = _Folder(lasting(stamp))
        if path != self.workspace and is_history(entry.name for entry in entries):
            folder.split, folder.closed = True, [entry.path for entry in entries]
            return folder
        for entry in entries:
            self._sort_in(entry, folder)
        if path == self.workspace and len(entries) <= _FEW:
            folder.split = True
        compiled = os.path.join(path, _COMPILED)
        if compiled in folder.open and any(secret.endswith(".py") for secret in folder.closed):
            folder.open.remove(compiled)
            folder.folders.append(compiled)
        return folder

    def _sort_in(self, entry: "os.DirEntry[str]", folder: _Folder) -> None:
        if self._secrets.has(entry):
            folder.split = True
            folder.closed.append(entry.path)
            if entry.is_symlink():
                folder.targets += _target(entry.path)
            elif several_names(entry):
                folder.again = True
        elif entry.name in TREES:
            folder.split = True
        elif entry.is_dir(follow_symlinks=False):
            unseen = self._shallow or entry.name in _UNSEEN
            (folder.open if unseen else folder.folders).append(entry.path)
        elif entry.is_file(follow_symlinks=False):
            folder.open.append(entry.path)
            if file := several_names(entry):
                folder.names[entry.path] = file

    def _sum_up(self) -> None:
        """Bring together what counts for more than the folder that it was found in."""
        folders = self._folders.values()
        self._names = {name: file for folder in folders for name, file in folder.names.items()}
        self._targets = frozenset(path for folder in folders for path in folder.targets)
        self._others.close(self.workspace, [path for folder in folders for path in folder.closed])

    def _rules(self) -> Iterator[str]:
        split = {os.path.dirname(path) for path in self._closed} | self._closed
        whole: set[str] = set()
        for path, folder in reversed(self._folders.items()):  # Those below come first.
            if not folder.split and path not in split and whole.issuperset(folder.folders):
                whole.add(path)
        queue = [self.workspace]
        for path in queue:
            if path in self._closed:
                continue
            if path in whole:
                yield path
            elif path in self._folders:
                yield from (each for each in self._folders[path].open if each not in self._closed)
                queue += self._folders[path].folders


def _target(link: str) -> list[str]:
    """What a link leads to; nothing if that is a folder that it lies in itself."""
    target = os.path.realpath(link)
    return [] if f"{link}/".startswith(f"{target.rstrip('/')}/") else [target]

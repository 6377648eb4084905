"""Where this process's control groups lie, and in which of them it might make others."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NEEDED = ("memory", "pids")
# What only counts; a worker does without.
_WELCOME = ("cpuacct", "blkio")


class NoGroupsError(OSError):
    """Groups cannot be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A hierarchy: which part of it is mounted where; its controllers if it is of version 1."""

    root: str
    place: Path
    controllers: frozenset[str]
    version: int

    def folder(self, path: str) -> Path:
        """Where a group of the hierarchy is found; what is mounted if the group is not in it."""
        inside = os.path.relpath(path, self.root)
        return self.place if inside.startswith("..") else self.place / inside


@cache
def mark() -> str:
    """How the names of our groups begin: process ids mean something in one namespace only."""
    return f"codeact-{Path('/proc/self/ns/pid').stat().st_ino}-"


def folders(proc: Path = Path("/proc/self")) -> tuple[int, tuple[Path, ...]]:
    """The version, and the folders to make groups in; they are not tried.

    Args:
        proc: The process's folder, for what it says of itself.

    Raises:
        NoGroupsError: There are none.
    """
    try:
        mounts = list(_mounts((proc / "mountinfo").read_text(encoding="utf-8")))
        own = dict(_own((proc / "cgroup").read_text(encoding="utf-8")))
    except OSError as error:  # Where /proc is hidden.
        raise NoGroupsError(f"it is not told where they are: {error}") from error
    found = {name: mount.folder(own[name]) for name, mount in _by_controller(mounts) if name in own}
    if all(name in found for name in _NEEDED):
        ordered = [found[name] for name in (*_NEEDED, *_WELCOME) if name in found]
        return 1, tuple(dict.fromkeys(ordered))
    for mount in mounts:
        if mount.version == 2 and "" in own:  # noqa: PLR2004 - the version itself.
            return 2, (_delegated(mount, mount.folder(own[""])),)
    raise NoGroupsError("no control groups of memory and processes are mounted")


def _delegated(mount: Mount, own: Path) -> Path:
    """The nearest group above ours that hands its controllers down and that we may use.

    Our own cannot be it: a group with processes in it hands nothing down.

    Raises:
        NoGroupsError: There is none.
    """
    for folder in (own, *own.parents):
        if not folder.is_relative_to(mount.place):
            break
        handed_down = _words(folder / "cgroup.subtree_control")
        # To move a process one has to be allowed to in the group that holds both its places.
        if {*_NEEDED} <= handed_down and os.access(folder / "cgroup.procs", os.W_OK):
            return folder
    raise NoGroupsError(f"no group above {own} is delegated to this user with memory and pids")


def _words(file: Path) -> set[str]:
    try:
        return set(file.read_text(encoding="ascii").split())
    except OSError:
        return set()


def _by_controller(mounts: list[Mount]) -> Iterator[tuple[str, Mount]]:
    for mount in mounts:
        yield from ((name, mount) for name in mount.controllers)


def _own(text: str) -> Iterator[tuple[str, str]]:
    """This process's group by controller; that of version 2 has the name ''."""
    for line in text.splitlines():
        _, controllers, path = line.split(":", 2)
        yield from ((name, path) for name in controllers.split(","))


def _mounts(text: str) -> Iterator[Mount]:
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        _, _, _, root, place, *_ = before.split(" ")
        kind, _, options = after.split(" ", 2)
        if kind in _VERSIONS:
            known = frozenset(options.split(",")) & {*_NEEDED, *_WELCOME}
            version = _VERSIONS[kind]
            known = known if version == 1 else frozenset()
            yield Mount(_unescaped(root), Path(_unescaped(place)), known, version)


_VERSIONS: Mapping[str, int] = {"cgroup": 1, "cgroup2": 2}


def _unescaped(text: str) -> str:
    """A path as mountinfo writes it: with octal numbers for what would divide words."""
    return text.encode("latin-1", "replace").decode("unicode_escape") if "\\" in text else text

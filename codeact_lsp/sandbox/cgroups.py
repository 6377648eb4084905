"""Control groups: what a worker and all that it starts may use in sum, and what it has used.

The kernel counts by group. Limits of single processes say nothing of how many there are of them.
"""

import errno
import itertools
import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.sandbox.cgroup_accounts import Account, opened
from codeact_lsp.sandbox.cgroup_files import (
    VERSION_1,
    VERSION_2,
    Names,
    limit_by,
    removed,
    write_to,
)
from codeact_lsp.sandbox.cgroup_places import NoGroupsError, folders, mark
from codeact_lsp.sandbox.cgroup_scopes import Scopes, find_scopes

__all__ = ["Group", "Groups", "NoGroupsError", "Used", "find_groups"]

_numbers = itertools.count()
# A process joins its group before it becomes the program, so nothing of that runs outside; where
# it cannot join, it ends.
_JOIN = 'until [ "$1" = -- ]; do echo 0 >"$1" || exit 125; shift; done; shift; exec "$@"'
_REMOVE_SECONDS = 1.0
_PAUSE_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Used:
    """What a group's processes have used, in the kernel's words.

    Attributes:
        memory: The most bytes at once; files in memory are among them.
        cpu: Seconds of processor time.
        read: Bytes read from disks, where that is counted.
        written: Bytes written to disks, where that is counted.
        killed: How many processes were killed because the group's memory was used up.
    """

    memory: int = 0
    cpu: float = 0.0
    read: int = 0
    written: int = 0
    killed: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A group; who made it removes it.

    Attributes:
        folders: Its folders: one, or in the first version one a controller.
        names: What the files in there are called.
        start: What has systemd make it around a command; empty if it is there already.
        entrances: The folders that processes are put into, if they cannot be in it themselves.
    """

    folders: tuple[Path, ...]
    names: Names
    start: tuple[str, ...] = ()
    entrances: tuple[Path, ...] = ()

    def joined(self, command: Sequence[str]) -> list[str]:
        """What joins the group and then becomes `command`, in the same process."""
        if self.start:
            return [*self.start, *command]
        files = [str(folder / self.names.entrance) for folder in self.entrances or self.folders]
        return ["/bin/sh", "-c", _JOIN, "sh", *files, "--", *command]

    @property
    def processes(self) -> list[int]:
        """Those that are in it, or in a group within."""
        lists = self.folders[0].rglob("cgroup.procs")
        return [int(pid) for each in lists for pid in each.read_text(encoding="ascii").split()]

    def used(self) -> Used:
        """What it has used so far."""
        names = self.names
        return Used(
            memory=self._number(names.peak),
            cpu=self._fields(names.cpu).get(names.cpu_field, 0) / names.cpu_unit,
            read=sum(self._bytes(names.read)),
            written=sum(self._bytes(names.written)),
            killed=self._fields(names.killed).get("oom_kill", 0),
        )

    @contextmanager
    def account(self, memory: int | None) -> Iterator[Account]:
        """Make a group within it, for one node at a time; it goes when this one does.

        Args:
            memory: How many bytes a node and all that it starts may use at once.

        Raises:
            OSError: There can be none.
        """
        if self.start:
            raise OSError(errno.ENOTSUP, "what systemd made cannot be divided")
        # Only of these is anything asked for each node.
        folders = [
            folder / f"node-{next(_numbers)}"
            for folder in self.folders
            if any((folder / name).exists() for name in (self.names.peak, self.names.cpu))
        ]
        for folder in folders:
            folder.mkdir()
        if memory is not None:
            limit_by(folders, memory, self.names.memory)
        with opened(folders, self.names) as account:
            yield account

    def kill(self) -> None:
        """Kill all processes in it, and those that they start meanwhile."""
        with suppress(OSError):  # Kernels before 5.14 have no such file.
            write_to(self.folders[0] / "cgroup.kill", 1)
            return
        while pids := self.processes:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def remove(self) -> bool:
        """Kill what is left in it, and remove it; False if that does not end within a second."""
        with suppress(FileNotFoundError):  # It was removed already, or was never made.
            self.kill()
        deadline = time.monotonic() + _REMOVE_SECONDS
        left = [folder for folder in self.folders if not removed(folder)]
        while left and time.monotonic() < deadline:
            time.sleep(_PAUSE_SECONDS)
            left = [folder for folder in left if not removed(folder)]
        return not left

    def _text(self, name: str) -> str:
        for folder in self.folders:
            with suppress(OSError):  # Its controller is in another hierarchy, or not there.
                return (folder / name).read_text(encoding="ascii")
        return ""

    def _number(self, name: str) -> int:
        text = self._text(name).strip()
        return int(text) if text.isdecimal() else 0

    def _fields(self, name: str) -> Mapping[str, int]:
        """The numbers of a file with a name and a number a line, or one number."""
        words = [line.split() for line in self._text(name).splitlines()]
        return {line[0] if line[1:] else "": int(line[-1]) for line in words if _is_number(line)}

    def _bytes(self, place: tuple[str, str]) -> Iterator[int]:
        """The numbers of a file with a line for each disk."""
        name, key = place
        for line in self._text(name).splitlines():
            words = line.replace("=", " ").split()
            for word, number in itertools.pairwise(words):
                if word == key:
                    yield int(number)


@dataclass(frozen=True, slots=True)
class Groups:
    """Where this user may make groups: one folder, or in the first version one a controller.

    With `scopes` it is systemd that makes them there.
    """

    version: int
    folders: tuple[Path, ...]
    scopes: Scopes | None = None

    def __str__(self) -> str:
        return f"version {self.version}, {self.folders[0]}"

    def make(self, memory: int | None, processes: int | None) -> Group:
        """A group.

        Args:
            memory: How many bytes its processes may use at once, their files in memory included.
            processes: How many processes and threads there may be at once.

        Raises:
            OSError: It cannot be made, or its limits cannot be set.
        """
        if self.scopes:
            unit = self.scopes.unit()
            start = self.scopes.joined(unit, memory, processes, ())
            return Group((self.folders[0] / unit,), VERSION_2, tuple(start))
        name = f"{mark()}{os.getpid()}-{next(_numbers)}"
        names = VERSION_1 if self.version == 1 else VERSION_2
        folders = tuple(folder / name for folder in self.folders)
        entrances = (folders[0] / "worker",) if names.divided else ()
        group = Group(folders, names, entrances=entrances)
        try:
            for folder in group.folders:
                folder.mkdir()
            for limit, files in ((memory, names.memory), (processes, names.processes)):
                if limit is not None:
                    limit_by(group.folders, limit, files)
            if names.divided:
                write_to(group.folders[0] / names.divided, "+memory")
                for folder in group.entrances:
                    folder.mkdir()
        except OSError:
            group.remove()
            raise
        return group


def find_groups() -> Groups:
    """Where groups with limits can be made; one is made to see it.

    Raises:
        NoGroupsError: Nowhere; the message says why.
    """
    try:
        return _own_groups()
    except NoGroupsError as none:
        try:
            scopes = find_scopes()
        except NoGroupsError as error:
            raise NoGroupsError(f"{none}, and {error}") from error
        return Groups(2, (scopes.folder,), scopes)


def _own_groups() -> Groups:
    version, places = folders()
    groups = Groups(version, places)
    try:
        _sweep(places)
        groups.make(memory=1 << 26, processes=8).remove()
    except OSError as error:
        raise NoGroupsError(f"no group can be made in {places[0]}: {error.strerror}") from error
    return groups


def _sweep(places: Sequence[Path]) -> None:
    """Remove groups of processes that were killed before they could."""
    for folder in (found for place in places for found in place.glob(f"{mark()}*-*")):
        pid = folder.name.removeprefix(mark()).partition("-")[0]
        if pid.isdecimal() and not Path("/proc", pid).exists():
            removed(folder)


def _is_number(line: Sequence[str]) -> bool:
    return bool(line) and line[-1].isdecimal()

"""The steps by which a process is confined, in the order in which they are possible."""

import base64
import contextlib
import os
import socket
from collections.abc import Iterator, Sequence
from typing import Any

from .. import processes
from . import landlock, limits, loopback, namespaces, privileges, seccomp
from .changes import Changes
from .meanwhile import Meanwhile
from .opened import FIRST as _FIRST_HELD
from .opened import Opened
from .other_names import OtherNames
from .readable import MOST_FOLDERS, PACKAGES, Readable
from .straight import Straight
from .told import Told

_PLACES = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
_LISTENING = b'{"event": "listening"}\n'


class Confinement(Told):
    """What holds for the nodes of a zygote.

    A zygote calls `nest` before all else and `fork` for each node; a node's process calls `enter`
    and `restrict` while it waits, and `close` once it knows that it has a call.
    """

    def __init__(self, told: dict[str, Any] | None) -> None:
        """Take what was told on the command line; None confines nothing."""
        super().__init__(told)
        self._nest: namespaces.Nest | None = None
        self._rules: int | None = None
        self._trees: list[Readable] = []
        self._opened = Opened()
        self._changes: Changes | None = None
        self._seen: int | None = None
        self._looking: Meanwhile | None = None
        if told and told["landlock"]:
            self._changes = Changes()
            self._trees = list(_trees(told, self._changes))

    @property
    def overlooked(self) -> list[str]:
        """Folders that hold more than `look` looks at, so that some of it is closed."""
        return [tree.workspace for tree in self._trees if not tree.complete]

    def reach_out(self, descriptor: int) -> None:
        """Have the server serve a proxy in this network, if nodes may reach hosts.

        Args:
            descriptor: The socket that leads to the server.
        """
        if self.told is None or not self.told["network"]:
            return
        loopback.bring_up()
        with socket.socket(fileno=os.dup(descriptor)) as connection:
            port = loopback.hand_out(loopback.listener(), connection, _LISTENING)
        os.environ.update(loopback.variables(port))

    def nest(self) -> None:
        """Go on as a process in new namespaces, if there are to be any."""
        if self.nested:
            namespaces.nest()
            self._nest = namespaces.Nest()
            processes.die_with_parent()

    @property
    def seen(self) -> int | None:
        """What `is_current` asks for, of what was seen by the last `look`."""
        return self._seen

    def is_current(self, seen: int | None) -> bool:
        """Whether what nodes may read is what it was then, for sure."""
        return self._changes is None or (seen is not None and self._changes.count() == seen)

    @property
    def looks(self) -> bool:
        """Whether there is anything to `look` at."""
        return bool(self._trees)

    @property
    def changes(self) -> int | None:
        """A descriptor to read from once something may be seen by `look`; None if there is none."""
        return self._changes.descriptor if self._changes else None

    def holds_deleted(self) -> bool:
        """Whether what was seen by the last `look` keeps files on disk that were deleted since."""
        if self._changes:
            self._changes.count()  # Or the descriptor would go on to tell of what is known.
        return self._opened.has_deleted()

    def begin_to_look(self) -> None:
        """Begin the first `look` beside what this process does: it may take as long as imports."""
        if self._trees:
            with contextlib.suppress(OSError):  # Then it is done when it is needed.
                self._looking = Meanwhile(self._first_look)

    def look(self) -> None:
        """See which files nodes may read, ahead of the processes that this one forks."""
        looking, self._looking = self._looking, None
        changed = looking is not None and self._took_over(looking)
        if not self.is_current(self._seen):
            changed |= self._see()
        if changed:
            self._opened.hold(self._trees_read())

    def _first_look(self) -> tuple[int | None, Changes | None, list[Readable]]:
        self._see()
        return self._seen, self._changes, self._trees

    def _took_over(self, looking: Meanwhile) -> bool:
        watching = self._changes
        try:
            self._seen, self._changes, self._trees = looking.result()
        except OSError:
            return False
        if watching and self._changes and self._changes.count() is None:
            watching.stop()  # As the other process had to.
        return True

    def _see(self) -> bool:
        # Before the look: what comes during it may be seen by it or not.
        self._seen = self._changes.count() if self._changes else None
        return self._refresh()

    def _refresh(self) -> bool:
        """Whether what nodes may read is otherwise than before."""
        for tree in self._trees:
            tree.look()
        settled = [tree.settle() for tree in self._trees]
        return any(settled)

    def fork(self) -> int:
        """As `os.fork`."""
        return self._nest.fork() if self._nest else os.fork()

    def enter(self) -> None:
        """Give this process what is to be its own alone."""
        if self._changes:
            self._changes.forget()
        if self.told is None:
            return
        scratch = self.told["scratch"]
        if self.nested:
            namespaces.own_mounts(scratch)
        else:
            shared, folder = scratch["path"], self._folder(os.getpid())
            scratch["path"] = folder
            os.mkdir(folder, 0o700)
            os.environ.update(_moved(shared, folder))

    def restrict(self) -> None:
        """Take from this process what no step after this one needs."""
        if self.told is None:
            return
        most_open = os.sysconf("SC_OPEN_MAX")  # The limit of the node is lower than what is held.
        # How much memory, the call says: what it takes of others' values is mapped beside that.
        limits.apply({**self.told["limits"], "memory": None}, namespaces=self.nested)
        privileges.drop()
        if self.told["filter"]:
            seccomp.install(base64.b64decode(self.told["filter"]))
        if self.told["landlock"]:
            self._rules = self._ahead()
        os.closerange(_FIRST_HELD, most_open)

    def close(self, *, current: bool) -> None:
        """Take from this process all files that its call may not read or write.

        Args:
            current: Whether what it may read is what it was when this process was started.
        """
        if self._rules is None:
            return
        if not current and self._refresh():
            os.close(self._rules)
            self._rules = self._prepared(self._trees_read())
        landlock.enforce(self._rules)

    def _ahead(self) -> int:
        """Rules as of the last look of the process that this is a copy of."""
        if self._opened.rules or self._opened.left:
            return self._prepared(self._opened.left, self._opened.rules)
        self._refresh()
        return self._prepared(self._trees_read())

    def _trees_read(self) -> list[landlock.Named]:
        return [Straight(tree.workspace, path) for tree in self._trees for path in tree.read]

    def _prepared(self, trees: Sequence[landlock.Named], held: Sequence[landlock.Rule] = ()) -> int:
        told = self.told or {}
        return landlock.prepare(
            read=[*self._granted("read"), *trees],
            held=held,
            listable=[*told["listed"], *(path for tree in self._trees for path in tree.listable)],
            write=self._granted("write"),
            network=told["network"],
            scratch=self.scratch,
        )

    def _granted(self, kind: str) -> Iterator[str | landlock.Marked]:
        """Paths, those that were granted with what they have to lead to."""
        told = self.told or {}
        marks = told["marks"]
        for path in told[kind]:
            yield landlock.Marked(path, marks[path]) if path in marks else path

    def clean(self, pid: int) -> int | None:
        """Begin to remove what a node's process left, where that does not end with it.

        Returns:
            The process that does it.
        """
        if self.told is None or self.nested:
            return None
        # Programs of their own, for which no tree is too deep; neither follows a link.
        arguments = ["sh", "-c", 'chmod -R u+rwx "$1"; rm -rf "$1"', "sh", self._folder(pid)]
        return os.posix_spawn("/bin/sh", arguments, {"PATH": "/usr/bin:/bin"})

    def _folder(self, pid: int) -> str:
        assert self.told is not None  # noqa: S101 - where nothing is confined there are no folders.
        return os.path.join(self.told["scratch"]["path"], f"node-{pid}")


def _moved(shared: str, folder: str) -> dict[str, str]:
    """What variables say of a folder that all nodes share, for the folder of one of them."""
    return {
        name: folder + value[len(shared) :]
        for name, value in os.environ.items()
        if name in _PLACES and f"{value}/".startswith(f"{shared}/")
    }


def _trees(told: dict[str, Any], changes: Changes) -> Iterator[Readable]:
    """What may hold secrets; one of them may have a name in another tree."""
    secrets, others = told["secrets"], OtherNames(MOST_FOLDERS, changes)
    for tree in told["trees"]:
        # Of what is installed much is called like a secret and is none.
        installed = os.path.basename(tree) in PACKAGES
        yield Readable(tree, secrets, others=others, shallow=installed)
    for environment in told["environments"]:
        yield Readable(environment, secrets, others=others, shallow=True)

"""A process that is there ahead of the call that it will be for: ready, and knowing of none."""

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from . import accounts, child, processes, rehearsal, shells
from .confine.confinement import Confinement
from .confine.opened import FIRST
from .groups import Group
from .imports import preload
from .watch import Watch

_MOST_DESCRIPTORS = 250
_CONNECTION = 3
_CURRENT, _CHANGED = b"\0", b"\1"
_MOST_BYTES = 1_000
_FLAGS = ("-P", "-s", "-B")
# From the eighth call on, the interpreter has adapted its code to what it does.
_REHEARSALS = 10

Start = Callable[[socket.socket, Group | None], int]
"""Starts a process that waits at the other end of a socket, in a group; returns its id."""


class Spare:
    """A parked process, as the zygote sees it."""

    def __init__(self, start: Start, group: Group | None = None, seen: int | None = None) -> None:
        """Start it in `group`, in which nobody is.

        Args:
            start: Starts it.
            group: The group.
            seen: What its confinement has `seen` by now.

        Raises:
            OSError: There is no room for another process.
        """
        self.group = group
        self.seen = seen
        self._trouble = b""
        self._connection, theirs = socket.socketpair()
        try:
            with theirs:
                self.pid = start(theirs, group)
        except OSError:
            self._connection.close()
            raise

    def run(self, descriptors: list[int], *, current: bool) -> None:
        """Give it the call that it was waiting for.

        Args:
            descriptors: The call's.
            current: Whether what it may read is still what it was.

        Raises:
            OSError: It is gone; says why it did not get ready, if it told.
        """
        try:
            socket.send_fds(self._connection, [_CURRENT if current else _CHANGED], descriptors)
        except OSError as error:
            raise OSError(error.errno, self.trouble() or error.strerror) from error

    def moved(self) -> accounts.Moved | None:
        """What its process has read and written; while it has ended and not been waited for."""
        told, counters = self._told()
        if counters:
            told, _ = self._told()
        counted, began, trouble = told.partition(accounts.END)
        self._trouble = trouble if began else counted
        if began and counters:
            return accounts.moved_since(counted, counters[0])
        for unused in counters:
            os.close(unused)
        return None

    def trouble(self) -> str:
        """Why its process came to no call, once that has ended; empty if it did."""
        if not self._trouble:
            self.moved()
        return self._trouble.decode()

    def _told(self) -> tuple[bytes, list[int]]:
        self._connection.settimeout(0)  # The flag for one call is not heeded by every Python.
        try:
            told, descriptors, _, _ = socket.recv_fds(self._connection, _MOST_BYTES, 1)
        except OSError:
            return b"", []
        return told, descriptors

    def drop(self) -> None:
        """Forget it: it has ended, or does so now."""
        self._connection.close()


def forking(confinement: Confinement) -> Start:
    """Starts copies of this process, which is ready from now on for being copied."""
    watch = _prepare(_REHEARSALS)

    def start(connection: socket.socket, group: Group | None) -> int:
        pid = confinement.fork()
        if pid == 0:
            wait(connection.detach(), watch, confinement, group)
        return pid

    return start


def spawning(names: list[str], confinement: Confinement) -> Start:
    """Starts interpreters that import `names`: for where a process cannot well be copied."""
    script = str(Path(__file__).with_name("start.py"))

    def start(connection: socket.socket, group: Group | None) -> int:
        connection.set_inheritable(True)
        told = json.dumps(confinement.told)
        arguments = [script, str(connection.fileno()), json.dumps(names), "parked", told]
        pid = os.posix_spawn(sys.executable, [sys.executable, *_FLAGS, *arguments], os.environ)
        if group:
            group.take(str(pid).encode())
        return pid

    return start


def park(connection: int, names: list[str], confinement: Confinement) -> NoReturn:
    """Be a process that was spawned."""
    processes.die_with_parent()
    preload(names)
    wait(connection, _prepare(), confinement)


def wait(
    connection: int, watch: Watch, confinement: Confinement, group: Group | None = None
) -> NoReturn:
    """Wait for the call, and be the process that it runs in."""
    try:
        if descriptors := _called(connection, watch, confinement, group):
            child.main(descriptors, watch, confinement.shelf)
        os._exit(0)
    finally:
        os._exit(1)


def _called(
    connection: int, watch: Watch, confinement: Confinement, group: Group | None
) -> list[int]:
    """Get ready, and wait: the descriptors of the call; none if there will be no call.

    Raises:
        OSError: The system refused something of it; the zygote has been told.
    """
    try:
        if group:
            group.take(b"0")  # The kernel may need milliseconds, for which the zygote has no time.
        # Nothing of the zygote's: its connection must close with it, and not only with us.
        os.dup2(connection, _CONNECTION)
        connection = _CONNECTION
        ours = socket.socket(fileno=connection)
        _get_ready(watch, confinement, ours)
        call, descriptors, _, _ = socket.recv_fds(ours, 1, _MOST_DESCRIPTORS)
        if call:
            accounts.begin(ours)
            confinement.close(current=call == _CURRENT)
    except Exception as error:
        os.write(connection, f"{type(error).__name__}: {error}".encode())
        raise
    ours.close()
    return descriptors


def _get_ready(watch: Watch, confinement: Confinement, ours: socket.socket) -> None:
    """Be all that a process is before it looks at its call.

    Raises:
        OSError: The system refuses something of it.
    """
    os.setsid()
    processes.die_with_parent()
    processes.adopt_orphans()
    gc.enable()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(child.ASK_TO_STOP, signal.SIG_IGN)  # Until it can say where it was.
    os.closerange(_CONNECTION + 1, FIRST)  # What is held open is needed for a while.
    confinement.enter()
    rehearsal.rehearse()
    watch.settle()
    watch.confine(
        confinement.visible, confinement.scratch, confinement.overlooked, confinement.granted
    )
    if confinement.alone:
        shells.refuse_in_words()
    accounts.hand_over(ours)  # From here on it sends no descriptors.
    confinement.restrict()


def _prepare(rehearsals: int = 0) -> Watch:
    """Do once what every child would have to do; what watches nodes is in place then.

    Args:
        rehearsals: How often to go through a call: what that makes ready for the next one is
            shared by all copies of this process.
    """
    watch = Watch()
    watch.put_in_place()
    for _ in range(rehearsals):
        rehearsal.rehearse()
    # So that a collection in a child does not copy the memory that it shares. What could be
    # collected first is next to nothing.
    gc.freeze()
    return watch

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

from . import child, processes, rehearsal
from .confine.confinement import Confinement
from .imports import preload
from .watch import Watch

_MOST_DESCRIPTORS = 250
_CONNECTION = 3
_FLAGS = ("-P", "-s", "-B")

Start = Callable[[socket.socket], int]
"""Starts a process that waits at the other end of a socket; returns its id."""


class Spare:
    """A parked process, as the zygote sees it."""

    def __init__(self, start: Start) -> None:
        """Start it.

        Raises:
            OSError: There is no room for another process.
        """
        self._connection, theirs = socket.socketpair()
        try:
            with theirs:
                self.pid = start(theirs)
        except OSError:
            self._connection.close()
            raise

    def run(self, descriptors: list[int]) -> None:
        """Give it the call that it was waiting for.

        Raises:
            OSError: It is gone.
        """
        with self._connection:
            socket.send_fds(self._connection, [b"\0"], descriptors)

    def drop(self) -> None:
        """Forget it: it has ended, or does so now."""
        self._connection.close()


def forking(confinement: Confinement) -> Start:
    """Starts copies of this process, which is ready from now on for being copied."""
    watch = _prepare()

    def start(connection: socket.socket) -> int:
        pid = confinement.fork()
        if pid == 0:
            wait(connection.detach(), watch, confinement)
        return pid

    return start


def spawning(names: list[str], confinement: Confinement) -> Start:
    """Starts interpreters that import `names`: for where a process cannot well be copied."""
    script = str(Path(__file__).with_name("start.py"))

    def start(connection: socket.socket) -> int:
        connection.set_inheritable(True)
        told = json.dumps(confinement.told)
        arguments = [script, str(connection.fileno()), json.dumps(names), "parked", told]
        return os.posix_spawn(sys.executable, [sys.executable, *_FLAGS, *arguments], os.environ)

    return start


def park(connection: int, names: list[str], confinement: Confinement) -> NoReturn:
    """Be a process that was spawned."""
    processes.die_with_parent()
    preload(names)
    wait(connection, _prepare(), confinement)


def wait(connection: int, watch: Watch, confinement: Confinement) -> NoReturn:
    """Wait for the call, and be the process that it runs in."""
    try:
        os.setsid()
        processes.die_with_parent()
        processes.adopt_orphans()
        gc.enable()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(child.ASK_TO_STOP, signal.SIG_IGN)  # Until it can say where it was.
        # Nothing of the zygote's: its connection must close with it, and not only with us.
        os.dup2(connection, _CONNECTION)
        os.closerange(_CONNECTION + 1, os.sysconf("SC_OPEN_MAX"))
        confinement.enter()
        rehearsal.rehearse()
        watch.settle()
        watch.confine(confinement.visible, confinement.scratch)
        confinement.restrict()
        with socket.socket(fileno=_CONNECTION) as ours:
            call, descriptors, _, _ = socket.recv_fds(ours, 1, _MOST_DESCRIPTORS)
        if call:
            confinement.close()
            child.main(descriptors, watch)
        os._exit(0)
    finally:
        os._exit(1)


def _prepare() -> Watch:
    """Do once what every child would have to do; what watches nodes is in place then."""
    watch = Watch()
    watch.put_in_place()
    gc.collect()
    gc.freeze()  # So that a collection in a child does not copy the memory that it shares.
    return watch

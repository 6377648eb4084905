"""The zygote: preloads installed packages, forks one child a node, tells the server how it ended.

It never reads a request's body, imports no code of the workspace and calls nothing of what it
preloads, so that no node can find another's traces in it.
"""

import contextlib
import gc
import os
import selectors
import signal
import socket
from typing import NamedTuple, NoReturn

from . import accounts, child, processes, requests
from .confine.confinement import Confinement
from .deletions import Deletions
from .groups import Group
from .imports import preload
from .spare import Spare, Start, forking, spawning


def serve(
    descriptor: int, how: str, confinement: Confinement, names: list[str], unwanted: int
) -> NoReturn:
    """Serve requests on a socket until it closes; then take all nodes along.

    Args:
        descriptor: The socket.
        how: Whether to `fork` or to `spawn` the nodes' processes.
        confinement: What nodes are confined by.
        names: Modules to import ahead of the nodes.
        unwanted: Where to write the name of a module that must not be imported here.
    """
    confinement.nest()
    connection = socket.socket(fileno=descriptor)
    # An import that hangs must not outlive the server. Later the closed socket tells of its end,
    # and there is time to take the nodes along.
    processes.die_with_parent()
    gc.disable()
    confinement.begin_to_look()
    if how == "spawn":
        start = spawning(names, confinement)
    else:
        start = _forking(connection, confinement, names, unwanted)
    os.close(unwanted)
    processes.die_with_parent(die=False)
    processes.adopt_orphans()
    _Zygote(connection, start, confinement).loop()
    os._exit(0)


def _forking(
    connection: socket.socket, confinement: Confinement, names: list[str], unwanted: int
) -> Start:
    if threaded := preload(names):
        requests.tell(connection, event="unsafe", module=threaded)
        os.write(unwanted, threaded.encode())
        os._exit(0)
    confinement.look()  # What it sees is shared by all that are forked.
    return forking(confinement)


class _Running(NamedTuple):
    """A call, and the process that has it."""

    call: int
    spare: Spare


class _Zygote:
    def __init__(self, connection: socket.socket, start: Start, confinement: Confinement) -> None:
        self._connection = connection
        self._start = start
        self._confinement = confinement
        self._running: dict[int, _Running] = {}  # By process id.
        self._cleaners: set[int] = set()
        self._dropped: dict[int, Spare] = {}
        self._groups: list[Group] = []  # Those in which nobody is.
        self._spare: Spare | None = None
        self._wants_spare = True
        self._wake, self._alarm = os.pipe()
        os.set_blocking(self._alarm, False)

    def loop(self) -> None:
        """Take calls."""
        self._tell(event="ready")
        signal.set_wakeup_fd(self._alarm, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, selectors.EVENT_READ, self._receive)
            selector.register(self._wake, selectors.EVENT_READ, self._reap)
            deletions = Deletions(self._confinement, selector)
            while True:
                # A process is forked ahead when there is nothing else to do.
                ready = selector.select(0 if self._wants_spare else deletions.patience())
                try:
                    for key, _ in ready:
                        key.data()
                except ConnectionResetError:  # The server ended before it had read all.
                    self._end()
                if not ready and self._wants_spare:
                    self._park()
                if deletions.have_been():
                    self._renew()

    def _tell(self, **message: object) -> None:
        try:
            requests.tell(self._connection, **message)
        except OSError:
            self._end()

    def _park(self) -> None:
        self._wants_spare = False  # Once a call: if it cannot be, trying on would not help.
        self._confinement.look()
        with contextlib.suppress(OSError):
            self._spare = self._started()

    def _renew(self) -> None:
        """Have another process wait, which knows nothing of what was deleted."""
        if self._spare:
            self._dropped[self._spare.pid] = self._spare
            self._spare.drop()  # It ends when it hears no more of us.
        self._spare, self._wants_spare = None, True

    def _started(self) -> Spare:
        """A process that waits.

        Raises:
            OSError: There is no room for it.
        """
        group = self._groups.pop() if self._groups else None
        if group:
            group.begin()
        try:
            return Spare(self._start, group, self._confinement.seen)
        except OSError:
            self._release(group)
            raise

    def _release(self, group: Group | None) -> None:
        if group:
            self._groups.append(group)

    def _receive(self) -> None:
        try:
            message, descriptors = requests.receive(self._connection)
        except EOFError:
            self._end()
        if message["op"] == "run":
            self._run(message["id"], descriptors)
        elif message["op"] == "group":
            self._groups.append(Group(message, descriptors))
        else:
            self._stop(message["id"], message["op"])

    def _run(self, call: int, descriptors: list[int]) -> None:
        try:
            spare = self._handed_over(descriptors)
            self._running[spare.pid] = _Running(call, spare)
        except OSError as error:
            self._refuse(call, error.strerror)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _handed_over(self, descriptors: list[int]) -> Spare:
        """What has the call now."""
        spare, self._spare, self._wants_spare = self._spare, None, True
        if spare:
            with contextlib.suppress(OSError):  # It may have been killed while it waited.
                spare.run(descriptors, current=self._confinement.is_current(spare.seen))
                return spare
        spare = self._started()
        spare.run(descriptors, current=self._confinement.is_current(spare.seen))
        return spare

    def _stop(self, call: int, how: str) -> None:
        for pid, running in self._running.items():
            if running.call == call:
                if how == "kill":
                    self._kill(pid)
                else:
                    os.kill(pid, child.ASK_TO_STOP if how == "ask" else signal.SIGABRT)

    def _reap(self) -> None:
        os.read(self._wake, 4096)
        while True:
            try:  # It is not waited for yet: then nothing could be asked of it any more.
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None:
                return
            if running := self._running.pop(ended.si_pid, None):
                self._ended(running)
                continue
            os.waitpid(ended.si_pid, 0)
            if self._spare and ended.si_pid == self._spare.pid:
                self._spare.drop()
                self._dropped[ended.si_pid], self._spare = self._spare, None
            if dropped := self._dropped.pop(ended.si_pid, None):
                self._release(dropped.group)
                self._clean(ended.si_pid)
            else:
                self._cleaners.discard(ended.si_pid)

    def _clean(self, pid: int) -> None:
        if cleaner := self._confinement.clean(pid):
            self._cleaners.add(cleaner)

    def _ended(self, running: _Running) -> None:
        pid, moved, trouble = running.spare.pid, running.spare.moved(), running.spare.trouble()
        running.spare.drop()
        _, status, usage = os.wait4(pid, 0)
        used = accounts.used(usage, moved)
        # Before anybody looks at the value: what is left running might still write to it.
        if not self._confinement.nested:
            for left in processes.kill_left_behind(pid, self._own()):
                used = used.beside(left)
        if group := running.spare.group:
            used = used.within(group.taken())
            self._release(group)
        self._clean(pid)
        if trouble:
            self._refuse(running.call, trouble)
            return
        self._tell(
            event="ended",
            id=running.call,
            status=os.waitstatus_to_exitcode(status),
            **used._asdict(),
        )

    def _refuse(self, call: int, why: str | None) -> None:
        self._tell(event="refused", id=call, why=f"no process for it: {why}")

    def _own(self) -> set[int]:
        waiting = [self._spare.pid] if self._spare else []
        return {*self._running, *self._cleaners, *self._dropped, *waiting}

    def _kill(self, pid: int) -> None:
        if self._confinement.nested:
            os.kill(pid, signal.SIGKILL)  # The kernel takes all of its namespace along.
        else:
            processes.kill_tree(pid)

    def _end(self) -> NoReturn:
        for pid in self._running:
            self._kill(pid)
        os._exit(0)

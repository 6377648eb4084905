"""The zygote: preloads installed packages, forks one child a node, tells the server how it ended.

It never reads a request's body, imports no code of the workspace and calls nothing of what it
preloads, so that no node can find another's traces in it.

Wire format. To the zygote: four bytes of length (network order), then JSON, with the descriptors
attached to the length. From the zygote: one JSON object a line.
"""

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import struct
from typing import Any, NoReturn

from . import child, installed, processes

_HEADER = struct.Struct("!I")
_MOST_DESCRIPTORS = 250


def serve(descriptor: int, preload: list[str]) -> NoReturn:
    """Serve requests on the socket `descriptor` until it closes; then take all nodes along."""
    connection = socket.socket(fileno=descriptor)
    # An import that hangs must not outlive the server. Later the closed socket tells of its end,
    # and there is time to take the nodes along.
    processes.die_with_parent()
    _preload(preload)
    processes.die_with_parent(die=False)
    gc.collect()
    gc.freeze()
    processes.adopt_orphans()
    zygote = _Zygote(connection)
    zygote.tell(event="ready")
    zygote.loop()
    os._exit(0)


def _preload(names: list[str]) -> None:
    """Import `names`; one that cannot be imported is the business of the node that needs it."""
    for name in names:
        # An import may raise anything, even what ends a process.
        with contextlib.suppress(BaseException):
            if installed.is_installed(name):
                importlib.import_module(name)


class _Zygote:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._running: dict[int, int] = {}  # process id -> call id
        self._wake, self._alarm = os.pipe()
        os.set_blocking(self._alarm, False)
        signal.set_wakeup_fd(self._alarm, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def tell(self, **message: Any) -> None:
        try:
            self._connection.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            self._end()

    def loop(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, selectors.EVENT_READ, self._receive)
            selector.register(self._wake, selectors.EVENT_READ, self._reap)
            while True:
                for key, _ in selector.select():
                    key.data()

    def _receive(self) -> None:
        header, descriptors, _, _ = socket.recv_fds(
            self._connection, _HEADER.size, _MOST_DESCRIPTORS
        )
        if not header:
            self._end()
        message = json.loads(self._exactly(_HEADER.unpack(header)[0]))
        if message["op"] == "run":
            self._fork(message["id"], descriptors)
        else:
            self._stop(message["id"], message["op"])

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self._connection.recv(size - len(data))
            if not part:
                self._end()
            data += part
        return data

    def _fork(self, call: int, descriptors: list[int]) -> None:
        pid = os.fork()
        if pid == 0:
            child.main(descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        self._running[pid] = call

    def _stop(self, call: int, how: str) -> None:
        for pid, running in self._running.items():
            if running == call:
                if how == "kill":
                    processes.kill_tree(pid)
                else:
                    os.kill(pid, child.ASK_TO_STOP if how == "ask" else signal.SIGABRT)

    def _reap(self) -> None:
        os.read(self._wake, 4096)
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid in self._running:
                self._ended(pid, status, usage)

    def _ended(self, pid: int, status: int, usage: Any) -> None:
        call = self._running.pop(pid)
        # Before anybody looks at the value: what is left running might still write to it.
        processes.kill_left_behind(pid, set(self._running))
        self.tell(
            event="ended",
            id=call,
            status=os.waitstatus_to_exitcode(status),
            cpu=usage.ru_utime + usage.ru_stime,
            memory=usage.ru_maxrss * 1024,
        )

    def _end(self) -> NoReturn:
        for pid in self._running:
            processes.kill_tree(pid)
        os._exit(0)

"""What goes through the proxy of nodes in a second, against the same connection without it."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from benchmarks.peers.driving import Case, Measured, Settings, main, require, timed
from codeact_lsp.sandbox.hosts import AllowList
from codeact_lsp.sandbox.proxy import Proxy

_PIECE = bytes(1_000_000)
_BUFFER_BYTES = 1 << 20
_HEAD_END = b"\r\n\r\n"
_HERE = ("127.0.0.1", 0)


def _transfer(settings: Settings) -> Iterator[Case]:
    """One long answer of a server in a process of its own; the proxy is in another one."""
    megabytes, times = settings["megabytes"], settings["times"]
    with socket.create_server(_HERE) as host, socket.create_server(_HERE) as listener:
        granted = _at(host)
        with _forked(lambda: _give(host, megabytes)), _forked(lambda: _serve(listener, granted)):
            for case, connect in (
                ("direct", partial(_connected, host)),
                ("proxy", partial(_tunnelled, listener, granted)),
            ):
                yield case, partial(_taken_often, connect, megabytes, times)


def _taken_often(connect: Callable[[], socket.socket], megabytes: int, times: int) -> Measured:
    _take(connect)  # What the first connection has imported is there for all others.
    size = megabytes * len(_PIECE)
    return Measured([timed(lambda: _take(connect), size) for _ in range(times)])


def _take(connect: Callable[[], socket.socket]) -> int:
    """How many bytes come until the end of a connection."""
    taken, buffer = 0, bytearray(_BUFFER_BYTES)
    with connect() as connection:
        while count := connection.recv_into(buffer):
            taken += count
    return taken


def _connected(to: socket.socket) -> socket.socket:
    return socket.create_connection(to.getsockname())


def _tunnelled(proxy: socket.socket, authority: str) -> socket.socket:
    connection = _connected(proxy)
    connection.sendall(f"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n".encode())
    head = b""
    while not head.endswith(_HEAD_END):
        head += connection.recv(1)
    require(head.split()[1], b"200")
    return connection


def _give(host: socket.socket, megabytes: int) -> None:
    while True:
        connection, _ = host.accept()
        with connection:
            for _ in range(megabytes):
                connection.sendall(_PIECE)


def _serve(listener: socket.socket, granted: str) -> None:
    asyncio.run(_proxy(listener, granted))


async def _proxy(listener: socket.socket, granted: str) -> None:
    Proxy(listener, AllowList((granted,))).start()
    await asyncio.Event().wait()


@contextmanager
def _forked(work: Callable[[], None]) -> Iterator[None]:
    """A process that works until it is killed."""
    if not (pid := os.fork()):
        try:
            work()
        finally:
            os._exit(1)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _at(listener: socket.socket) -> str:
    host, port = listener.getsockname()
    return f"{host}:{port}"


if __name__ == "__main__":
    main({("proxy", "transfer"): _transfer})

"""Those that payloads try to speak to: they note every word that they hear."""

import contextlib
import os
import secrets
import selectors
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

_NETLINK, _OF_USERS = 16, 2
_LOOPBACK, _LOOPBACK_6 = "127.0.0.1", "::1"
_MOST = 4096


class Listeners:
    """Sockets of many families, which listen while this is used as a context."""

    def __init__(self, here: Path, outside: Path, user: int) -> None:
        """Open them.

        Args:
            here: A folder that payloads can see.
            outside: One that they cannot.
            user: Who may speak to those that lie in folders.
        """
        self.heard = b""
        self._selector = selectors.DefaultSelector()
        self._sockets = contextlib.ExitStack()
        self._paths: list[Path] = []
        self._mark = secrets.token_hex(4)
        self.addresses: dict[str, object] = dict(self._internet())
        self.addresses |= dict(self._local(here, outside, user))
        self._end, self._listening = socket.socketpair()
        self._listen_to(self._opened(self._listening))
        self._thread = threading.Thread(target=self._listen)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.close()
        self._thread.join()
        self._sockets.close()
        for path in self._paths:
            path.unlink(missing_ok=True)
        self._selector.close()

    def heard_of(self, name: str) -> bool:
        """Whether somebody said this name."""
        return name.encode() in self.heard

    def _internet(self) -> Iterator[tuple[str, int]]:
        stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM
        for name, family, kind, host in (
            ("tcp_port", socket.AF_INET, stream, ""),
            ("tcp6_port", socket.AF_INET6, stream, _LOOPBACK_6),
            ("udp_port", socket.AF_INET, datagram, ""),
            ("udp6_port", socket.AF_INET6, datagram, _LOOPBACK_6),
        ):
            yield name, self._bound(family, kind, (host, 0)).getsockname()[1]
        post = self._opened(socket.socket(_NETLINK, socket.SOCK_RAW, _OF_USERS))
        post.bind((0, 0))
        self._listen_to(post)
        yield "netlink_port", post.getsockname()[0]

    def _local(self, here: Path, outside: Path, user: int) -> Iterator[tuple[str, str]]:
        stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM
        for name, kind, path in (
            ("socket_here", stream, here / "listening"),
            ("datagram_here", datagram, here / "letters"),
            ("socket_outside", stream, outside / "agent"),
        ):
            self._bound(socket.AF_UNIX, kind, str(path))
            os.chown(path, user, user)
            self._paths.append(path)
            yield name, str(path)
        for name, kind in (("abstract_name", stream), ("abstract_datagram", datagram)):
            abstract = f"{name}-{self._mark}"
            self._bound(socket.AF_UNIX, kind, f"\0{abstract}")
            yield name, abstract

    def _bound(self, family: int, kind: int, address: str | tuple[str, int]) -> socket.socket:
        made = self._opened(socket.socket(family, kind))
        made.bind(address)
        if kind == socket.SOCK_STREAM:
            made.listen(64)
        self._listen_to(made)
        return made

    def _opened(self, made: socket.socket) -> socket.socket:
        return self._sockets.enter_context(made)

    def _listen_to(self, made: socket.socket) -> None:
        made.setblocking(False)
        self._selector.register(made, selectors.EVENT_READ)

    def _listen(self) -> None:
        while True:
            for key, _ in self._selector.select():
                assert isinstance(key.fileobj, socket.socket)
                if not self._hear(key.fileobj):
                    return

    def _hear(self, made: socket.socket) -> bool:
        """Take what there is on one; False at the end of all."""
        if _accepts(made):
            speaker, _ = made.accept()
            self._listen_to(self._opened(speaker))
            return True
        try:
            word = made.recv(_MOST)
        except OSError:
            word = b""
        self.heard += word
        if word or made.type != socket.SOCK_STREAM:
            return True
        self._selector.unregister(made)
        return made is not self._listening


def _accepts(made: socket.socket) -> bool:
    if made.type != socket.SOCK_STREAM:
        return False
    return bool(made.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))

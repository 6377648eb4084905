"""Take the listening socket that a worker has made in its own network and handed out."""

import os
import socket
import struct

_NETNS_COOKIE = 71  # SO_NETNS_COOKIE, for which Python has no name.
_COOKIE = struct.Struct("Q")
_LOOPBACK = "127.0.0.1"


class NotListeningError(ValueError):
    """What a worker handed out is not what it was to hand out."""


def listener_of(descriptor: int) -> socket.socket:
    """The socket behind a descriptor from a worker, once it was seen to be a harmless one.

    It has to wait for connections on a loopback, and on one that is not the server's: whoever can
    connect to it can use what was granted to a node. The kernel says which loopback it is, from
    Linux 5.14 on.

    Args:
        descriptor: The descriptor, which is this function's from here on.

    Raises:
        NotListeningError: It is anything else. It is closed then.
    """
    try:
        listener = socket.socket(fileno=descriptor)
    except OSError as error:
        os.close(descriptor)
        raise NotListeningError("a worker handed out what is no socket") from error
    if why := _fault(listener):
        listener.close()
        raise NotListeningError(f"a worker handed out {why}")
    return listener


def _fault(listener: socket.socket) -> str | None:
    if (listener.family, listener.type) != (socket.AF_INET, socket.SOCK_STREAM):
        return "a socket that is not for TCP"
    if not listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        return "a socket that does not listen"
    if listener.getsockname()[0] != _LOOPBACK:
        return "a socket that others can reach"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as own:
        if (namespace := _namespace(listener)) and namespace == _namespace(own):
            return "a socket in the network of the server"
    return None


def _namespace(one: socket.socket) -> int | None:
    """Which network a socket is in; None where the kernel does not say."""
    try:
        cookie = one.getsockopt(socket.SOL_SOCKET, _NETNS_COOKIE, _COOKIE.size)
    except OSError:
        return None
    number: int = _COOKIE.unpack(cookie)[0]
    return number

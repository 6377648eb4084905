"""The way out of a network that has none: a loopback, and a socket on it that the server serves.

The order, in a process whose network is its own and whose nodes may reach hosts: `bring_up` and
`listener` before anything that a plan names is imported, `hand_out` on the connection to the
server, `variables` into the environment before a node is forked; only then are capabilities dropped
and system calls filtered. The server takes the socket with `sandbox/proxying/listening.py`.
"""

import errno
import fcntl
import socket
import struct
from collections.abc import Iterator

_GET_FLAGS, _SET_FLAGS = 0x8913, 0x8914  # SIOCGIFFLAGS, SIOCSIFFLAGS
_UP = 0x1
_REQUEST = struct.Struct("16sH22x")  # struct ifreq: a name, then in a union the flags.
_LOOPBACK = "lo"
_ADDRESS = "127.0.0.1"
_BACKLOG = 128
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def bring_up() -> None:
    """Switch the loopback of this process's network on, unless it is.

    It has to be called before capabilities are dropped: to switch it on takes CAP_NET_ADMIN in the
    user namespace that the network belongs to. Bubblewrap has switched on that of its own network.

    Raises:
        OSError: It may not, or this is a network with a way out: then it is not a node's own.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        if ways := [name for name in _interfaces() if _flags(control, name) & _UP]:
            raise OSError(errno.EPERM, f"this network is not a node's own: it has {ways[0]}")
        flags = _flags(control, _LOOPBACK)
        if not flags & _UP:
            request = _REQUEST.pack(_LOOPBACK.encode(), flags | _UP)
            fcntl.ioctl(control, _SET_FLAGS, request)


def listener() -> socket.socket:
    """A socket that waits for connections on the loopback, at a port that was free.

    Raises:
        OSError: There is no loopback that is up.
    """
    waiting = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        waiting.bind((_ADDRESS, 0))
        waiting.listen(_BACKLOG)
    except OSError:
        waiting.close()
        raise
    return waiting


def hand_out(waiting: socket.socket, connection: socket.socket, message: bytes) -> int:
    """Send the socket to the server, attached to a message, close it here, and return its port.

    Nothing in here may keep it: who has it can take the connections of others.
    """
    port: int = waiting.getsockname()[1]
    with waiting:
        socket.send_fds(connection, [message], [waiting.fileno()])
    return port


def variables(port: int) -> dict[str, str]:
    """The variables from which programs learn of the proxy; no host is exempt from it."""
    proxies = dict.fromkeys(_PROXIES, f"http://{_ADDRESS}:{port}")
    lower = {**proxies, "no_proxy": ""}
    return lower | {name.upper(): value for name, value in lower.items()}


def _interfaces() -> Iterator[str]:
    """All but the loopback."""
    return (name for _, name in socket.if_nameindex() if name != _LOOPBACK)


def _flags(control: socket.socket, interface: str) -> int:
    request = _REQUEST.pack(interface.encode(), 0)
    flags: int = _REQUEST.unpack(fcntl.ioctl(control, _GET_FLAGS, request))[1]
    return flags

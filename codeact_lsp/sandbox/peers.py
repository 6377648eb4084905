"""Whose program is at the other end of a connection within this machine, as Linux tells."""

import os
import socket
import sys
from pathlib import Path

_CONNECTIONS = Path("/proc/net/tcp")
_LOCAL, _REMOTE, _USER = 1, 2, 7

Address = tuple[str, int]


def is_ours(near: Address, far: Address) -> bool:
    """Whether a program of this user is at `far`; also where the system does not tell.

    Args:
        near: This process's end of a connection by TCP and IPv4, on the loopback.
        far: The other end.
    """
    return owner(near, far) in {None, os.getuid()}


def owner(near: Address, far: Address) -> int | None:
    """The user whose program is at `far`; None where the system does not tell."""
    wanted = [_written(far), _written(near)]
    try:
        _, *lines = _CONNECTIONS.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    rows = (line.split() for line in lines)
    return next((int(row[_USER]) for row in rows if row[_LOCAL : _REMOTE + 1] == wanted), None)


def _written(address: Address) -> str:
    """An address as the kernel writes it: the number in the machine's own order."""
    host, port = address
    number = int.from_bytes(socket.inet_aton(host), sys.byteorder)
    return f"{number:08X}:{port:04X}"

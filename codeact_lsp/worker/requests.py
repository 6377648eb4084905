"""What the server and the zygote send each other.

To the zygote: four bytes of length (network order), then JSON, with the descriptors attached to the
length. From the zygote: one JSON object a line.
"""

import json
import socket
import struct
from typing import Any

_HEADER = struct.Struct("!I")
_MOST_DESCRIPTORS = 250


def receive(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """The next message to the zygote, with its descriptors.

    Raises:
        EOFError: The server has closed its end.
    """
    header, descriptors, _, _ = socket.recv_fds(connection, _HEADER.size, _MOST_DESCRIPTORS)
    if not header:
        raise EOFError
    message: dict[str, Any] = json.loads(_exactly(connection, _HEADER.unpack(header)[0]))
    return message, descriptors


def tell(connection: socket.socket, **message: object) -> None:
    """Send a message to the server.

    Raises:
        OSError: There is nobody any more to take it.
    """
    connection.sendall(json.dumps(message).encode() + b"\n")


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise EOFError
        data += part
    return data

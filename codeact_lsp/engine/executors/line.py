"""The line to a zygote: what it is told goes over it, and what happens to its calls comes back."""

import asyncio
import json
import logging
import os
import socket
import struct
from collections.abc import Callable, Sequence
from typing import Any

_log = logging.getLogger(__name__)
_HEADER = struct.Struct("!I")
_SEND_SECONDS = 5.0
_MOST_BYTES = 1_000_000
_MOST_HANDED = 4

Heard = Callable[[dict[str, Any], list[int]], None]
"""Takes in a message, and of the descriptors that came with it those that it takes out."""


class Line:
    """Our end of a pair of sockets; `heard` and `lost` are called on the event loop.

    Attributes:
        theirs: The other end, which whoever starts the zygote hands on and closes.
    """

    def __init__(self, heard: Heard, lost: Callable[[], None]) -> None:
        """Make the pair.

        Args:
            heard: Told of each message. What it raises for one that it does not know ends the line.
            lost: Called once nothing more will come.
        """
        self._ours, self.theirs = socket.socketpair()
        self._ours.settimeout(0)
        self._heard = heard
        self._lost = lost
        self._received = b""

    def listen(self) -> None:
        """Have messages taken in as they come."""
        asyncio.get_running_loop().add_reader(self._ours, self._receive)

    def send(self, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        """Send a message; the descriptors may be closed once this returns.

        Raises:
            OSError: Nobody is there, or nobody reads.
        """
        data = json.dumps(message).encode()
        # Messages are a hundred bytes and the zygote does nothing but read them, so a full socket
        # means that it hangs.
        self._ours.settimeout(_SEND_SECONDS)
        socket.send_fds(self._ours, [_HEADER.pack(len(data)) + data], list(descriptors))
        self._ours.settimeout(0)

    def close(self) -> None:
        """End it; the zygote notices, and takes all that it started along."""
        if self._ours.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._ours)
            self._ours.close()

    def _receive(self) -> None:
        handed: list[int] = []
        try:
            data, handed, _, _ = socket.recv_fds(self._ours, 65_536, _MOST_HANDED)
        except OSError:
            data = b""
        understood = self._take_in(data, handed)
        for descriptor in handed:
            os.close(descriptor)
        if not data or not understood or len(self._received) > _MOST_BYTES:
            self._lost()

    def _take_in(self, data: bytes, handed: list[int]) -> bool:
        """Tell of all whole messages; False if one is none."""
        *lines, self._received = (self._received + data).split(b"\n")
        try:
            for line in lines:
                self._heard(json.loads(line), handed)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            _log.warning("a worker said what it should not: %r", error)
            return False
        return True

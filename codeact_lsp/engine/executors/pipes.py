"""Pipes that a node writes to and the event loop reads."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

_PIECE = 65_536
# More fits into no pipe: somebody goes on writing, and it is not the node.
_MOST_LEFT = 4_000_000


class Pipe:
    """A pipe; what comes through it is given to `received`, piece by piece."""

    def __init__(self, received: Callable[[bytes], object]) -> None:
        """Make it and watch it."""
        self._received = received
        self._read, self.write = os.pipe()
        os.set_blocking(self._read, False)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._read, self._piece)

    def close_write(self) -> None:
        """Close our copy of the end that the node writes to."""
        if self.write >= 0:
            os.close(self.write)
            self.write = -1

    def drain(self) -> None:
        """Take what is in it; all of it, once nobody writes to it any more."""
        left = _MOST_LEFT
        while left > 0 and (read := self._piece()):
            left -= read

    def close(self) -> None:
        """Close both ends."""
        self.close_write()
        self._unwatch()
        os.close(self._read)

    def _piece(self) -> int:
        """Take one piece; 0 if there is none."""
        try:
            data = os.read(self._read, _PIECE)
        except BlockingIOError:
            return 0
        if data:
            self._received(data)
        else:
            self._unwatch()
        return len(data)

    def _unwatch(self) -> None:
        self._loop.remove_reader(self._read)


@contextmanager
def pipes(*receivers: Callable[[bytes], object]) -> Iterator[list[Pipe]]:
    """A pipe for each receiver; closed in the end."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Pipe(received))) for received in receivers]

"""What a node's process has used up, in the kernel's words, read by the zygote.

None of it is the node's own word. Its process hands over the way to its counters while it waits,
and says how they stand before it looks at its call; what they say then is read from outside, once
it has ended and before it is waited for.
"""

import contextlib
import os
import resource
import socket
import sys
from typing import NamedTuple

from .groups import Taken

END = b"\0"
"""Ends what a process says of how its counters stand."""

_COUNTERS = "/proc/self/io"
_WAY = b"\0"
_MOST_BYTES = 1024
_BLOCK = 512
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Moved(NamedTuple):
    """Bytes that went through calls of the system: read, and written."""

    read: int
    written: int


class Used(NamedTuple):
    """What processes have used: what they waited for themselves is in it.

    Attributes:
        cpu: Seconds of processor time.
        memory: The most bytes that one of them held at once.
        read: Bytes that they read through calls of the system; None where nobody counts them, as
            everything below.
        written: Bytes that they wrote so.
        disk_read: Bytes that had to be read from disks.
        disk_written: Bytes that have to be written to disks.
        killed: How many of them were ended since together they held too much memory.
    """

    cpu: float
    memory: int
    read: int | None
    written: int | None
    disk_read: int | None
    disk_written: int | None
    killed: int = 0

    def beside(self, other: "Used") -> "Used":
        """What both have used; of memory the larger, since nobody knows what they held at once."""
        return Used(
            cpu=self.cpu + other.cpu,
            memory=max(self.memory, other.memory),
            read=_sum(self.read, other.read),
            written=_sum(self.written, other.written),
            disk_read=_sum(self.disk_read, other.disk_read),
            disk_written=_sum(self.disk_written, other.disk_written),
        )

    def within(self, taken: Taken | None) -> "Used":
        """The same, with what a group counted: no process got out of it, whoever waited for it."""
        if taken is None:
            return self
        memory, cpu = max(self.memory, taken.memory), max(self.cpu, taken.cpu)
        return self._replace(memory=memory, cpu=cpu, killed=taken.killed)


def hand_over(connection: socket.socket) -> None:
    """Give whoever started this process the way to its counters, while it may still send one.

    Where the system keeps none, nothing is given.
    """
    try:
        counters = os.open(_COUNTERS, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        socket.send_fds(connection, [_WAY], [counters])
    finally:
        os.close(counters)


def begin(connection: socket.socket) -> None:
    """Say how the counters stand now, up to `END`: what comes after is the call's."""
    with contextlib.suppress(OSError), open(_COUNTERS, "rb", buffering=0) as counters:
        connection.sendall(counters.read(_MOST_BYTES) + END)


def moved_since(told: bytes, counters: int) -> Moved | None:
    """What a process has read and written since it began with its call.

    What it waited for itself is counted as well.

    Args:
        told: How they stood then.
        counters: The way to them, which is closed.
    """
    try:
        now = os.pread(counters, _MOST_BYTES, 0)
    except OSError:
        return None
    finally:
        os.close(counters)
    before, after = _counted(told), _counted(now)
    return Moved(after.read - before.read, after.written - before.written)


def used(usage: resource.struct_rusage, moved: Moved | None) -> Used:
    """What a process has used, and all that it waited for.

    Args:
        usage: What was said of it when it was waited for.
        moved: What it read and wrote, where that is known.
    """
    read, written = moved or (None, None)
    return Used(
        cpu=usage.ru_utime + usage.ru_stime,
        memory=usage.ru_maxrss * _RSS_UNIT,
        read=read,
        written=written,
        # The same counters feed both, so where there are none of the one the other stays at zero.
        disk_read=usage.ru_inblock * _BLOCK if moved else None,
        disk_written=usage.ru_oublock * _BLOCK if moved else None,
    )


def reap(pid: int) -> Used:
    """Wait for a child, and say what it used."""
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    try:
        with open(f"/proc/{pid}/io", "rb", buffering=0) as file:
            moved = _counted(file.read(_MOST_BYTES))
    except OSError:
        moved = None
    return used(os.wait4(pid, 0)[2], moved)


def _counted(text: bytes) -> Moved:
    """The first two lines: what was read and what was written."""
    read, written, *_ = (int(line.split()[1]) for line in text.splitlines())
    return Moved(read, written)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other

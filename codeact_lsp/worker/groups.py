"""A control group for one node's process at a time and all that it starts.

What the kernel says of a process that has ended leaves out those that nobody waited for, and of
memory it says what one process held. A group counts all that was ever in it, and in sum.
"""

import contextlib
import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

_MOST_BYTES = 65_536


class Taken(NamedTuple):
    """What a group's processes took: the most bytes of memory at once, seconds of processor time.

    `killed` is how many of them the kernel ended since the group's memory was used up.
    """

    memory: int
    cpu: float
    killed: int


class Group:
    """A group, known by what is open of it: nothing here can reach another one."""

    def __init__(self, told: Mapping[str, Any], descriptors: Sequence[int]) -> None:
        """Take it over.

        Args:
            told: How many of the descriptors are for joining; in which line of the statistics the
                cached files stand, in which line of its file the processor time, and how many of it
                are a second.
            descriptors: Those; then the peak of memory, its statistics, its events, and the
                processor time.
        """
        for descriptor in descriptors:
            os.set_inheritable(descriptor, False)  # noqa: FBT003 - it takes no name.
        self._entrances = tuple(descriptors[: told["entrances"]])
        self._peak, self._statistics, self._events, self._cpu = descriptors[told["entrances"] :]
        self._files_field = told["files_field"].encode()
        self._cpu_field, self._cpu_unit = told["cpu_field"].encode(), told["cpu_unit"]
        self._start: Taken | None = None

    def begin(self) -> None:
        """Count from here on; nobody is in it."""
        with contextlib.suppress(OSError):
            os.pwrite(self._peak, b"0", 0)
        # What was left by those who were in it before is nobody's any more.
        self._start = self._now()

    def take(self, pid: bytes) -> None:
        """Move a process into it; `0` is the one that asks.

        Raises:
            OSError: The kernel refuses.
        """
        for entrance in self._entrances:
            os.write(entrance, pid)

    def taken(self) -> Taken | None:
        """What was taken since it began; None if the kernel does not say."""
        start, now = self._start, self._now()
        if start is None or now is None:
            return None
        memory, cpu, killed = (after - before for after, before in zip(now, start, strict=True))
        return Taken(max(int(memory), 0), cpu, int(killed))

    def _now(self) -> Taken | None:
        try:
            statistics = b"\n" + os.pread(self._statistics, _MOST_BYTES, 0)
            # What the system keeps of files it gives up when somebody needs the room. A file in
            # memory is one as well, and stays.
            files = _line(statistics, self._files_field) - _line(statistics, b"shmem")
            held = _fields(self._peak)[b""] - files
            cpu = _fields(self._cpu)[self._cpu_field] / self._cpu_unit
            return Taken(held, cpu, _fields(self._events).get(b"oom_kill", 0))
        except (OSError, KeyError):
            return None


def _line(text: bytes, name: bytes) -> int:
    """The number in the line of that name: to look for it is quicker than to read forty others."""
    _, found, rest = text.partition(b"\n" + name + b" ")
    if not found:
        raise KeyError(name)
    return int(rest.split(maxsplit=1)[0])


def _fields(descriptor: int) -> dict[bytes, int]:
    """The numbers of a file with a name and a number a line; one without a name has the name ''."""
    lines = (line.split() for line in os.pread(descriptor, _MOST_BYTES, 0).splitlines())
    return {line[0] if line[1:] else b"": int(line[-1]) for line in lines if line[-1].isdigit()}

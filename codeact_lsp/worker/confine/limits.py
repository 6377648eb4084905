"""What a process may use up, as the kernel counts it."""

import math
import resource
import sys
from collections.abc import Mapping

# How much more a process may take to tell that it had too little, and to end.
_TO_TELL = 64 * 1024**2
_SECONDS_TO_END = 1
# All timers and queued signals of a user come out of one number, namespaces or not.
_MOST_SIGNALS = 1_024
# So do queues of messages: this is an eighth of what users have as a rule.
_MOST_QUEUED = 100_000
# What cannot be swapped out others cannot have; this is what most systems let a user have.
_MOST_LOCKED = 8 * 1024**2
_KINDS = {
    "open_files": resource.RLIMIT_NOFILE,
    "file_size": resource.RLIMIT_FSIZE,
}


def apply(limits: Mapping[str, float | None], *, namespaces: bool) -> None:
    """Limit this process and all that it starts; it cannot take that back.

    Args:
        limits: By name; None is no limit. `memory`: bytes that it may map beyond those that it has
            mapped; `cpu`: seconds of processor time; `processes`: processes and threads at once;
            `open_files`; `file_size`: bytes.
        namespaces: Whether it has a user namespace. The kernel counts the processes of the user in
            that; without one it would be all of the user's.

    Raises:
        OSError: The kernel refuses.
    """
    keep_no_core()
    _limit(resource.RLIMIT_SIGPENDING, _MOST_SIGNALS)
    _limit(resource.RLIMIT_MSGQUEUE, _MOST_QUEUED)
    _limit(resource.RLIMIT_MEMLOCK, _MOST_LOCKED)
    for name, kind in _KINDS.items():
        _limit(kind, limits[name])
    _limit(resource.RLIMIT_CPU, limits["cpu"], _SECONDS_TO_END)
    if namespaces:
        _limit(resource.RLIMIT_NPROC, limits["processes"])
    memory = limits["memory"]
    _limit(resource.RLIMIT_AS, None if memory is None else _mapped() + memory, _TO_TELL)


def keep_no_core() -> None:
    """Have a crash of this process told of and not kept.

    Many machines hand crashes to a program, which keeps the memory or shows a window. A limit of
    nothing does not keep the kernel from that; one byte does, and is too little for a file as well.
    """
    _limit(resource.RLIMIT_CORE, 1)


def _limit(kind: int, value: float | None, beyond: int = 0) -> None:
    """Set a limit, and `beyond` it the one up to which this may still be raised."""
    if value is None:
        return
    _, most = resource.getrlimit(kind)
    soft, hard = (_least(math.ceil(value) + more, most) for more in (0, beyond))
    resource.setrlimit(kind, (soft, hard))


def _least(wanted: int, most: int) -> int:
    return wanted if most == resource.RLIM_INFINITY else min(wanted, most)


def _mapped() -> int:
    """Bytes that this process has mapped; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[0]) * resource.getpagesize()

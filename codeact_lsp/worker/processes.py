"""Process trees: what a node leaves behind must not outlive it."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator

from .accounts import Used, reap

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(*, die: bool = True) -> None:
    """Have the kernel kill this process when its parent ends, or no longer (Linux)."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL if die else 0)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that none slips away (Linux)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def kill_tree(pid: int) -> None:
    """Kill `pid`, its process group and all its descendants."""
    victims = [pid, *_descendants(pid)]
    _kill(os.killpg, pid)
    for victim in victims:
        _kill(os.kill, victim)


def kill_left_behind(pid: int, known: set[int]) -> list[Used]:
    """Kill what a process that has ended left running.

    What was still below it has become a child of this process, since this one adopts orphans.

    Args:
        pid: The process.
        known: Children of this process that are to live.

    Returns:
        What each that was left has used.
    """
    used: list[Used] = []
    _kill(os.killpg, pid)
    while orphans := [other for other in _all() if other not in known and _is_child(other)]:
        for orphan in orphans:
            _kill_group_of(orphan, known)
            _kill(os.kill, orphan)
        # Then what was below them is below this process.
        used += [reap(orphan) for orphan in orphans]
    return used


def _kill_group_of(pid: int, known: set[int]) -> None:
    """Kill a whole group at once: one process after another, it might outrun us by forking."""
    group = os.getpgid(pid)
    if group != os.getpgrp() and group not in known:
        _kill(os.killpg, group)


def _prctl(option: int, value: int) -> None:
    if _libc:
        _libc.prctl(option, value, 0, 0, 0)


def _kill(kill: Callable[[int, int], None], pid: int) -> None:
    try:
        kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _is_child(pid: int) -> bool:
    """Asks the kernel, which is far quicker than reading about each process."""
    try:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for child in _all():
        children.setdefault(_parent(child), []).append(child)
    found: list[int] = []
    pending = [pid]
    while pending:
        found += (below := children.get(pending.pop(), []))
        pending += below
    return found


def _all() -> Iterator[int]:
    """All processes; none where there is no /proc."""
    if sys.platform == "linux":
        yield from (int(entry) for entry in os.listdir("/proc") if entry.isdigit())


def _parent(pid: int) -> int:
    """The parent of a process; 0 if it has ended since it was listed."""
    try:
        descriptor = os.open(f"/proc/{pid}/stat", os.O_RDONLY)
    except OSError:
        return 0
    try:
        stat = os.read(descriptor, 4096)
    except ProcessLookupError:
        return 0
    finally:
        os.close(descriptor)
    return int(stat.rpartition(b")")[2].split()[1])

"""Process trees: what a node leaves behind must not outlive it."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


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


def kill_left_behind(pid: int, known: set[int]) -> None:
    """Kill what a process that has ended left running.

    What was still below it has become a child of this process, since this one adopts orphans.

    Args:
        pid: The process.
        known: Children of this process that are to live.
    """
    _kill(os.killpg, pid)
    own = os.getpid()
    while orphans := [
        child for child, parent in _parents() if parent == own and child not in known
    ]:
        for orphan in orphans:
            kill_tree(orphan)
            os.waitpid(orphan, 0)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _kill(kill: Callable[[int, int], None], pid: int) -> None:
    try:
        kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found: list[int] = []
    pending = [pid]
    while pending:
        found += (below := children.get(pending.pop(), []))
        pending += below
    return found


def _parents() -> Iterator[tuple[int, int]]:
    """Pairs of process and parent, from /proc; nothing where there is none."""
    if sys.platform != "linux":
        return
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_bytes()
            except OSError:  # The process ended between the listing and the look.
                continue
            yield int(entry), int(stat.rpartition(b")")[2].split()[1])

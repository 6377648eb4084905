"""Paths that are held open, so that rules for them cost each of many processes next to nothing."""

import fcntl
import os
import resource
from collections.abc import Iterator, Sequence

from . import landlock

FIRST = 512
"""From this descriptor on there is nothing but what is held open."""


class Opened:
    """Rules for reading, held for the processes that are forked from this one.

    Attributes:
        rules: Those.
        left: Paths that were too many to be held open.
    """

    def __init__(self) -> None:
        """Hold nothing."""
        self.rules: list[landlock.Rule] = []
        self.left: Sequence[landlock.Named] = ()

    def hold(self, paths: Sequence[landlock.Named]) -> None:
        """Hold these paths and no others; what is not there is passed over."""
        for rule in self.rules:
            os.close(rule.parent_fd)
        room = _room(len(paths))
        self.left = paths[room:]
        self.rules = list(_rules(paths[:room]))

    def has_deleted(self) -> bool:
        """Whether something that is held has no name any more: it takes up room on disk by that."""
        return any(os.fstat(rule.parent_fd).st_nlink == 0 for rule in self.rules)


def _room(wanted: int) -> int:
    """How many can be held, of `wanted`; each node has a limit of its own for its open files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = min(2 * FIRST + wanted, hard) if hard != resource.RLIM_INFINITY else 2 * FIRST + wanted
    if most > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(most - 2 * FIRST, 0)


def _rules(paths: Sequence[landlock.Named]) -> Iterator[landlock.Rule]:
    for path in paths:
        if rule := landlock.rule_for(path, landlock.READ):
            high = fcntl.fcntl(rule.parent_fd, fcntl.F_DUPFD_CLOEXEC, FIRST)
            os.close(rule.parent_fd)
            yield landlock.Rule(rule.allowed_access, high)

"""Has `os.system` say that nothing was started: it returns a number, at which nobody looks."""

import errno
import os
from collections.abc import Callable

from .gate import replace


def refuse_in_words() -> None:
    """From now on it raises in this process, which may start no other."""
    replace(os, "system", _raising)


def _raising(before: Callable[[str], int]) -> Callable[[str], int]:
    def system(command: str) -> int:
        before(command)  # The system refuses it, and an audit event tells of it.
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    return system

"""Calls of the Linux kernel that the standard library has no names for."""

import ctypes
import os
import sys

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def call(function: str, *arguments: object) -> int:
    """What a function of the C library answers.

    Args:
        function: Its name; one that answers a negative number when it fails.
        arguments: Integers, which it takes as `long`, and objects of `ctypes`.

    Raises:
        OSError: It failed.
    """
    if _libc is None:
        raise OSError("this system is not Linux")
    result: int = getattr(_libc, function)(
        *(ctypes.c_long(each) if isinstance(each, int) else each for each in arguments)
    )
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def prctl(option: int, value: int, detail: int = 0) -> None:
    """Have the kernel change something about this thread.

    Raises:
        OSError: It does not.
    """
    call("prctl", option, value, detail, 0, 0)


def only_thread() -> None:
    """Make sure that this process has no other thread: that would keep what this one gives up.

    Raises:
        OSError: It has others, or cannot tell.
    """
    if len(os.listdir("/proc/self/task")) > 1:
        raise OSError("a process that has started threads cannot be confined any more")

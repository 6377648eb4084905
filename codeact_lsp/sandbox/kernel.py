"""What the kernel confines with by itself: Landlock, and programs that filter system calls."""

import ctypes
import errno
import os

KERNEL_SAYS = "the kernel says: "
"""How a fault begins that is the kernel's, and no program's that could be installed."""

_LANDLOCK_CREATE_RULESET = 444
_LANDLOCK_VERSION = 1
_PR_SET_SECCOMP = 22
_MODE_FILTER = 2


def landlock(faults: dict[str, str]) -> int:
    """The version of Landlock that the kernel offers; 0 if none, and `faults` has why."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    if version < 0:
        faults["landlock"] = f"{KERNEL_SAYS}{os.strerror(ctypes.get_errno())}"
    return max(int(version), 0)


def seccomp(faults: dict[str, str]) -> bool:
    """The kernel's part, and the library that makes its programs."""
    if fault := _no_filter():
        faults["seccomp"] = f"{KERNEL_SAYS}{fault}"
        return False
    try:
        ctypes.CDLL("libseccomp.so.2")
    except OSError as error:
        faults["seccomp"] = str(error)
    return "seccomp" not in faults


def _no_filter() -> str:
    """Why the kernel takes no program that filters calls; empty if it does.

    It is offered one at an address where there is none. A kernel that takes programs looks there
    first, and complains of the address: nothing has changed then.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), None, None, None)
    fault = ctypes.get_errno()
    return "" if fault == errno.EFAULT else os.strerror(fault)

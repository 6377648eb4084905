"""Gives up every privilege that this process has, and every way to get one back."""

import ctypes
import errno

from .kernel import call, only_thread, prctl

_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 24, 38, 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_VERSION_3 = 0x20080522
_MOST_CAPABILITIES = 64


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def drop() -> None:
    """Give up all capabilities; no program that this process starts gets any either.

    Raises:
        OSError: It keeps some, or has other threads, which would.
    """
    only_thread()
    prctl(_PR_SET_NO_NEW_PRIVS, 1)
    prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    _empty_bounding_set()
    nothing = (ctypes.c_uint32 * 6)()
    call("capset", ctypes.byref(_Header(_VERSION_3, 0)), ctypes.byref(nothing))


def _empty_bounding_set() -> None:
    """Only who has the privilege may; without, no program gets any, since none is new."""
    for capability in range(_MOST_CAPABILITIES):
        try:
            prctl(_PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno in {errno.EINVAL, errno.EPERM}:  # The kernel has no more; or see above.
                return
            raise

"""Opens what was seen in a folder, and nothing that a link leads to which has come there since.

A node that may write a folder of the workspace can move a link of that folder to where another one
was, while rules are made for what was seen there: a rule by name would be one for the link's end.
"""

import ctypes
import errno
import os
import stat
from typing import NamedTuple

from .kernel import call

_OPENAT2 = 437
_NO_LINKS_AND_BENEATH = 0x04 | 0x08
_HANDLE = getattr(os, "O_PATH", 0) | os.O_CLOEXEC
# Kernels before Linux 5.6 have no such call, and the filter of nodes says that there is none.
_NONE = frozenset({errno.ENOSYS, errno.EPERM})


class Straight(NamedTuple):
    """A path that is only opened if below a folder no link lies on the way."""

    folder: str
    path: str


class _How(ctypes.Structure):
    _fields_ = (("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64))


def handle(place: Straight) -> int:
    """A handle of a path, which gives no rights.

    Raises:
        OSError: There is nothing by that name, or a link is on the way (`ELOOP`).
    """
    folder = os.open(place.folder, _HANDLE)
    below = place.path.removeprefix(place.folder).lstrip("/") or "."
    try:
        return _at_once(folder, below)
    except OSError as error:
        if error.errno not in _NONE:
            raise
        return _step_by_step(folder, below)
    finally:
        os.close(folder)


def _at_once(folder: int, below: str) -> int:
    how = _How(_HANDLE, 0, _NO_LINKS_AND_BENEATH)
    path = os.fsencode(below)
    return call("syscall", _OPENAT2, folder, path, ctypes.byref(how), ctypes.sizeof(how))


def _step_by_step(folder: int, below: str) -> int:
    here = os.dup(folder)
    try:
        for name in below.split("/"):
            # Of a link this is a handle of the link, which leads nowhere.
            there = os.open(name, _HANDLE | os.O_NOFOLLOW, dir_fd=here)
            here, left = there, here
            os.close(left)
        if stat.S_ISLNK(os.fstat(here).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), below)
        return os.dup(here)
    finally:
        os.close(here)

"""Tells whether anything in a set of folders has changed, without a look at each of them.

The kernel notes what happens in a folder that is watched before whoever did it can go on. It does
not know what other machines do to a file system that they share: no folder of that can be watched.
"""

import ctypes
import errno
import os

from .kernel import call

# From <linux/inotify.h>: what happens to a folder and its entries, other than that they are used.
_CHANGES = 0x4 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800
_ONLY_A_FOLDER_AND_NO_LINK = 0x0100_0000 | 0x0200_0000
# From <linux/magic.h>: ext2 to ext4, XFS, Btrfs, F2FS, ZFS, bcachefs, tmpfs, overlayfs.
_LOCAL = frozenset(
    {
        *(0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x2FC1_2FC1, 0xCA45_1A4E),
        *(0x0102_1994, 0x794C_7630),
    }
)
_MOST_BYTES = 65_536
_SIZE_OF_STATFS = 256  # More than any machine's; its first number is the kind.
# Such a folder has no entries that could change; that there is one is a change of the one above.
_NO_FOLDER = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP})


class Changes:
    """Counts changes of the folders that are watched."""

    def __init__(self) -> None:
        """Begin to watch, no folder yet."""
        self._count = 0
        self._local: dict[int, bool] = {}
        try:
            self._descriptor = call("inotify_init1", os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:  # Another system, or the user's programs watch too much already.
            self._descriptor = -1

    def watch(self, folder: str, device: int) -> None:
        """Count from now on what changes directly in a folder, which lies on `device`."""
        if self._descriptor < 0:
            return
        path, what = os.fsencode(folder), _CHANGES | _ONLY_A_FOLDER_AND_NO_LINK
        try:
            watched = self._is_local(path, device)
            call("inotify_add_watch", self._descriptor, path, what)
        except OSError as error:
            watched = error.errno in _NO_FOLDER
        if not watched:
            self.stop()

    def count(self) -> int | None:
        """A number that is another one after a change; None if changes may be missed."""
        if self._descriptor < 0:
            return None
        try:
            os.read(self._descriptor, _MOST_BYTES)
        except BlockingIOError:
            return self._count
        self._count += 1
        return self._count

    @property
    def descriptor(self) -> int | None:
        """What can be read from once something has changed; None if changes may be missed."""
        return None if self._descriptor < 0 else self._descriptor

    def stop(self) -> None:
        """Watch nothing any more."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self.forget()

    def forget(self) -> None:
        """Leave what is watched to the process that this one is a copy of."""
        self._descriptor = -1

    def _is_local(self, path: bytes, device: int) -> bool:
        if device not in self._local:
            found = ctypes.create_string_buffer(_SIZE_OF_STATFS)
            call("statfs", path, found)
            self._local[device] = ctypes.c_long.from_buffer(found).value in _LOCAL
        return self._local[device]

"""Namespaces: what a process sees of the system beside files: processes, mounts, shared memory.

The zygote has a user namespace of its own, in which it may make others. Each node is the first
process of its own process namespace, so that it sees no other process, and so that all that it
starts ends with it: the kernel sees to that.
"""

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)
_NEW_MOUNTS = 0x0002_0000
_NEW_IPC = 0x0800_0000
_NEW_USERS = 0x1000_0000
_NEW_PROCESSES = 0x2000_0000
_BIND = 1 << 12
_PRIVATE_AND_BELOW = (1 << 18) | 0x4000
_NO_SETUID_NO_DEVICES = 0x2 | 0x4


class Nest:
    """The namespaces of this process, in which each fork gets a process namespace of its own."""

    def __init__(self) -> None:
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self) -> int:
        """As `os.fork`; the child is the first process of its namespace."""
        _check(_libc.unshare(_NEW_PROCESSES))
        try:
            pid = os.fork()
        except OSError:
            self._back()
            raise
        if pid:
            self._back()
        return pid

    def _back(self) -> None:
        """Or the next child would be a process of the same namespace."""
        _check(_libc.setns(self._own, _NEW_PROCESSES))


def nest() -> None:
    """Go on as the first process of new namespaces; the caller's process waits for its end.

    Raises:
        OSError: This process may not have namespaces.
    """
    user, group = os.getuid(), os.getgid()
    _check(_libc.unshare(_NEW_USERS | _NEW_MOUNTS | _NEW_IPC | _NEW_PROCESSES))
    _write("setgroups", "deny")
    _write("uid_map", f"{user} {user} 1")
    _write("gid_map", f"{group} {group} 1")
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        os._exit(code if code >= 0 else 128 - code)
    _check(_libc.mount(None, b"/", None, _PRIVATE_AND_BELOW, None))


def own_mounts(scratch: dict[str, object]) -> None:
    """Give this process empty scratch folders that nobody else sees, and that end with it.

    Args:
        scratch: Their `path`, and how many `bytes` and `files` each may hold.
    """
    _check(_libc.unshare(_NEW_MOUNTS | _NEW_IPC))
    options = f"mode=0700,size={scratch['bytes']},nr_inodes={scratch['files']}".encode()
    for place in (str(scratch["path"]), "/dev/shm"):  # noqa: S108 - both are of this process alone.
        mounted = _libc.mount(
            b"tmpfs", os.fsencode(place), b"tmpfs", _NO_SETUID_NO_DEVICES, options
        )
        _check(mounted)
    # Programs look for themselves by their number, which /proc does not know: it counts outside.
    _libc.mount(b"/proc/self", b"/proc/%d" % os.getpid(), None, _BIND, None)  # Or it is not there.


def _write(name: str, text: str) -> None:
    # `pathlib` takes longer to load than all else here, and somebody waits for the answer.
    with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
        file.write(text)


def _check(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))

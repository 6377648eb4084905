"""What a node under the filter can have the kernel do for it, beside files and processes."""

import ctypes
import errno
import fcntl
import os
import shutil
import signal
import termios
from pathlib import Path

import pytest

from tests.worker.confine.confined import (
    LIBC,
    USERS,
    asked,
    confined,
    filtered,
    folder_of,
    names,
    tried,
)

pytestmark = pytest.mark.parametrize("user", USERS)
_NEW_USER_NAMESPACE = 0x1000_0000
_THREAD = 0x0001_0F00


@pytest.mark.parametrize("processes", [False, True])
def test_no_namespace_is_made_or_entered_and_nothing_is_mounted(
    user: int, *, processes: bool
) -> None:
    def work() -> list[str]:
        filtered(processes=processes)
        own = os.open("/proc/self/ns/net", os.O_RDONLY)
        return [
            asked("unshare", _NEW_USER_NAMESPACE),
            asked("setns", own, 0),
            asked("clone", _NEW_USER_NAMESPACE | signal.SIGCHLD, None, None, None, None),
            asked("clone", _NEW_USER_NAMESPACE | _THREAD, None, None, None, None),
            asked("clone", 1 << 40 | _NEW_USER_NAMESPACE | signal.SIGCHLD, None, None, None, None),
            asked("clone3", None, 0),
            asked("mount", None, None, None, 0, None),
            asked("fsopen", None, 0),
            asked("open_tree", -100, None, 0),
            tried(os.chroot, "/"),
        ]

    assert confined(work, user) == ["EPERM"] * 5 + ["ENOSYS"] + ["EPERM"] * 4


@pytest.mark.parametrize("processes", [False, True])
def test_the_ways_into_the_kernel_are_closed(user: int, *, processes: bool) -> None:
    calls = (
        *("bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "keyctl", "add_key"),
        *("personality", "syslog", "name_to_handle_at", "open_by_handle_at", "setuid", "capset"),
        *("kexec_load", "init_module", "finit_module", "swapon", "acct", "quotactl", "reboot"),
    )

    def work() -> list[str]:
        filtered(processes=processes)
        return [tried(os.memfd_create, "hidden"), *(asked(call, -1, -1, -1, -1) for call in calls)]

    assert set(confined(work, user)) == {"EPERM"}


def test_nothing_can_be_typed_at_a_terminal(user: int) -> None:
    def work() -> list[object]:
        ours, theirs = os.openpty()
        filtered()
        letter = ctypes.create_string_buffer(b"x")
        requests = (termios.TIOCSTI, 1 << 32 | termios.TIOCSTI, 0x541C)
        answers = [LIBC.ioctl(theirs, ctypes.c_ulong(each), letter) for each in requests]
        return [*answers, ctypes.get_errno(), os.get_terminal_size(ours).lines]

    assert confined(work, user) == [-1, -1, -1, errno.EPERM, 0]


def changes(folder: Path, file: int) -> list[str]:
    """All ways to change what a file is like, and to make what is no file."""
    path, new = folder / "file", folder / "new"
    return [
        tried(os.symlink, "file", new),
        tried(os.mkfifo, new),
        tried(os.fchmod, file, 0o777),
        tried(os.utime, file),
        tried(os.setxattr, file, "user.x", b""),
        tried(os.truncate, path, 0),
        tried(os.chmod, path, 0o777),
        tried(os.utime, path, (0, 0)),
        tried(os.chown, path, os.getuid(), -1),
        tried(os.link, path, new),
    ]


@pytest.mark.parametrize("mounts", [False, True])
def test_the_attributes_of_files_are_left_alone_where_nothing_else_keeps_them(
    user: int, *, mounts: bool
) -> None:
    with folder_of(user) as folder:

        def work() -> list[str]:
            (folder / "file").touch(0o600)
            file = os.open(folder / "file", os.O_RDONLY)
            filtered(mounts=mounts)
            return changes(folder, file)

        # A descriptor leads around all mounts to the file that it was opened for.
        by_path = ["done" if mounts else "EPERM"] * 5
        assert confined(work, user) == ["EPERM"] * 5 + by_path
        assert names(folder) == (["file", "new"] if mounts else ["file"])
        found = (folder / "file").stat()
        assert (found.st_mode & 0o777, found.st_mtime == 0) == (
            (0o777, True) if mounts else (0o600, False)
        )


@pytest.mark.parametrize("processes", [False, True])
def test_no_file_gets_to_run_as_its_owner(user: int, *, processes: bool) -> None:
    with folder_of(user) as folder:

        def work() -> list[str]:
            (folder / "file").touch(0o700)
            file = os.open(folder / "file", os.O_RDONLY)
            filtered(mounts=True, processes=processes)
            new = os.O_CREAT | os.O_WRONLY
            return [
                tried(os.chmod, folder / "file", 0o4755),
                tried(os.chmod, folder / "file", 0o2755),
                tried(os.fchmod, file, 0o6755),
                tried(os.open, folder / "new", new, 0o4755),
                tried(os.mknod, folder / "node", 0o104755),
                tried(os.chmod, folder / "file", 0o755),
                tried(os.open, folder / "plain", new, 0o755),
            ]

        assert confined(work, user) == ["EPERM"] * 5 + ["done"] * 2
        assert names(folder) == ["file", "plain"]
        assert all(path.stat().st_mode & 0o7777 == 0o755 for path in folder.iterdir())


@pytest.mark.parametrize("processes", [False, True])
def test_what_is_noted_beside_a_file_is_not_read(user: int, *, processes: bool) -> None:
    with folder_of(user) as folder:

        def work() -> list[str]:
            (folder / "file").touch()
            os.setxattr(folder / "file", "user.note", b"a token")
            filtered(processes=processes)
            copied = tried(shutil.copystat, folder / "file", folder)
            return [
                tried(os.getxattr, folder / "file", "user.note"),
                tried(os.listxattr, folder / "file"),
                copied if processes else "done",
            ]

        assert confined(work, user) == ["ENOTSUP", "ENOTSUP", "done"]


@pytest.mark.parametrize("processes", [False, True])
def test_what_all_programs_of_a_user_share_a_number_of_is_left_to_them(
    user: int, *, processes: bool
) -> None:
    def work() -> list[str]:
        reading, _ = os.pipe()
        filtered(processes=processes)
        asked_for = [asked("inotify_init1", 0), asked("io_setup", 64, None)]
        return [*asked_for, tried(fcntl.fcntl, reading, fcntl.F_SETPIPE_SZ, 1 << 20)]

    assert confined(work, user) == ["ENOSYS", "ENOSYS", "EPERM"]

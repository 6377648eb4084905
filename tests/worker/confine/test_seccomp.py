"""A filter of system calls, once it is installed: it holds, for all that there is."""

import ctypes
import errno
import mmap
import os
import platform
import signal
import socket
import struct
import subprocess
import threading
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from codeact_lsp.worker.confine import seccomp
from tests.worker.confine.confined import LIBC, USERS, confined, ending, filtered, tried

pytestmark = pytest.mark.parametrize("user", USERS)
_ALLOW_EVERYTHING = struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF_0000)


def test_what_is_started_is_filtered_too(user: int) -> None:
    def work() -> str:
        filtered(processes=True)
        command = ["unshare", "--user", "true"]
        return subprocess.run(command, stderr=-1, text=True, check=False).stderr

    assert "Operation not permitted" in confined(work, user)


def test_a_filter_is_not_undone_by_another_which_is_not_taken(user: int) -> None:
    def work() -> list[str]:
        filtered()
        return [tried(seccomp.install, _ALLOW_EVERYTHING), tried(socket.socket)]

    assert confined(work, user) == ["EINVAL", "EPERM"]


def test_what_is_no_program_is_refused_and_filters_nothing(user: int) -> None:
    def work() -> list[str]:
        return [tried(seccomp.install, b"\0" * 8), tried(seccomp.install, b""), tried(os.getpid)]

    assert confined(work, user) == ["EINVAL", "EINVAL", "done"]


def test_a_process_with_threads_is_not_filtered(user: int) -> None:
    def work() -> list[str]:
        done = threading.Event()
        with ExitStack() as stack:
            stack.callback(done.set)
            threading.Thread(target=done.wait).start()
            try:
                filtered()
            except OSError as error:
                return [str(error), tried(socket.socketpair, socket.AF_UNIX, socket.SOCK_DGRAM)]
        return []

    why = "a process that has started threads cannot be confined any more"
    assert confined(work, user) == [why, "done"]


def test_a_call_that_nobody_has_looked_at_is_not_there(user: int) -> None:
    def work() -> list[int]:
        filtered()
        numbers = (447, 452, 463, 500, 1000)
        return [errno.ENOSYS if LIBC.syscall(number, -1, -1) < 0 else 0 for number in numbers] + [
            ctypes.get_errno()
        ]

    assert set(confined(work, user)) == {errno.ENOSYS}


def in_another_instruction_set() -> dict[str, Callable[[], object]]:
    """Ways to ask for `getpid` as a program of another kind would; each machine has its own."""

    def x32() -> None:
        LIBC.syscall(0x4000_0000 | 39)

    def i386() -> None:
        code = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        code.write(b"\xb8\x14\0\0\0\xcd\x80\xc3")  # mov eax, 20; int 0x80; ret
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()

    return {"x32": x32, "i386": i386} if platform.machine() == "x86_64" else {}


def test_a_call_in_another_instruction_set_ends_the_process(user: int) -> None:
    for ask in in_another_instruction_set().values():

        def work(ask: Callable[[], object] = ask) -> None:
            filtered(processes=True)
            ask()

        assert ending(ask, user) == 0
        assert ending(work, user) == -signal.SIGSYS

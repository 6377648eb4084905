"""Do something in a process of its own that confines itself, as the user at hand and as nobody."""

import ctypes
import errno
import faulthandler
import json
import os
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pyseccomp

from codeact_lsp.sandbox.filters import system_call_filter
from codeact_lsp.worker.confine import seccomp
from codeact_lsp.worker.confine.kernel import prctl

_NOBODY = 65_534
# Nobody may not be allowed to read the standard library: what a test needs of it is imported first.
USERS = (os.getuid(), _NOBODY) if os.getuid() == 0 else (os.getuid(),)
LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_DUMPABLE = 4


def confined(work: Callable[[], object], user: int = os.getuid()) -> Any:
    """What `work` returns, by way of JSON, in a process of a user that it can confine for good."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _do(work, user, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _, status = os.waitpid(pid, 0)
    assert told, f"the process ended with {os.waitstatus_to_exitcode(status)}"
    answer = json.loads(told)
    assert "raised" not in answer, answer["raised"]
    return answer["returned"]


def ending(work: Callable[[], object], user: int = os.getuid()) -> int:
    """How a process ends that does `work`: its exit code, or less than 0 for a signal."""
    pid = os.fork()
    if pid == 0:
        _do(work, user, os.open(os.devnull, os.O_WRONLY))
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _do(work: Callable[[], object], user: int, writing: int) -> NoReturn:
    faulthandler.disable()  # A test may be about a crash.
    try:
        if user != os.getuid():
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            prctl(_PR_SET_DUMPABLE, 1)  # Or what /proc tells of it would not be its own.
        answer = {"returned": work()}
    except BaseException:  # noqa: BLE001 - it is told of in the parent.
        answer = {"raised": traceback.format_exc()}
    os.write(writing, json.dumps(answer).encode())
    os._exit(0)


def tried(call: Callable[..., object], *arguments: object) -> str:
    """What comes of a call: `done`, or the name of the error that it ends in."""
    try:
        call(*arguments)
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "done"


def asked(name: str, *arguments: int | None) -> str:
    """What the kernel answers to a system call, asked as a program in C might."""
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    values = [None if each is None else ctypes.c_long(each) for each in arguments]
    if LIBC.syscall(ctypes.c_long(number), *values) >= 0:
        return "done"
    return errno.errorcode[ctypes.get_errno()]


def names(folder: Path) -> list[str]:
    """What there is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def filtered(*, processes: bool = False, network: bool = False, mounts: bool = False) -> None:
    """Filter the system calls of this process."""
    seccomp.install(system_call_filter(processes=processes, network=network, mounts=mounts))


@contextmanager
def folder_of(user: int) -> Iterator[Path]:
    """An empty folder of a user's, below none that is closed to others."""
    with tempfile.TemporaryDirectory(prefix="confined-") as name:
        os.chown(name, user, -1)
        yield Path(name)


@contextmanager
def process_of(user: int) -> Iterator[int]:
    """A process of a user's that waits for its end; it has to be alive at the end."""
    pid = os.fork()
    if pid == 0:
        _do(signal.pause, user, os.open(os.devnull, os.O_WRONLY))
    try:
        yield pid
        assert os.waitpid(pid, os.WNOHANG) == (0, 0), "it was ended by somebody else"
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)

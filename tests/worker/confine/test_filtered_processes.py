"""What a node under the filter can do with processes and threads, its own and those of others."""

import asyncio
import fcntl
import os
import resource
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.worker.confine.confined import (
    USERS,
    asked,
    confined,
    ending,
    filtered,
    process_of,
    tried,
)

pytestmark = pytest.mark.parametrize("user", USERS)


def test_a_node_that_may_not_start_processes_starts_none(user: int) -> None:
    def work() -> list[str]:
        filtered()
        return [
            tried(os.fork),
            tried(os.posix_spawn, "/bin/true", ["true"], {}),
            tried(subprocess.run, ["true"]),
            tried(os.execv, "/bin/true", ["true"]),
            asked("execveat", -100, None, None, None, 0),
            asked("clone", signal.SIGCHLD, None, None, None, None),
            asked("clone3", None, 0),
        ]

    assert confined(work, user) == ["EPERM"] * 6 + ["ENOSYS"]


def test_threads_and_event_loops_do_not_mind(user: int) -> None:
    async def slept() -> str:
        await asyncio.sleep(0)
        return await asyncio.to_thread(lambda: "from a thread")

    def work() -> list[object]:
        filtered()
        with ThreadPoolExecutor(4) as pool:
            numbers = sum(pool.map(abs, range(10)))
        return [numbers, asyncio.run(slept()), os.getpriority(os.PRIO_PROCESS, 0), os.nice(1)]

    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert confined(work, user) == [45, "from a thread", own, min(own + 1, 19)]


def end_of_a_sleep(process: int) -> list[str]:
    """All ways to signal a process, with what would end it."""
    file = os.open("/dev/null", os.O_RDONLY)
    return [
        tried(os.kill, process, signal.SIGKILL),
        asked("tkill", process, signal.SIGKILL),
        asked("tgkill", process, process, signal.SIGKILL),
        asked("rt_sigqueueinfo", process, signal.SIGKILL, None),
        asked("rt_tgsigqueueinfo", process, process, signal.SIGKILL, None),
        asked("pidfd_open", process, 0),
        asked("pidfd_send_signal", file, signal.SIGKILL, None, 0),
        tried(fcntl.fcntl, file, fcntl.F_SETOWN, process),
        asked("kill", -1, signal.SIGKILL),
    ]


def test_no_other_process_is_signalled(user: int) -> None:
    with process_of(user) as other:

        def work() -> list[str]:
            filtered()
            return end_of_a_sleep(other)

        assert set(confined(work, user)) == {"EPERM"}


def test_no_other_process_is_slowed_down_or_looked_into(user: int) -> None:
    with process_of(user) as other:

        def work() -> list[str]:
            filtered()
            return [
                tried(resource.prlimit, other, resource.RLIMIT_NOFILE, (3, 3)),
                tried(os.sched_setaffinity, other, {0}),
                tried(os.setpriority, os.PRIO_PROCESS, other, 19),
                tried(os.setpriority, os.PRIO_USER, 0, 19),
                asked("ioprio_set", 1, other, 3 << 13),
                asked("ptrace", 16, other, None, None),
                asked("process_vm_readv", other, None, 0, None, 0, 0),
                asked("process_vm_writev", other, None, 0, None, 0, 0),
                asked("kcmp", other, other, 0, 0, 0),
                asked("migrate_pages", other, 0, None, None),
                tried(resource.setrlimit, resource.RLIMIT_NOFILE, (64, 64)),
                tried(os.sched_setaffinity, 0, os.sched_getaffinity(0)),
            ]

        limits = Path(f"/proc/{other}/limits").read_text(encoding="ascii")
        priority = os.getpriority(os.PRIO_PROCESS, other)
        assert confined(work, user) == ["EPERM"] * 10 + ["done"] * 2
        assert Path(f"/proc/{other}/limits").read_text(encoding="ascii") == limits
        assert os.getpriority(os.PRIO_PROCESS, other) == priority


def test_a_process_can_signal_itself(user: int) -> None:
    def work() -> list[int]:
        caught: list[int] = []
        signal.signal(signal.SIGUSR1, lambda number, _: caught.append(number))
        filtered()
        signal.raise_signal(signal.SIGUSR1)
        os.kill(os.getpid(), signal.SIGUSR1)
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        return caught

    def crash() -> None:
        filtered()
        os.abort()

    assert confined(work, user) == [signal.SIGUSR1] * 3
    assert ending(crash, user) == -signal.SIGABRT


def test_a_node_that_may_start_processes_starts_all_kinds(user: int) -> None:
    async def echo() -> str:
        process = await asyncio.create_subprocess_exec("echo", "async", stdout=-1)
        output, _ = await process.communicate()
        return output.decode().strip()

    def work() -> list[object]:
        filtered(processes=True)
        pid = os.fork()
        if pid == 0:
            signal.pause()
        os.kill(pid, signal.SIGTERM)
        _, status = os.waitpid(pid, 0)
        said = subprocess.check_output(["/bin/sh", "-c", "echo one | cat"], text=True)
        return [os.waitstatus_to_exitcode(status), said.strip(), asyncio.run(echo())]

    assert confined(work, user) == [-signal.SIGTERM, "one", "async"]

"""Limits that the kernel holds a process to, and that it cannot lift again."""

import ctypes
import mmap
import os
import resource
import signal

import pytest

from codeact_lsp.worker.aside import lift_memory_limit
from codeact_lsp.worker.confine import limits
from tests.worker.confine.confined import USERS, asked, confined, ending, folder_of, tried

pytestmark = pytest.mark.parametrize("user", USERS)
MIB = 1024**2
_NEW_USER_NAMESPACE = 0x1000_0000
NONE = dict.fromkeys(("memory", "cpu", "processes", "open_files", "file_size"))


def limit(*, namespaces: bool = False, **given: float) -> None:
    limits.apply({**NONE, **given}, namespaces=namespaces)


def is_too_much(size: int) -> bool:
    """Whether there is not as much memory as this; it is new, and none that was freed before."""
    return tried(mmap.mmap, -1, size) == "ENOMEM"


def test_memory_is_what_a_process_takes_from_here_on(user: int) -> None:
    def work() -> list[object]:
        limit(memory=100 * MIB)
        return [is_too_much(50 * MIB), is_too_much(200 * MIB)]

    assert confined(work, user) == [False, True]


def test_a_process_that_had_too_little_has_a_little_more_to_tell_so(user: int) -> None:
    def work() -> list[bool]:
        limit(memory=20 * MIB)
        before = is_too_much(40 * MIB)
        lift_memory_limit()
        return [before, is_too_much(40 * MIB), is_too_much(200 * MIB)]

    assert confined(work, user) == [True, False, True]


def test_files_are_not_larger_nor_more_than_that(user: int) -> None:
    with folder_of(user) as folder:

        def work() -> list[str]:
            limit(file_size=1_000, open_files=32)
            with (folder / "file").open("wb", buffering=0) as file:
                written = [tried(file.write, bytes(900)), tried(file.write, bytes(900))]
                return [*written, tried(file.write, b"1"), tried(open_many)]

        def open_many() -> None:
            kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(40)]
            kept.clear()

        assert confined(work, user) == ["done", "done", "EFBIG", "EMFILE"]
        assert (folder / "file").stat().st_size == 1_000


def test_processor_time_ends_and_soon_after_it_the_process_whether_it_listens_or_not(
    user: int,
) -> None:
    def allowed() -> list[int]:
        limit(cpu=0.2)
        return list(resource.getrlimit(resource.RLIMIT_CPU))

    def work() -> None:
        allowed()
        while True:
            pass

    assert confined(allowed, user) == [1, 2]
    assert ending(work, user) == -signal.SIGXCPU


def test_of_what_a_user_has_one_number_of_a_process_takes_a_part(user: int) -> None:
    def work() -> list[int]:
        limit()
        kinds = (resource.RLIMIT_SIGPENDING, resource.RLIMIT_MSGQUEUE)
        return [resource.getrlimit(kind)[1] for kind in kinds]

    signals, queued = confined(work, user)
    assert signals <= 1_024
    assert queued <= 100_000


def test_a_crash_is_neither_kept_nor_handed_to_a_program_of_the_machine(user: int) -> None:
    def work() -> int:
        limit()
        return resource.getrlimit(resource.RLIMIT_CORE)[0]

    # A limit of nothing would still start that program; this is what keeps the kernel from it.
    assert confined(work, user) == min(1, resource.getrlimit(resource.RLIMIT_CORE)[1] % 2**64)


def test_what_is_limited_cannot_be_raised_again(user: int) -> None:
    kinds = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE")

    def work() -> list[bool]:
        limit(memory=MIB, cpu=9, file_size=MIB, open_files=64)
        os.setresuid(12_345, 12_345, 12_345) if os.getuid() == 0 else None
        return [raised(getattr(resource, kind)) for kind in kinds]

    def raised(kind: int) -> bool:
        _, most = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (most + 1, most + 1))
        except ValueError:
            return False
        return True

    assert confined(work, user) == [False] * len(kinds)


def test_a_limit_that_is_lower_already_stays(user: int) -> None:
    def work() -> list[int]:
        resource.setrlimit(resource.RLIMIT_NOFILE, (50, 50))
        limit(open_files=1_000)
        return list(resource.getrlimit(resource.RLIMIT_NOFILE))

    assert confined(work, user) == [50, 50]


def started(most: int) -> int:
    """How many processes can be started, up to `most`."""
    pids: list[int] = []
    while len(pids) < most and tried(lambda: pids.append(forked())) == "done":
        pass
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return len(pids)


def forked() -> int:
    pid = os.fork()
    if pid == 0:
        signal.pause()
    return pid


def test_processes_are_counted_only_where_they_are_the_nodes_own(user: int) -> None:
    """Elsewhere all that the user runs would count; of the machine's root nothing ever does."""

    def work(*, namespaces: bool) -> int:
        if namespaces:
            assert asked("unshare", _NEW_USER_NAMESPACE) == "done"
        limit(processes=5, namespaces=namespaces)
        return started(9)

    assert confined(lambda: work(namespaces=False), user) == 9
    assert confined(lambda: work(namespaces=True), USERS[-1]) == 4


def test_timers_are_a_thousand(user: int) -> None:
    def work() -> list[str]:
        limit()
        made = [asked("timer_create", 1, None, timer) for _ in range(1_100)]
        return sorted(set(made[:900])) + sorted(set(made[1_050:]))

    timer = ctypes.addressof(kept := ctypes.c_int())
    assert confined(work, user) == ["done", "EAGAIN"]
    assert kept.value == 0  # It was another process that had them.

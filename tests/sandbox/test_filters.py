"""What the filters of system calls answer, on each machine that there are rules for.

That the kernel answers the same is tested beside the worker, where it is at hand.
"""

import errno
import functools
import platform
import signal
import socket
import subprocess
import sys

import pyseccomp
import pytest

from codeact_lsp.sandbox.call_rules import OWN_PROCESS, Rule
from codeact_lsp.sandbox.filters import NoFilterError, compiled, system_call_filter
from codeact_lsp.sandbox.system_calls import rules
from codeact_lsp.worker.confine import seccomp
from tests.sandbox.bpf import Filter

MACHINES = {"x86_64": pyseccomp.Arch.X86_64, "aarch64": pyseccomp.Arch.AARCH64}


def answer(
    machine: str,
    call: str,
    *arguments: int,
    processes: bool = False,
    network: bool = False,
    mounts: bool = False,
    accounted: bool = False,
    private: bool = False,
) -> int | str:
    """What a call answers under the filter of some rights."""
    filtered = filter_of(
        machine,
        processes=processes,
        network=network,
        mounts=mounts,
        accounted=accounted,
        private=private,
    )
    return filtered.answer(pyseccomp.resolve_syscall(MACHINES[machine], call), *arguments)


@functools.cache
def filter_of(machine: str, **rights: bool) -> Filter:
    refused = list(rules(**rights))
    return Filter(compiled(pyseccomp, refused, machine), machine)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("processes", [False, True])
def test_each_call_that_is_always_refused_is_refused(machine: str, *, processes: bool) -> None:
    filtered = filter_of(machine, processes=processes, network=False, mounts=False)
    for rule in rules(processes=processes, network=False, mounts=False):
        number = pyseccomp.resolve_syscall(MACHINES[machine], rule.call)
        if rule.when is None and number >= 0:  # Not every machine has every call.
            assert filtered.answer(number) == rule.error, rule.call


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    "call",
    [
        *("read", "write", "openat", "mmap", "mprotect", "munmap", "futex", "exit_group", "rseq"),
        *("getrandom", "epoll_pwait", "eventfd2", "pipe2", "recvmsg", "statx", "flock"),
        *("renameat2", "unlinkat", "mkdirat", "ftruncate", "fallocate", "landlock_restrict_self"),
        *("sched_getaffinity", "getrlimit", "madvise", "mremap", "rt_sigaction", "timer_create"),
    ],
)
def test_what_every_program_needs_is_left_alone(machine: str, call: str) -> None:
    assert answer(machine, call, 5, 5, 5, 5) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_messages_take_descriptors_along_only_where_there_is_a_network(machine: str) -> None:
    for call in ("sendmsg", "sendmmsg"):
        for processes in (False, True):
            assert answer(machine, call, 5, 5, 5, processes=processes) == errno.EPERM
            assert answer(machine, call, 5, 5, 5, processes=processes, network=True) == "allow"
    for call in ("sendto", "recvmsg", "recvfrom"):
        assert answer(machine, call, 5, 5, 5) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("processes", [False, True])
def test_nobody_takes_what_a_machine_keeps_for_others(machine: str, *, processes: bool) -> None:
    asked = functools.partial(
        answer, machine, processes=processes, mounts=True, accounted=True
    )  # fmt: skip
    assert asked("mmap", 0, 4096, 3, 0x22) == "allow"
    for size in (0, 21 << 26, 30 << 26):
        assert asked("mmap", 0, 4096, 3, 0x22 | 0x4_0000 | size) == errno.ENOMEM
    assert asked("ioctl", 3, 0xC050_6617) == errno.EPERM
    if processes:
        assert asked("shmget", 0, 4096, 0o1600 | 0x800) == errno.ENOMEM
        assert asked("shmget", 0, 4096, 0o1600) == "allow"
        assert asked("shmctl", 0, 11) == errno.EPERM
        assert asked("shmctl", 0, 0) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_a_thread_is_no_process_and_a_namespace_is_neither(machine: str) -> None:
    thread = 0x003D_0F00  # What the C library starts threads with.
    assert answer(machine, "clone", thread) == "allow"
    assert answer(machine, "clone", signal.SIGCHLD) == errno.EPERM
    assert answer(machine, "clone", signal.SIGCHLD, processes=True) == "allow"
    for bit in (15, 17, 25, 26, 27, 28, 29, 30):
        for more in (thread, signal.SIGCHLD):
            assert answer(machine, "clone", 1 << bit | more, processes=True) == errno.EPERM
    assert answer(machine, "clone3") == errno.ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_a_file_gets_another_name_only_where_that_stays_within_a_mount(machine: str) -> None:
    assert answer(machine, "linkat") == errno.EPERM
    assert answer(machine, "linkat", mounts=True) == "allow"
    assert answer(machine, "symlinkat", mounts=True) == errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_a_process_alone_signals_only_itself(machine: str) -> None:
    for call in ("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        assert answer(machine, call, OWN_PROCESS) == "allow"
        for other in (0, 1, 4_711, (1 << 32) - 1, (1 << 64) - 1, 1 << 32 | OWN_PROCESS):
            assert answer(machine, call, other) == errno.EPERM
        assert answer(machine, call, 4_711, processes=True) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_a_process_alone_uses_no_memory_queues_or_semaphores_of_others(machine: str) -> None:
    for call in (
        *("shmat", "shmctl", "semop", "semtimedop", "semctl", "msgsnd", "msgrcv", "msgctl"),
        *("shmget", "semget", "msgget"),
    ):
        assert answer(machine, call, 5, 5, 5, 5, accounted=True) == errno.EPERM, call
        assert answer(machine, call, 5, 5, 5, 5, processes=True, accounted=True) == "allow", call


@pytest.mark.parametrize("machine", MACHINES)
def test_what_no_limit_of_a_process_counts_is_made_only_where_a_group_counts_it(
    machine: str,
) -> None:
    for call in ("shmget", "semget", "msgget"):
        assert answer(machine, call, 5, 5, 5, processes=True, mounts=True) == errno.EPERM, call
    assert answer(machine, "shmat", 5, 5, 5, processes=True, mounts=True) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("high", [0, 1 << 32, 0xFFFF_FFFF << 32])
@pytest.mark.parametrize(
    "request_",
    [
        *(0x4008_7602, 0x4008_6604),  # FS_IOC_SETVERSION, EXT4_IOC_SETVERSION.
        *(0x4080_6685, 0x800C_6613),  # FS_IOC_ENABLE_VERITY, FS_IOC_SET_ENCRYPTION_POLICY.
        *(0x5000_940E, 0x5000_9401),  # BTRFS_IOC_SUBVOL_CREATE, BTRFS_IOC_SNAP_CREATE.
        *(0xC018_9436, 0x6611, 0x5461),
    ],
)
def test_what_file_systems_do_to_an_open_file_is_left_to_the_mounts_where_there_are_some(
    machine: str, high: int, request_: int
) -> None:
    assert answer(machine, "ioctl", 3, high | request_) == errno.EOPNOTSUPP
    assert answer(machine, "ioctl", 3, high | request_, mounts=True) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_asked_of_terminals_and_pipes_is_answered(machine: str) -> None:
    for asked in (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451, 0x5460):
        assert answer(machine, "ioctl", 3, asked) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_of_all_families_of_sockets_a_network_has_two(machine: str) -> None:
    stream = socket.SOCK_STREAM | socket.SOCK_CLOEXEC
    for family in (*range(64), 1 << 31, 1 << 32 | socket.AF_UNIX):
        assert answer(machine, "socket", family, stream, 0) == errno.EPERM
        internet = family in {socket.AF_INET, socket.AF_INET6}
        expected = "allow" if internet else errno.EPERM
        assert answer(machine, "socket", family, stream, 0, network=True) == expected


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("kind", "protocol", "allowed"),
    [
        (socket.SOCK_STREAM, 6, True),
        (socket.SOCK_DGRAM | socket.SOCK_NONBLOCK, 17, True),
        (socket.SOCK_DGRAM, 1, False),
        (socket.SOCK_STREAM, 262, False),
        (socket.SOCK_STREAM, 1 << 32, False),
        (socket.SOCK_RAW, 0, False),
        (socket.SOCK_SEQPACKET, 0, False),
        (0, 0, False),
    ],
)
def test_of_all_kinds_of_sockets_a_network_has_streams_and_datagrams(
    machine: str, kind: int, protocol: int, *, allowed: bool
) -> None:
    found = answer(machine, "socket", socket.AF_INET, kind, protocol, network=True)
    assert (found == "allow") is allowed


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("high", [0, 1 << 32, 0xFFFF_FFFF << 32])
def test_the_half_of_an_argument_that_the_kernel_drops_changes_nothing(
    machine: str, high: int
) -> None:
    refused = (("ioctl", 0x5412), ("ioctl", 0x541C), ("fcntl", 8), ("fcntl", 1026), ("prctl", 1))
    for call, argument in refused:
        position = (high | argument,) if call == "prctl" else (3, high | argument)
        assert answer(machine, call, *position) == errno.EPERM
    assert answer(machine, "ioctl", 3, high | 0x5413, mounts=True) == "allow"
    assert answer(machine, "fcntl", 3, high | 7) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_real_time_is_refused_and_being_nice_is_not(machine: str) -> None:
    for policy in (1, 2, 6, 1 | 0x4000_0000):
        assert answer(machine, "sched_setscheduler", 0, policy, processes=True) == errno.EPERM
    assert answer(machine, "sched_setscheduler", 0, 3) == "allow"
    assert answer(machine, "setpriority", 0, 0, 5) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_modes_and_times_are_left_to_the_mounts_where_there_are_some(machine: str) -> None:
    for call in ("fchmodat", "fchownat", "setxattr"):
        assert answer(machine, call) == errno.EPERM
        assert answer(machine, call, mounts=True) == "allow"
    for call in ("fchmod", "fchown", "fsetxattr"):
        assert answer(machine, call, mounts=True) == errno.EPERM
        assert answer(machine, call, processes=True) == "allow"
    # Without a path it is the descriptor's file that gets the times.
    assert answer(machine, "utimensat", 3, 0, mounts=True) == errno.EPERM
    assert answer(machine, "utimensat", 3, 0x7F00_0000_1000, mounts=True) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("processes", [False, True])
@pytest.mark.parametrize("bits", [0o4000, 0o2000, 0o6000, 1 << 32 | 0o4000])
def test_no_file_that_others_see_is_made_to_run_as_its_owner(
    machine: str, bits: int, *, processes: bool
) -> None:
    for call, before in (("fchmodat", 2), ("openat", 3)):
        for mode in (0o755, 0o755 | bits):
            arguments = (*[3] * before, mode)
            rights = {"processes": processes, "mounts": True}
            expected = "allow" if mode == 0o755 else errno.EPERM
            assert answer(machine, call, *arguments, **rights) == expected, call
            assert answer(machine, call, *arguments, **rights, private=True) == "allow", call
    assert answer(machine, "fchmod", 3, 0o755 | bits, processes=True) == errno.EPERM
    assert answer(machine, "mknodat", 3, 3, 0o755 | bits, processes=True) == errno.EPERM
    assert answer(machine, "openat2", processes=processes) == errno.ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("processes", [False, True])
def test_what_a_user_or_the_machine_has_a_number_of_is_not_there(
    machine: str, *, processes: bool
) -> None:
    for call in ("inotify_init1", "io_setup"):
        assert answer(machine, call, processes=processes) == errno.ENOSYS
    assert answer(machine, "fcntl", 3, 1031, processes=processes) == errno.EPERM
    assert answer(machine, "fcntl", 3, 1032, processes=processes) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("private", [False, True])
def test_notes_beside_files_are_not_there_and_nobody_is_made_to_write(
    machine: str, *, private: bool
) -> None:
    for call in ("getxattr", "lgetxattr", "fgetxattr", "listxattr", "flistxattr"):
        assert answer(machine, call, processes=True, private=private) == errno.EOPNOTSUPP
    # It is answered without being done.
    assert [answer(machine, call, private=private) for call in ("sync", "syncfs")] == [0, 0]
    assert answer(machine, "fsync", private=private) == "allow"


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_that_are_newer_than_the_rules_do_not_exist(machine: str) -> None:
    program = compiled(pyseccomp, [], machine)
    filtered = Filter(program, machine)
    assert filtered.answer(446) == "allow"
    assert {filtered.answer(number) for number in (447, 500, 0x3FFF_FFFF)} == {errno.ENOSYS}


def test_other_instruction_sets_end_the_process() -> None:
    program = compiled(pyseccomp, [], "x86_64")
    assert Filter(program, "i386").answer(20) == "kill"
    assert Filter(program, "x86_64").answer(0x4000_0000 | 39) == "kill"
    assert Filter(program, "aarch64").answer(20) == "kill"


def test_a_filter_is_made_once() -> None:
    first = system_call_filter(processes=False, network=False)
    assert system_call_filter(processes=False, network=False) is first
    assert system_call_filter(processes=True, network=False) != first
    counted, uncounted = (
        system_call_filter(processes=True, network=False, mounts=True, accounted=accounted)
        for accounted in (True, False)
    )
    assert counted != uncounted


def test_both_sides_mean_the_same_process() -> None:
    assert seccomp.OWN_PROCESS == OWN_PROCESS
    assert OWN_PROCESS.to_bytes(4, sys.byteorder) in system_call_filter(
        processes=False, network=False
    )


def test_a_call_that_the_library_does_not_know_is_no_call_that_is_let_through() -> None:
    with pytest.raises(NoFilterError, match=r"does not know .* some_call\. Update"):
        compiled(pyseccomp, [Rule("some_call")], platform.machine())


def test_a_machine_without_rules_and_one_without_the_library_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "sparc64")
    with pytest.raises(NoFilterError, match="of a sparc64 machine"):
        system_call_filter.__wrapped__(processes=False, network=False)
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    with pytest.raises(NoFilterError, match="apt-get install libseccomp2"):
        system_call_filter.__wrapped__(processes=False, network=False)


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    script = "import sys, codeact_lsp.sandbox.filters; sys.exit('pyseccomp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("processes", [False, True])
def test_no_filter_of_a_node_has_calls_logged(machine: str, *, processes: bool) -> None:
    assert answer(machine, "seccomp", 1, 0, 4096, processes=processes) == errno.EINVAL
    assert answer(machine, "prctl", 22, 2, 4096, processes=processes) == errno.EINVAL


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("processes", [False, True])
def test_the_limit_of_crashes_stays_as_it_is_and_can_be_asked_for(
    machine: str, *, processes: bool
) -> None:
    told_that_it_was_heard = 0
    assert answer(machine, "setrlimit", 4, 4096, processes=processes) == told_that_it_was_heard
    assert answer(machine, "prlimit64", 0, 4, 9, 0, processes=processes) == told_that_it_was_heard
    assert answer(machine, "prlimit64", 0, 4, 0, 4096, processes=processes) == "allow"
    assert answer(machine, "prlimit64", 0, 7, 4096, 0, processes=processes) == "allow"

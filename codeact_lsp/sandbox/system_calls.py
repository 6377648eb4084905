"""Which system calls are refused to a node, and with what arguments.

Calls that only serve those who run a system, or that reach into other processes, are refused
altogether. Where arguments decide, only such as are known to be harmless get through.
"""

import errno
import socket
from collections.abc import Iterator

from codeact_lsp.sandbox import file_calls
from codeact_lsp.sandbox.call_rules import (
    LOW_HALF,
    OWN_PROCESS,
    Condition,
    Rule,
    Test,
    has_flag,
    has_value,
)

NEWEST = "landlock_restrict_self"
"""The newest call that was looked at (Linux 5.13): the kernel is said to have none after it.

Every library has a way to do without a call as new as that, and what a later kernel brings opens
nothing.
"""


def rules(
    *,
    processes: bool,
    network: bool,
    mounts: bool,
    accounted: bool = False,
    private: bool = False,
) -> Iterator[Rule]:
    """What is refused to a node.

    Args:
        processes: Whether it may start processes.
        network: Whether it may use TCP and UDP.
        mounts: Whether all that it may not write is mounted read-only.
        accounted: Whether a control group bounds what the kernel keeps for it.
        private: Whether nobody else ever sees a file that it writes.
    """
    yield from _always()
    yield from file_calls.always(mknod=processes, private=private)
    yield from _internet() if network else _no_network()
    if processes and not accounted:
        yield from map(Rule, _KEPT_BY_NUMBER)
    if not processes:
        yield from _alone()
        yield from file_calls.alone(mounts=mounts)


_NAMESPACES_AND_MOUNTS = (
    "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount",
    "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr",
)  # fmt: skip
_INSIDE_OTHER_PROCESSES = (
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd",
    "move_pages", "migrate_pages",
)  # fmt: skip
_INSIDE_THE_KERNEL = (
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter",
    "io_uring_register", "add_key", "request_key", "keyctl", "fanotify_init", "fanotify_mark",
    "lookup_dcookie", "syslog", "modify_ldt", "iopl", "ioperm", "personality", "mbind",
    "set_mempolicy", "sysfs", "uselib", "_sysctl",
)  # fmt: skip
_THE_MACHINE = (
    "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
    "create_module", "reboot", "swapon", "swapoff", "quotactl", "quotactl_fd", "acct", "vhangup",
    "nfsservctl", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname",
    "setdomainname",
)  # fmt: skip
_IDENTITY = (
    "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid", "setfsgid",
    "setgroups", "capset",
)  # fmt: skip
_BY_NO_PATH = (
    "name_to_handle_at", "open_by_handle_at",
    # Memory that no limit on files counts, and a file that could be executed.
    "memfd_create",
)  # fmt: skip
_REAL_TIME = ("sched_setattr", "sched_setparam")

# Those of a clone(2) that make namespaces, and CLONE_PARENT: a sibling would outlive the node.
_CLONE_FLAGS = (
    0x0000_8000, 0x0002_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000,
    0x4000_0000,
)  # fmt: skip
_CLONE_THREAD = 0x0001_0000
# To type at a terminal, to change what drives it, to have others signalled, and the flags of files.
# A key for what is encrypted of a file system stays in it, and counts for the user.
_IOCTLS = (
    *(0x5412, 0x541C, 0x541D, 0x5423, 0x8901, 0x8902, 0x4008_6602, 0x401C_5820),
    *(0xC050_6617, 0xC040_6618),
)
# F_SETOWN and F_SETOWN_EX have others signalled; with F_SETLEASE others wait for a file; F_NOTIFY
# tells what others do in folders that are closed; F_SETPIPE_SZ takes of what all pipes of a user
# may hold.
_FCNTLS = (8, 15, 1024, 1026, 1031)
# Of these a user, or the machine, has a number that is soon used up, namespaces or not: 128
# watchers, 65,536 events. What takes none is told that this kernel knows none.
_COUNTED_FOR_ALL = ("inotify_init", "inotify_init1", "io_setup")
# How much the kernel keeps for a socket, which no limit on memory counts: SO_SNDBUF, SO_RCVBUF.
_BUFFERS = (7, 8)
# Pages that a machine keeps for databases and virtual machines, which no limit on memory counts;
# and memory that is held fast in a user's name.
_MAP_HUGETLB, _SHM_HUGETLB, _SHM_LOCK = 0x4_0000, 0x800, 11
_NO_ERROR = 0
# A filter of a node's own can have each call written to the kernel's log. These are the words of a
# kernel that has none, by which programs go on without.
_PR_SET_SECCOMP = 22
# A limit of 0 bytes still has the program started that a machine hands crashes to; see `limits`.
_RLIMIT_CORE = 4
_SCHEDULER_FLAGS = 0x4000_0000
_FIFO, _ROUND_ROBIN, _DEADLINE = 1, 2, 6


def _always() -> Iterator[Rule]:
    for group in (
        _NAMESPACES_AND_MOUNTS, _INSIDE_OTHER_PROCESSES, _INSIDE_THE_KERNEL, _THE_MACHINE,
        _IDENTITY, _BY_NO_PATH, _REAL_TIME,
    ):  # fmt: skip
        yield from map(Rule, group)
    # Its flags are in memory, where no rule sees them; without it the C library uses `clone`.
    yield Rule("clone3", error=errno.ENOSYS)
    yield from (Rule(call, error=errno.ENOSYS) for call in _COUNTED_FOR_ALL)
    yield from (Rule("clone", has_flag(0, flag)) for flag in _CLONE_FLAGS)
    yield from (Rule("ioctl", has_value(1, request)) for request in _IOCTLS)
    yield from (Rule("fcntl", has_value(1, command)) for command in _FCNTLS)
    # It is but a wish, and programs take a refusal amiss: they are told that it was heard.
    yield from (Rule("setsockopt", has_value(2, option), _NO_ERROR) for option in _BUFFERS)
    yield Rule("seccomp", error=errno.EINVAL)
    yield Rule("prctl", has_value(0, _PR_SET_SECCOMP), errno.EINVAL)
    yield Rule("setrlimit", has_value(0, _RLIMIT_CORE), _NO_ERROR)
    is_set = Condition(2, Test.IS_NOT, 0)
    yield Rule("prlimit64", has_value(1, _RLIMIT_CORE), _NO_ERROR, also=is_set)
    yield Rule("mmap", has_flag(3, _MAP_HUGETLB), errno.ENOMEM)
    yield Rule("shmget", has_flag(2, _SHM_HUGETLB), errno.ENOMEM)
    yield Rule("shmctl", has_value(1, _SHM_LOCK))
    for policy in (_FIFO, _ROUND_ROBIN, _DEADLINE):
        condition = Condition(1, Test.IS, policy, LOW_HALF ^ _SCHEDULER_FLAGS)
        yield Rule("sched_setscheduler", condition)
    # A pair of datagram sockets can be pointed at any socket that has a name.
    yield Rule("socketpair", Condition(0, Test.IS_NOT, socket.AF_UNIX))
    yield from _other_types("socketpair", {socket.SOCK_STREAM, socket.SOCK_SEQPACKET})


_SOCKETS = ("socket", "connect", "bind", "listen", "accept", "accept4")
_FAMILIES = {2, 10}  # AF_INET and AF_INET6.
_PROTOCOLS = {0, 6, 17}  # Whatever is usual, TCP, UDP.


# What a message takes along stays open while nobody receives it, and is counted for the user: after
# some thousand of these no other program of the user's can send one.
_MESSAGES = ("sendmsg", "sendmmsg")


def _no_network() -> Iterator[Rule]:
    return map(Rule, (*_SOCKETS, *_MESSAGES))


def _internet() -> Iterator[Rule]:
    yield from _others("socket", 0, _FAMILIES)
    yield from _other_types("socket", {socket.SOCK_STREAM, socket.SOCK_DGRAM})
    yield from _others("socket", 2, _PROTOCOLS)


_NEW_PROCESSES = ("fork", "vfork", "execve", "execveat")
_SIGNALS = ("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")
_PIDFDS = ("pidfd_open", "pidfd_send_signal")
_OF_SOME_PROCESS = ("prlimit64", "sched_setaffinity", "sched_setscheduler")
# What they make stays when nobody uses it, so that no limit on memory of a process counts it.
_KEPT_BY_NUMBER = ("shmget", "semget", "msgget")
_SHARED_MEMORY = (
    *_KEPT_BY_NUMBER, "mq_open", "mq_unlink",
    # What other programs made has a number, which can be guessed: without a namespace of its own a
    # node could use it as they do.
    "shmat", "shmctl", "semop", "semtimedop", "semctl", "msgsnd", "msgrcv", "msgctl",
)  # fmt: skip
_PR_SET_PDEATHSIG = 1
_PRIO_PROCESS, _IOPRIO_WHO_PROCESS = 0, 1


def _alone() -> Iterator[Rule]:
    for group in (_NEW_PROCESSES, _PIDFDS, _SHARED_MEMORY):
        yield from map(Rule, group)
    yield Rule("clone", Condition(0, Test.IS, 0, _CLONE_THREAD))
    # abort() and the handlers of crashes signal their own process.
    for call in _SIGNALS:
        yield Rule(call, Condition(0, Test.IS_NOT, OWN_PROCESS))
    for call in _OF_SOME_PROCESS:
        yield Rule(call, Condition(0, Test.IS_NOT, 0))
    for call, itself in (("setpriority", _PRIO_PROCESS), ("ioprio_set", _IOPRIO_WHO_PROCESS)):
        yield Rule(call, Condition(0, Test.IS_NOT, itself))
        yield Rule(call, Condition(1, Test.IS_NOT, 0))
    yield Rule("prctl", has_value(0, _PR_SET_PDEATHSIG))  # It ends with its parent.


def _others(call: str, argument: int, harmless: set[int]) -> Iterator[Rule]:
    """Refuse a call for all values of an argument but these."""
    for value in set(range(max(harmless))) - harmless:
        yield Rule(call, has_value(argument, value))
    yield Rule(call, Condition(argument, Test.IS_ABOVE, max(harmless)))


_TYPES = 0xF


def _other_types(call: str, harmless: set[int]) -> Iterator[Rule]:
    """Refuse sockets of other types than these, whatever flags there are beside the type."""
    for value in set(range(_TYPES + 1)) - harmless:
        yield Rule(call, Condition(1, Test.IS, value, _TYPES))

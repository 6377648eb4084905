"""Who watches the processes of the machine while payloads run, and what they leave in the kernel.

A process that a payload started bears its name after `+`; one that holds something that it should
not bears its own after `=`.
"""

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from codeact_lsp.worker.confine.kernel import prctl

_PR_SET_CHILD_SUBREAPER = 36
_SECONDS = 0.01
_LONGEST_NAME = 14
_NAMES = re.compile(r"\+([a-z_0-9]+)")
_NOT_FOR_NODES = re.compile(
    r"anon_inode:\[?(?:inotify|userfaultfd|perf_event|bpf|io_uring|fanotify|secretmem)|socket:|/memfd:|/secretmem"
    r"|/dev/(?!null|zero|full|u?random|shm)|/attack-queue-[2-9]"
)
# Of a socket: those that were sent to it and not received.
_ON_THEIR_WAY = re.compile(r"^scm_fds:\s*[1-9]", re.MULTILINE)
# Of memory: input and output that the kernel does by itself, and huge pages.
_MAPPED = re.compile(r"/\[aio\]|/anon_hugepage")
# A little more than nodes may have of each.
_MOST_SIGNALS = 1_100
_MOST_LOCKED_KILOBYTES = 16 * 1024
# What payloads leave in the kernel, by the number that they give it.
_NUMBERED = {"message_queue": 0xBAD1, "shared_segment": 0xBAD2, "semaphores": 0xBAD3}
# To read all of the kernel's log, of which this much is enough.
_READ_ALL, _MOST_LOG = 3, 1 << 18
_LOGGED = re.compile(r'audit\((\d+\.\d+):\d+\).* comm="=(\w+)"')
# A key that is not revoked, dead, invalidated or expired.
_KEY = re.compile(
    r"(?P<number>[0-9a-f]+) [^RDi ]+ +\d+ +(?!expd)\S+ .* attack:(?P<name>\w+)", re.ASCII
)
_KEYCTL, _INVALIDATE = 250, 21
# Where the kernel lists these, and the option that removes one by its number.
_LISTS = {"msg": "-Q", "shm": "-M", "sem": "-S"}


@dataclass(frozen=True)
class Toll:
    """What a run took of the machine: processes, and bytes of memory and of the disk."""

    processes: int = 0
    memory: int = 0
    disk: int = 0

    def or_more(self, other: "Toll") -> "Toll":
        """The most of both."""
        return Toll(
            max(self.processes, other.processes),
            max(self.memory, other.memory),
            max(self.disk, other.disk),
        )


class Watcher:
    """Looks at all processes, again and again, while this is used as a context."""

    def __init__(self, mark: str) -> None:
        """Begin with what there is.

        Args:
            mark: What the command line of each process of the run holds.
        """
        self.most = Toll()
        self.before = frozenset(pids())
        self._mark = mark
        self._memory, self._disk = _free_memory(), _free_disk()
        self.started: set[str] = set()
        self.held: dict[str, set[str]] = defaultdict(set)
        self._first: dict[tuple[str, str], tuple[str, ...]] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_SECONDS):
            processes = 0
            for pid in pids():
                with contextlib.suppress(OSError):
                    processes += self._look_at(pid)
            memory, disk = self._memory - _free_memory(), self._disk - _free_disk()
            self.most = self.most.or_more(Toll(processes, memory, disk))

    def _look_at(self, pid: str) -> bool:
        """Take note of a process; say whether it is one of the run."""
        if pid not in self.before:
            self.started |= names_of(pid)
        called = Path("/proc", pid, "comm").read_text(encoding="utf-8", errors="replace").strip()
        if called.startswith("="):
            self.held[called[1:]] |= set(self._holds(pid))
        return self._mark.encode() in Path("/proc", pid, "cmdline").read_bytes()

    def _holds(self, pid: str) -> Iterator[str]:
        """What a process has that it did not have when it was first seen, or should never have."""
        for entry in Path("/proc", pid, "fd").iterdir():
            target = entry.readlink()
            if _NOT_FOR_NODES.match(str(target)):
                yield str(target)
        yield from _takes(Path("/proc", pid))
        now = _nature(pid)
        first = self._first.setdefault((pid, now[0]), now)
        yield from (
            f"{was} became {has}" for was, has in zip(first, now, strict=True) if was != has
        )


def _takes(process: Path) -> Iterator[str]:
    """What a process has of which all programs of its user have one number."""
    entries = list(process.joinpath("fdinfo").iterdir())
    if any(_ON_THEIR_WAY.search(entry.read_text(encoding="utf-8")) for entry in entries):
        yield "descriptors on their way"
    status = {"SigQ": "0/0", "VmLck": "0 kB", **_status(process.name)}  # Not all say all of it.
    if int(status["SigQ"].partition("/")[0]) > _MOST_SIGNALS:
        yield "timers or signals"
    if int(status["VmLck"].split()[0]) > _MOST_LOCKED_KILOBYTES:
        yield "locked memory"
    if _MAPPED.search(process.joinpath("maps").read_text(encoding="utf-8")):
        yield "memory of the kernel's or the machine's"
    locks = Path("/proc/locks").read_text(encoding="utf-8")
    if re.search(rf"LEASE .* {process.name} ", locks):
        yield "a lease"


def names_of(pid: str) -> set[str]:
    """The names of the payloads that a process says it was started by."""
    called = Path("/proc", pid, "comm").read_text(encoding="utf-8", errors="replace").strip()
    command = Path("/proc", pid, "cmdline").read_text(encoding="utf-8", errors="replace")
    return {name[:_LONGEST_NAME] for name in _NAMES.findall(f"{called} {command}")}


def short(name: str) -> str:
    """As much of a payload's name as a process's name has room for."""
    return name[:_LONGEST_NAME]


def left_running(before: frozenset[str] = frozenset()) -> dict[int, set[str]]:
    """The processes that payloads started and that run now, but for those from before."""
    found: dict[int, set[str]] = {}
    for pid in set(pids()) - before:
        with contextlib.suppress(OSError):
            if (names := names_of(pid)) and _status(pid)["State"][0] != "Z":
                found[int(pid)] = names
    return found


@contextmanager
def parent_of_what_is_left() -> Iterator[None]:
    """End what payloads left running, and nothing else.

    What is left without a parent becomes a child of this process meanwhile. A name is not enough to
    end a process: anybody's command line may hold the like.
    """
    prctl(_PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
        while own := left_running().keys() & _children():
            for pid in own:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
    finally:
        prctl(_PR_SET_CHILD_SUBREAPER, 0)


def left_in_kernel(since: float) -> set[str]:
    """The names of the payloads that left something in the kernel, in its log since a time."""
    numbers = {number for _, number in _numbers()}
    return {
        *_keys().values(),
        *_logged(since),
        *(name for name, number in _NUMBERED.items() if number in numbers),
    }


def remove_from_kernel() -> None:
    """Remove what payloads left in the kernel where nothing kept them from that."""
    for option, number in _numbers():
        subprocess.run(["ipcrm", option, str(number)], check=True)
    for number in _keys():
        ctypes.CDLL(None).syscall(_KEYCTL, _INVALIDATE, number)


def bystanders(names: set[str], user: int, folder: Path, secret: str) -> "Bystanders":
    """Programs of the user's that do nothing."""
    return Bystanders({name: _bystander(user, folder, secret) for name in names})


class Bystanders:
    """Programs that do nothing, each of which is there for one payload."""

    def __init__(self, processes: Mapping[str, "subprocess.Popen[bytes]"]) -> None:
        self._processes = processes
        self._before = {name: _state(process.pid) for name, process in processes.items()}

    @property
    def pids(self) -> dict[str, int]:
        """Their numbers, by the payloads."""
        return {name: process.pid for name, process in self._processes.items()}

    def harmed(self, name: str) -> bool:
        """Whether the one of a payload is not as it was."""
        process = self._processes.get(name)
        if process is None:
            return False
        return process.poll() is not None or _state(process.pid) != self._before[name]

    def end(self) -> None:
        """End them."""
        for process in self._processes.values():
            process.kill()
            process.wait()


def pids() -> list[str]:
    """The processes that there are."""
    return [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _children() -> set[int]:
    """The children of this process, whichever of its threads started them."""
    lists = Path("/proc/self/task").glob("*/children")
    return {int(pid) for file in lists for pid in file.read_text(encoding="utf-8").split()}


def _bystander(user: int, folder: Path, secret: str) -> "subprocess.Popen[bytes]":
    with (folder / "secret.txt").open("rb") as held:
        return subprocess.Popen(
            [f"{secret} in the command", "600"],
            executable="/bin/sleep",
            env={"CANARY": secret},
            cwd=folder,
            pass_fds=[held.fileno()],
            user=user,
            group=user,
            extra_groups=[],
            start_new_session=True,
        )


def _state(pid: int) -> tuple[object, ...]:
    """What others can change of a process, and whether it is stopped."""
    return (
        _status(str(pid))["State"][0] in "Tt",
        os.getpriority(os.PRIO_PROCESS, pid),
        os.sched_getaffinity(pid),
        Path(f"/proc/{pid}/limits").read_text(encoding="utf-8"),
        Path(f"/proc/{pid}/oom_score_adj").read_text(encoding="utf-8"),
    )


def _nature(pid: str) -> tuple[str, ...]:
    """What a process is: when it was started, then what it should not be able to change."""
    folder = Path("/proc", pid)
    began = folder.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    return (
        began,
        *(str((folder / "ns" / name).readlink()) for name in ("user", "mnt", "net", "pid")),
        folder.joinpath("personality").read_text(encoding="utf-8"),
        folder.joinpath("oom_score_adj").read_text(encoding="utf-8"),
        f"scheduler {os.sched_getscheduler(int(pid))}",
        f"urgent {os.getpriority(os.PRIO_PROCESS, int(pid)) < 0}",
        _status(pid)["Uid"],
    )


def _free_memory() -> int:
    lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    (free,) = (line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    return int(free) * 1024


def _free_disk() -> int:
    return shutil.disk_usage("/tmp").free


def _status(pid: str) -> dict[str, str]:
    lines = Path("/proc", pid, "status").read_text(encoding="utf-8").splitlines()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def _logged(since: float) -> Iterator[str]:
    """The names by which processes stand in the kernel's log, if that is ours to read."""
    text = ctypes.create_string_buffer(_MOST_LOG)
    length = ctypes.CDLL(None).klogctl(_READ_ALL, text, _MOST_LOG)
    for when, name in _LOGGED.findall(text.raw[: max(length, 0)].decode("utf-8", "replace")):
        if float(when) >= since:
            yield name


def _keys() -> dict[int, str]:
    """The payloads whose keys the kernel holds, by their numbers; not those that have ended."""
    listed = Path("/proc/keys").read_text(encoding="utf-8")
    found = (_KEY.match(line) for line in listed.splitlines())
    return {int(key["number"], 16): key["name"] for key in found if key}


def _numbers() -> Iterator[tuple[str, int]]:
    """What payloads have left of messages, memory and semaphores: options to remove it."""
    for kind, option in _LISTS.items():
        for line in Path("/proc/sysvipc", kind).read_text(encoding="utf-8").splitlines()[1:]:
            if (number := int(line.split()[0])) in _NUMBERED.values():
                yield option, number

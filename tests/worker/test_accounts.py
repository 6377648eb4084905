"""What is learnt of a process that has ended, and what is said where the kernel says nothing."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.worker import accounts
from codeact_lsp.worker.accounts import Moved, Used
from codeact_lsp.worker.groups import Group, Taken

MB = 10**6
USED = Used(cpu=1.0, memory=50 * MB, read=10, written=20, disk_read=0, disk_written=4096)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The zygote's end of a way to a process, and the process's."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def forked(work: Any) -> int:
    """A child that does something and ends; it is not waited for."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    return pid


def test_what_moved_before_the_call_is_not_counted(
    ends: tuple[socket.socket, socket.socket], tmp_path: Path
) -> None:
    ours, theirs = ends

    def work() -> None:
        accounts.hand_over(theirs)
        (tmp_path / "before").write_bytes(b"x" * 70_000)
        accounts.begin(theirs)
        (tmp_path / "after").write_bytes(b"x" * 30_000)
        (tmp_path / "after").read_bytes()

    pid = forked(work)
    _, (counters,), _, _ = socket.recv_fds(ours, 1_000, 1)
    told = ours.recv(1_000)
    assert told.endswith(accounts.END)
    moved = accounts.moved_since(told.removesuffix(accounts.END), counters)
    used = accounts.used(os.wait4(pid, 0)[2], moved)
    assert used.read is not None
    assert used.written is not None
    assert 30_000 <= used.read < 40_000
    assert 30_000 <= used.written < 40_000
    assert used.disk_read is not None
    assert used.memory > MB


def test_of_who_handed_nothing_over_nothing_is_known() -> None:
    pid = forked(lambda: None)
    used = accounts.used(os.wait4(pid, 0)[2], None)
    assert used[2:] == (None, None, None, None, 0)


def test_a_child_that_was_adopted_is_counted_from_its_start(tmp_path: Path) -> None:
    pid = forked(lambda: (tmp_path / "file").write_bytes(b"x" * 30_000))
    used = accounts.reap(pid)
    assert used.written == 30_000


def test_of_two_processes_time_and_bytes_add_up_and_memory_does_not() -> None:
    other = Used(cpu=0.5, memory=70 * MB, read=None, written=5, disk_read=1, disk_written=2)
    assert USED.beside(other) == Used(
        cpu=1.5, memory=70 * MB, read=None, written=25, disk_read=1, disk_written=4098
    )


def test_what_a_group_counted_goes_before_where_it_is_more() -> None:
    assert USED.within(None) == USED
    within = USED.within(Taken(memory=90 * MB, cpu=0.2, killed=2))
    assert within == USED._replace(memory=90 * MB, killed=2)
    assert Moved(1, 2) == (1, 2)


FILES = {
    "cgroup.procs": "",
    "memory.peak": "9000000\n",
    "memory.stat": "anon 1\nfile 3000000\nshmem 1000000\n",
    "memory.events": "low 0\noom 1\noom_kill 1\n",
    "cpu.stat": "usage_usec 2000000\nuser_usec 1\n",
}
TOLD = {"entrances": 1, "files_field": "file", "cpu_field": "usage_usec", "cpu_unit": 1e6}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Path, Group]]:
    """Files as those of a group of the second version, and the group that knows them."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="ascii")
    descriptors = [os.open(tmp_path / name, os.O_RDWR) for name in FILES]
    yield tmp_path, Group(TOLD, descriptors)
    for descriptor in descriptors:
        os.close(descriptor)


def test_a_group_counts_from_where_it_began_and_leaves_cached_files_out(
    opened: tuple[Path, Group],
) -> None:
    folder, group = opened
    group.begin()
    assert (folder / "memory.peak").read_text().startswith("0")
    (folder / "memory.peak").write_text("29000000\n")
    (folder / "memory.stat").write_text("anon 1\nfile 8000000\nshmem 2000000\n")
    (folder / "memory.events").write_text("low 0\noom 1\noom_kill 4\n")
    (folder / "cpu.stat").write_text("usage_usec 3500000\nuser_usec 1\n")
    taken = group.taken()
    # What was put back to begin with is what the first text was cut to: 0000000.
    assert taken == Taken(memory=23 * MB + 2 * MB, cpu=1.5, killed=3)


def test_processes_are_put_into_it_by_their_number(opened: tuple[Path, Group]) -> None:
    folder, group = opened
    group.take(b"0")
    assert (folder / "cgroup.procs").read_text() == "0"


def test_a_group_that_says_nothing_any_more_is_no_error(opened: tuple[Path, Group]) -> None:
    folder, group = opened
    group.begin()
    (folder / "memory.peak").write_text("")
    assert group.taken() is None

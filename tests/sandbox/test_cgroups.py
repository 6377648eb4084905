"""Control groups: where they can be made, that they hold, and what they tell."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from codeact_lsp.sandbox.cgroup_accounts import opened
from codeact_lsp.sandbox.cgroup_files import VERSION_1, VERSION_2
from codeact_lsp.sandbox.cgroup_places import NoGroupsError, folders, mark
from codeact_lsp.sandbox.cgroup_scopes import Scopes, find_scopes
from codeact_lsp.sandbox.cgroups import Group, Groups, Used, find_groups
from codeact_lsp.worker.groups import Group as Grown

MIB = 1 << 20
GROW = f"""
import os, sys, time
ends = []
for _ in range(int(sys.argv[1])):
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(1)  # Whoever listens to the one that started us is to see its end.
        held = bytearray(30 * {MIB})
        held[::4096] = b"1" * len(held[::4096])
        os.write(writing, b"1")
        time.sleep(3600)
    os.close(writing)
    ends.append(reading)
print(sum(len(os.read(end, 1)) for end in ends), flush=True)
"""
FORK = """
import os, time
count = 0
try:
    while count < 100:
        if os.fork() == 0:
            os.close(1)
            time.sleep(3600)
        count += 1
except BlockingIOError:
    pass
print(count, flush=True)
"""


@pytest.fixture
def group() -> Iterator[Group | None]:
    """A small group; None where this user may make none."""
    try:
        made = find_groups().make(memory=64 * MIB, processes=16)
    except NoGroupsError:
        yield None
        return
    yield made
    assert made.remove()
    assert not any(folder.exists() for folder in made.folders)


def said(group: Group, code: str, *arguments: str) -> str:
    """What a process in the group says; what it has started goes on."""
    command = group.joined([sys.executable, "-I", "-S", "-c", code, *arguments])
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()


def test_memory_is_bounded_in_sum(group: Group | None) -> None:
    if group:
        assert said(group, GROW, "1") == "1"
        # Of four there is room for one more at most: each is small enough, together they are not.
        assert int(said(group, GROW, "4") or 0) < 4
        used = group.used()
        assert 30 * MIB < used.memory <= 64 * MIB
        assert used.killed > 0


def test_processes_are_bounded_in_sum_and_all_end_with_the_group(group: Group | None) -> None:
    if group:
        assert int(said(group, FORK)) == 15
        assert len(group.processes) == 15
        group.kill()
        assert group.processes == []


def test_a_node_has_a_group_within_that_counts_and_bounds_it_alone(group: Group | None) -> None:
    if group:
        said(group, GROW, "1")  # Of the others it knows nothing.
        group.kill()
        with group.account(memory=40 * MIB) as account:
            within = Grown(account.told, [os.dup(each) for each in account.descriptors])
        within.begin()
        assert within_said(within, GROW, "1") == "1"
        taken = within.taken()
        assert taken
        assert 30 * MIB < taken.memory < 40 * MIB
        assert (taken.cpu > 0, taken.killed) == (True, 0)
        within.begin()
        # The kernel chooses whom it ends: of the one that counts it would hear nothing.
        assert int(within_said(within, GROW, "3") or 0) < 2
        again = within.taken()
        assert again
        assert again.killed > 0


def within_said(group: Grown, code: str, *arguments: str) -> str:
    """What a process says that was put into a group before it did anything."""
    command = [sys.executable, "-I", "-S", "-c", code, *arguments]
    waits = ["/bin/sh", "-c", 'read go; exec "$@"', "sh", *command]
    with subprocess.Popen(
        waits, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        group.take(str(process.pid).encode())
        line, _ = process.communicate("go\n")
    return line.strip()


def test_what_starts_in_a_group_was_never_outside(group: Group | None) -> None:
    if group:
        told = said(group, "print(*open('/proc/self/cgroup').read().split())")
        assert told.count(group.folders[0].name) >= 1


def test_where_a_process_cannot_join_it_does_not_start(tmp_path: Path) -> None:
    gone = Group((tmp_path / "gone",), VERSION_2)
    ended = subprocess.run(
        gone.joined([sys.executable, "-c", "print('ran')"]), capture_output=True, check=False
    )
    assert ended.returncode == 125
    assert ended.stdout == b""


def test_what_is_given_to_the_command_reaches_it_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "cgroup.procs").touch()
    here = Group((tmp_path,), VERSION_2)
    words = ["--", "$(touch x)", "a b", "'", "\n"]
    ended = subprocess.run(
        here.joined([sys.executable, "-c", "import sys; print(sys.argv[1:])", *words]),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == f"{words}\n"


def test_the_second_versions_files_are_understood(tmp_path: Path) -> None:
    files = {
        "memory.peak": "1048576\n",
        "cpu.stat": "usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\n",
        "io.stat": "8:0 rbytes=100 wbytes=7 rios=1\n8:16 rbytes=20 wbytes=0 rios=1\n",
        "memory.events": "low 0\noom 3\noom_kill 2\noom_group_kill 0\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="ascii")
    assert Group((tmp_path,), VERSION_2).used() == Used(MIB, 2.5, 120, 7, 2)


def test_the_first_versions_files_are_understood_wherever_they_lie(tmp_path: Path) -> None:
    files = {
        "memory/memory.max_usage_in_bytes": "1048576\n",
        "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
        "cpu/cpuacct.usage": "2500000000\n",
        "blkio/blkio.throttle.io_service_bytes_recursive": "8:0 Read 120\n8:0 Write 7\nTotal 127\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    places = tuple(tmp_path / name for name in ("memory", "cpu", "blkio"))
    assert Group(places, VERSION_1).used() == Used(MIB, 2.5, 120, 7, 2)


def test_what_nobody_counts_is_nothing(tmp_path: Path) -> None:
    assert Group((tmp_path,), VERSION_2).used() == Used()


def test_a_limit_that_the_kernel_does_not_have_is_an_error_and_leaves_no_group(
    tmp_path: Path,
) -> None:
    with pytest.raises(FileNotFoundError, match=r"memory\.max"):
        Groups(2, (tmp_path,)).make(memory=MIB, processes=None)
    assert list(tmp_path.iterdir()) == []


SECOND = {
    **dict.fromkeys(("cgroup.procs", "memory.max", "memory.stat", "memory.events", "cpu.stat"), ""),
    "memory.peak": "7",
}


def test_in_the_second_version_a_group_with_groups_within_has_its_processes_in_one_of_them(
    tmp_path: Path,
) -> None:
    group = Group((tmp_path,), VERSION_2, entrances=(tmp_path / "worker",))
    assert str(tmp_path / "worker" / "cgroup.procs") in group.joined(["true"])
    # The kernel fills a new group with its files; without those there is no account.
    (tmp_path / "memory.peak").touch()
    with pytest.raises(FileNotFoundError), group.account(memory=5):
        pass


def test_a_worker_gets_of_a_nodes_group_what_it_needs_and_in_its_order(tmp_path: Path) -> None:
    for name, text in SECOND.items():
        (tmp_path / name).write_text(text, encoding="ascii")
    with opened([tmp_path], VERSION_2) as account:
        names = [Path(f"/proc/self/fd/{each}").readlink().name for each in account.descriptors]
        os.pwrite(account.descriptors[1], b"0", 0)
    assert names == ["cgroup.procs", "memory.peak", "memory.stat", "memory.events", "cpu.stat"]
    assert account.told["entrances"] == 1
    assert (tmp_path / "memory.peak").read_text() == "0"


def proc(folder: Path, mounts: str, own: str) -> Path:
    """A process's folder that says this of itself."""
    (folder / "mountinfo").write_text(dedent(mounts).lstrip(), encoding="ascii")
    (folder / "cgroup").write_text(dedent(own).lstrip(), encoding="ascii")
    return folder


def test_the_first_version_has_a_hierarchy_for_each_controller(tmp_path: Path) -> None:
    here = proc(
        tmp_path,
        """
        30 23 0:26 / /cg/memory rw,relatime - cgroup cgroup rw,memory
        31 23 0:27 /pod/a /cg/with\\040space rw - cgroup cgroup rw,pids
        32 23 0:28 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct
        33 23 0:29 / /cg/unified rw - cgroup2 cgroup2 rw
        """,
        """
        9:pids:/pod/a/b
        4:memory:/job
        2:cpu,cpuacct:/
        0::/
        """,
    )
    expected = (Path("/cg/memory/job"), Path("/cg/with space/b"), Path("/cg/cpu"))
    assert folders(here) == (1, expected)


def unified(folder: Path, own: str, handing_down: dict[str, str]) -> Path:
    """A process in a group of the second version, and what the groups around it hand down."""
    for name, controllers in handing_down.items():
        (folder / "cg" / name).mkdir(parents=True, exist_ok=True)
        (folder / "cg" / name / "cgroup.subtree_control").write_text(controllers, encoding="ascii")
        (folder / "cg" / name / "cgroup.procs").touch()
    mount = f"33 23 0:29 / {folder / 'cg'} rw - cgroup2 cgroup2 rw\n"
    return proc(folder, mount, f"0::{own}\n")


def test_in_the_second_version_the_nearest_group_that_hands_down_both_is_taken(
    tmp_path: Path,
) -> None:
    around = {".": "cpu memory pids\n", "user": "cpu memory pids\n", "user/app": "memory\n"}
    here = unified(tmp_path, "/user/app", around)
    assert folders(here) == (2, (tmp_path / "cg" / "user",))


@pytest.mark.parametrize("own", ["/user/app", "/../outside"])
def test_where_nothing_is_handed_down_it_says_so(tmp_path: Path, own: str) -> None:
    here = unified(tmp_path, own, {".": "cpu\n", "user": "", "user/app": ""})
    with pytest.raises(NoGroupsError, match=r"no group above .* is delegated to this user"):
        folders(here)


def test_without_any_hierarchy_it_says_so(tmp_path: Path) -> None:
    here = proc(tmp_path, "20 1 0:20 / / rw - ext4 /dev/sda rw\n", "0::/\n")
    with pytest.raises(NoGroupsError, match="it is not told where they are: "):
        folders(tmp_path / "hidden")
    with pytest.raises(NoGroupsError, match="no control groups of memory and processes"):
        folders(here)


def test_groups_of_a_process_that_is_gone_are_swept_up(group: Group | None) -> None:
    if group:
        parent = group.folders[0].parent
        left, ours = parent / f"{mark()}4194305-0", parent / f"{mark()}1-0"
        left.mkdir()
        ours.mkdir()
        find_groups()
        assert not left.exists()
        assert ours.exists()
        ours.rmdir()


def test_systemd_is_given_the_limits_and_the_command_as_they_are(tmp_path: Path) -> None:
    groups = Groups(2, (tmp_path,), Scopes("/run/user/7", tmp_path))
    first, second = (groups.make(memory=limit, processes=9) for limit in (5, None))
    (folder,) = first.folders
    assert folder.parent == tmp_path
    assert folder.suffix == ".scope"
    assert first.joined(["bwrap", "--", "a b"]) == [
        *("/usr/bin/env", "XDG_RUNTIME_DIR=/run/user/7", "/usr/bin/systemd-run"),
        *("--user", "--scope", "--quiet", "--collect"),
        *(f"--unit={folder.name}", "--slice=codeact.slice"),
        *("-p", "MemoryMax=5", "-p", "MemorySwapMax=0", "-p", "TasksMax=9"),
        *("--", "/usr/bin/env", "-u", "XDG_RUNTIME_DIR", "bwrap", "--", "a b"),
    ]
    assert "MemoryMax=5" not in second.joined([])
    assert first.folders != second.folders
    with pytest.raises(OSError, match="cannot be divided"), first.account(memory=None):
        pass
    assert first.remove()  # It went with its last process.


def test_without_a_manager_of_the_users_there_are_no_scopes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(NoGroupsError, match="no systemd manages this user's processes"):
        find_scopes()

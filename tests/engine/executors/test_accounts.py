"""What a node is said to have used is what it used, whatever it says and whoever did it for it.

The quantities are known beforehand: how long a process computes by its own clock, how much memory
it fills, how many bytes it moves. Where groups can be made, all that ever ran is counted, and in
sum; without them, what somebody waited for is, and the largest process.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codeact_lsp.engine import events
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Usage
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level, Policy, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD, mechanisms
from tests.engine.running import Ran, marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

MB = 1_000_000
TOOLS = """
import json, os, signal, subprocess, tempfile, time

def _fill(size):
    held = bytearray(size)
    held[::4096] = b"1" * len(held[::4096])
    return held

def _compute(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass

def _in_child(work, *then):
    if (pid := os.fork()) == 0:
        work(*then)
        os._exit(0)
    os.waitpid(pid, 0)

def _at_once(count, size):
    ends, pids = [], []
    for _ in range(count):
        reading, writing = os.pipe()
        pids.append(os.fork())
        if pids[-1] == 0:
            held = _fill(size)
            os.write(writing, b"1")
            time.sleep(3600)
        os.close(writing)
        ends.append(reading)
    for end in ends:
        os.read(end, 1)
    # Whoever was ended for others to have room may have answered before.
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
    statuses = [os.waitpid(pid, 0)[1] for pid in pids]
    answers = sum(os.WTERMSIG(status) == signal.SIGTERM for status in statuses)
    return answers
"""


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=["", "cgroup", "nested", "bwrap,cgroup"], ids=str
)
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(WITHHOLD, request.param)
        engine = Engine(Path.cwd())
        yield engine
        await engine.close()


def has_groups() -> bool:
    """Whether each node has a control group here."""
    return mechanisms().cgroup is not None


def prepared(policy: Policy, folder: Path, text: str) -> dict[str, Policy]:
    """These rights for each node of a plan in a folder, with the tools beside it."""
    (folder / "tools.py").write_text(TOOLS, encoding="utf-8")
    nodes = Plan.from_text(marked(text)[0]).nodes
    return dict.fromkeys(nodes, replace(policy, workspace=folder.resolve()))


async def run_at(policy: Policy, engine: Engine, folder: Path, text: str) -> Ran:
    """Run a plan with these rights for each node; it may use the tools."""
    policies = prepared(policy, folder, text)
    return await run_plan(engine, folder, text, policies=policies)


def usage(ran: Ran, node: str) -> Usage:
    """What a node was said to have used, however it ended."""
    good, bad = ran.of(events.NodeSucceeded, node), ran.of(events.NodeFailed, node)
    (usage,) = (*(end.result.usage for end in good), *(end.usage for end in bad))
    return usage


async def test_time_and_memory_of_processes_below_it_are_a_nodes_own(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
        from tools import *
        from tools import _compute, _fill, _in_child

        def burns():
            _in_child(_compute, 0.3)

        def holds():
            _in_child(_in_child, _fill, 300_000_000)
        """
    ran = await run_at(preset(Level.STANDARD), engine, tmp_path, text)
    assert ran.status == "done"
    assert usage(ran, "burns").cpu >= 0.3
    assert 300 * MB <= usage(ran, "holds").memory < 400 * MB


async def test_memory_is_that_of_all_at_once_where_it_can_be_told(
    engine: Engine, tmp_path: Path
) -> None:
    text = "from tools import _at_once\n\ndef a():\n    return _at_once(4, 60_000_000)\n"
    ran = await run_at(preset(Level.STANDARD), engine, tmp_path, text)
    assert ran.value("a") == 4
    least = 240 if has_groups() else 60
    assert least * MB <= usage(ran, "a").memory < (least + 100) * MB


async def test_who_waits_for_nobody_hides_nothing_from_a_group(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
        import os, signal
        from tools import _compute

        def a():
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            reading, writing = os.pipe()
            if os.fork() == 0:
                _compute(0.5)
                os._exit(0)
            os.close(writing)
            return os.read(reading, 1)
        """
    ran = await run_at(preset(Level.STANDARD), engine, tmp_path, text)
    assert usage(ran, "a").cpu >= 0.5 or not has_groups()


async def test_bytes_are_counted_where_they_are_moved(engine: Engine, tmp_path: Path) -> None:
    text = """
        import os, tempfile

        def a():
            with tempfile.TemporaryFile() as file:
                file.write(b"x" * 3_000_000)
                file.seek(0)
                read = len(file.read())
            reading, writing = os.pipe()
            moved = os.write(writing, b"y" * 50_000)
            return read + len(os.read(reading, moved))

        def nothing():
            return None

        def kept():
            return b"z" * 2_000_000
        """
    ran = await run_at(preset(Level.STRICT), engine, tmp_path, text)
    assert ran.value("a") == 3_050_000
    moved, nothing, kept = (usage(ran, node) for node in ("a", "nothing", "kept"))
    for count, least in (
        *((moved.read, 3_050_000), (moved.written, 3_050_000), (kept.written, 2_000_000)),
        *((nothing.read, 0), (nothing.written, 0), (kept.disk_written, 2_000_000)),
    ):
        assert count is not None
        assert least <= count < least + 20_000


async def test_what_a_node_says_of_itself_is_not_believed(engine: Engine, tmp_path: Path) -> None:
    text = """
        import json, os
        from tools import _compute, _fill

        def a():
            held = _fill(100_000_000)
            _compute(0.3)
            nothing = {"cpu": 0, "memory": 1, "read": 0, "written": 0, "killed": 9}
            claim = {"ok": True, "preview": {}, "usage": [0, 0, 0], "event": "ended", **nothing}
            for descriptor in (1, 2, 3):
                os.write(descriptor, json.dumps(claim).encode() + b"\\n")
            os._exit(0)
        """
    ran = await run_at(preset(Level.STRICT), engine, tmp_path, text)
    told = usage(ran, "a")
    assert ran.errors["a"].category == "crash"
    assert told.cpu >= 0.3
    assert 100 * MB <= told.memory < 200 * MB


async def test_of_a_failure_it_is_told_as_well(engine: Engine, tmp_path: Path) -> None:
    text = """
        from tools import _fill

        def a():
            held = _fill(100_000_000)
            raise ValueError(len(held))
        """
    ran = await run_at(preset(Level.STRICT), engine, tmp_path, text)
    assert ran.errors["a"].type == "ValueError"
    assert 100 * MB <= usage(ran, "a").memory < 200 * MB
    (finished,) = ran.of(events.RunFinished)
    assert finished.metrics
    assert finished.metrics.nodes[0].memory == usage(ran, "a").memory


def limited(level: Level, **limits: Any) -> Policy:
    """A level with other limits than the usual ones."""
    policy = preset(level)
    return replace(policy, limits=replace(policy.limits, scratch=MB, **limits))


async def test_a_node_whose_processes_hold_too_much_in_sum_is_told_why_they_ended(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
        from tools import _at_once

        def a():
            assert _at_once(6, 60_000_000) == 6, "some did not answer"
        """
    ran = await run_at(limited(Level.STANDARD, memory=100 * MB), engine, tmp_path, text)
    if has_groups():
        assert ran.errors["a"].message == "some did not answer"
        (note,) = ran.errors["a"].notes
        assert "the node and what it started held more than 100 MB of memory at once." in note
        assert "The limit is 'Memory:' in the docstring of the node" in note
    else:
        assert ran.status == "done"


async def test_what_all_nodes_hold_in_sum_is_bounded_and_the_limit_is_named(
    engine: Engine, tmp_path: Path
) -> None:
    text = "from tools import _fill\n\ndef a():\n    return len(_fill(400_000_000))\n"
    ran = await run_at(limited(Level.STRICT, together=300 * MB), engine, tmp_path, text)
    if has_groups():
        error = ran.errors["a"]
        assert error.category == "memory"
        assert error.headline == ("MemoryLimit: all nodes at work held more than 300 MB in sum.")
        assert error.notes[0].startswith("The limit is 'together' in [sandbox.limits]")
    else:
        assert ran.status == "done"


async def test_processor_time_that_is_used_up_is_named(engine: Engine, tmp_path: Path) -> None:
    text = "def a():\n    while True:\n        pass\n"
    ran = await run_at(limited(Level.STRICT, cpu=1.0), engine, tmp_path, text)
    error = ran.errors["a"]
    assert error.headline == "Timeout: used up 1 s of processor time, its limit"
    assert error.category == "timeout"
    assert error.notes[0].startswith("The limit is 'cpu' in [sandbox.limits]")
    # The limit is counted in ticks of the clock, and those are no exact measure.
    assert usage(ran, "a").cpu > 0.5

"""What ends a run early: a limit, a cancel at any moment, or nobody who looks on."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.run.runner import Run
from codeact_lsp.engine.session import Engine
from tests.engine.running import alive, run_plan, wait_until_gone, write_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

LOOPS = """
import os
from pathlib import Path

def a():
    '''Cache: off'''
    Path("pid").write_text(str(os.getpid()))
    print("here")
    while True:
        pass

def b():
    '''Cache: off'''
    while True:
        pass

def after(a, b):
    return 1
"""


def start(engine: Engine, folder: Path, text: str = LOOPS) -> Run:
    """A run that has not begun."""
    plan, file = write_plan(folder, text)
    return engine.run(make_job(plan, file, select(plan)))


async def test_a_limit_is_a_failure_and_the_rest_goes_on(engine: Engine, tmp_path: Path) -> None:
    plan = """
    def a():
        while True:
            pass

    def b():
        return "fine"
    """
    ran = await run_plan(engine, tmp_path, plan, timeout=1)
    assert ran.became == {"b": "ran", "a": "failed"}
    error = ran.errors["a"]
    assert error.headline == "Timeout: still running after 1 s, its time limit"
    assert error.category == "timeout"


async def test_a_limit_of_the_nodes_own_goes_before_that_of_the_run(
    engine: Engine, tmp_path: Path
) -> None:
    plan = """
    import time

    def patient():
        '''Timeout: 60 s'''
        time.sleep(0.3)

    def hasty():
        '''Timeout: 50 ms'''
        time.sleep(0.3)
    """
    ran = await run_plan(engine, tmp_path, plan, timeout=0.15)
    assert ran.became == {"hasty": "failed", "patient": "ran"}
    assert ran.errors["hasty"].message == "still running after 0.05 s, its time limit"


async def test_a_node_that_took_too_long_is_tried_again(engine: Engine, tmp_path: Path) -> None:
    plan = """
    from pathlib import Path
    import time

    def a():
        '''Once.

        Timeout: 1 s
        Retries: 1
        '''
        if not Path("seen").exists():
            Path("seen").touch()
            time.sleep(60)
    """
    ran = await run_plan(engine, tmp_path, plan)
    _, second = ran.of(events.NodeStarted)
    assert ran.became == {"a": "ran"}
    assert second.why == "it failed before: Timeout: still running after 1 s, its time limit"


async def test_a_run_that_took_as_long_as_it_may_ends_and_names_its_limit(
    engine: Engine, tmp_path: Path
) -> None:
    ran = await run_plan(engine, tmp_path, LOOPS, run_time=1.5, workers=1)
    assert ran.status == "failed"
    assert ran.became == {"b": "failed", "a": "failed", "after": "blocked"}
    for error in ran.errors.values():
        assert error.headline == ("Timeout: not done when the run had taken 1.5 s, its time limit")
        assert error.category == "timeout"
        assert error.notes[-1].startswith("The limit is 'run-time' in [sandbox.limits]")
    assert ran.text(ran.errors["b"].span) == "b"  # It never began.


async def test_each_attempt_has_the_whole_time(engine: Engine, tmp_path: Path) -> None:
    plan = """
    from pathlib import Path
    import time

    def a():
        '''Once.

        Timeout: 1 s
        Retries: 1
        '''
        time.sleep(0.6)
        if not Path("seen").exists():
            Path("seen").touch()
            raise ConnectionError
    """
    assert (await run_plan(engine, tmp_path, plan)).became == {"a": "ran"}


async def test_a_cancel_stops_what_runs_and_skips_what_waits(
    engine: Engine, tmp_path: Path
) -> None:
    run = start(engine, tmp_path)
    cancelled = set()
    async with asyncio.timeout(20):
        async for event in run:
            if isinstance(event, events.NodeOutput):
                run.cancel()
            if isinstance(event, events.NodeCancelled):
                cancelled.add(event.node)
    assert isinstance(event, events.RunFinished)
    assert event.status == "cancelled"
    assert cancelled == {"a", "b", "after"}
    assert not alive(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("turns", range(16))
async def test_a_cancel_at_any_turn_of_the_event_loop_ends_the_run(
    engine: Engine, tmp_path: Path, turns: int
) -> None:
    run = start(engine, tmp_path)
    async with asyncio.timeout(20):
        async for event in run:
            if isinstance(event, events.RunStarted):
                for _ in range(turns):
                    await asyncio.sleep(0)
                run.cancel()
    assert isinstance(event, events.RunFinished)
    assert (event.status, event.counts) == ("cancelled", {"cancelled": 3})


async def test_a_run_that_was_cancelled_before_it_began_runs_nothing(
    engine: Engine, tmp_path: Path
) -> None:
    run = start(engine, tmp_path)
    run.cancel()
    kinds = {type(event).__name__ async for event in run}
    assert kinds == {"RunStarted", "NodeCancelled", "RunFinished"}


async def test_whoever_stops_looking_leaves_no_process_behind(
    engine: Engine, tmp_path: Path
) -> None:
    async with asyncio.timeout(20), aclosing(aiter(start(engine, tmp_path))) as told:
        async for event in told:
            if isinstance(event, events.NodeOutput):
                break
    await wait_until_gone(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("turns", range(0, 16, 4))
@pytest.mark.parametrize("zygote", ["old", "new"])
async def test_whoever_stops_looking_while_nodes_start_harms_no_other_run(
    engine: Engine, tmp_path: Path, turns: int, zygote: str
) -> None:
    if zygote == "new":  # One is started for each set of imports.
        modules = ["abc", "bisect", "csv", "dis"]
        plan = f"import {modules[turns // 4]}\n{LOOPS}"
    else:
        plan = LOOPS
    async with aclosing(aiter(start(engine, tmp_path, plan))) as told:
        await anext(told)
        for _ in range(turns):
            await asyncio.sleep(0)
    fine = plan[: plan.index("def a()")] + f"def a(): return {turns}\ndef b(a): return a\n"
    ran = await run_plan(engine, tmp_path, fine)
    assert ran.value("b") == turns

"""What docstrings ask of the engine, in real processes: order, resources, times, attempts."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.history.history import Ran as Remembered
from codeact_lsp.engine.history.history import Record, RunRecord
from codeact_lsp.engine.session import Engine
from tests.engine.running import Ran, run_plan, write_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


def begun(ran: Ran) -> events.RunStarted:
    (started,) = ran.of(events.RunStarted)
    return started


async def test_after_orders_without_a_value(engine: Engine, tmp_path: Path) -> None:
    plan = """
    from pathlib import Path

    def clean():
        '''After: write'''
        return Path("there").read_text()

    async def write():
        Path("there").write_text("written")
    """
    ran = await run_plan(engine, tmp_path, plan)
    assert list(ran.became) == ["write", "clean"]
    assert ran.value("clean") == "written"


async def test_a_claim_above_what_there_is_runs_alone_and_is_told_beforehand(
    engine: Engine, tmp_path: Path
) -> None:
    plan = """
    import os, time

    def _alone():
        os.close(os.open("lock", os.O_CREAT | os.O_EXCL))
        time.sleep(0.05)
        os.unlink("lock")

    def small():
        '''Uses: gpu:1'''
        _alone()

    def large():
        '''Uses: gpu:9'''
        _alone()
    """
    ran = await run_plan(engine, tmp_path, plan, capacities={"gpu": 2}, mode="parallel")
    assert ran.status == "done"
    assert begun(ran).notes == (
        "'large' claims 9 units of gpu, of which there are 2: it runs when nothing else uses any.",
    )


async def test_units_that_are_there_are_used_at_once(engine: Engine, tmp_path: Path) -> None:
    plan = """
    from pathlib import Path
    import time

    def _meet(own, other):
        Path(own).touch()
        while not Path(other).exists():
            time.sleep(0.005)

    def a():
        '''Uses: gpu:1'''
        _meet("a", "b")

    def b():
        '''Uses: gpu:1'''
        _meet("b", "a")
    """
    ran = await run_plan(engine, tmp_path, plan, capacities={"gpu": 2}, timeout=20)
    assert (ran.status, begun(ran).notes) == ("done", ())


async def test_a_time_that_has_passed_holds_nobody_and_one_to_come_does(
    engine: Engine, tmp_path: Path
) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    plan = f"""
    def at_once():
        '''Wait: until 2020-01-01'''

    def later():
        '''Wait: until {soon.isoformat()}'''
    """
    ran = await run_plan(engine, tmp_path, plan, workers=1)
    assert list(ran.became) == ["at_once", "later"]
    (started,) = ran.of(events.NodeStarted, "later")
    assert started.time >= soon.timestamp()


async def test_every_node_that_holds_another_back_is_named(engine: Engine, tmp_path: Path) -> None:
    plan = """
    import time
    def a(): return 1 / 0
    def b():
        time.sleep(0.3)
        raise ValueError("late")
    def c(a): return a
    def d(c, b): return c
    """
    ran = await run_plan(engine, tmp_path, plan)
    (blocked,) = ran.of(events.NodeBlocked, "d")
    assert set(blocked.by) == {"a", "b"}
    assert ran.became == {"a": "failed", "c": "blocked", "b": "failed", "d": "blocked"}


async def test_the_longest_path_starts_first_although_the_store_answers_in_any_order(
    engine: Engine, tmp_path: Path
) -> None:
    nodes = [f"def short{number}(): return {number}" for number in range(8)]
    path = "\ndef a(): return 1\ndef b(a): return 2\ndef c(b): return 3\ndef d(c): return 4\n"
    ran = await run_plan(engine, tmp_path, "\n".join(nodes) + path, workers=1)
    started = [event.node for event in ran.of(events.NodeStarted)]
    assert started[:3] == ["a", "b", "c"]


async def test_a_run_says_how_it_is_run_and_the_order_follows_what_nodes_took(
    engine: Engine, tmp_path: Path
) -> None:
    plan = """
    import time
    def quick(): return 1
    def slow(): time.sleep(0.3)
    """
    first = begun(await run_plan(engine, tmp_path, plan, workers=2))
    assert (first.mode, first.workers, first.why, first.expected) == (
        "adaptive",
        2,
        "nothing has run here yet",
        None,
    )
    ran = await run_plan(engine, tmp_path, plan, workers=2, reuse=False, mode="sequential")
    again = begun(ran)
    assert (again.workers, again.why) == (1, "one node at a time, as asked")
    assert again.expected is not None
    assert again.expected > 0.3
    assert [event.node for event in ran.of(events.NodeStarted)] == ["slow", "quick"]


async def test_a_cancel_while_a_node_waits_for_its_next_attempt_ends_the_run(
    engine: Engine, tmp_path: Path
) -> None:
    plan, file = write_plan(
        tmp_path,
        "def fetch():\n    '''Retries: 999'''\n    print('here')\n    raise ConnectionError\n",
    )
    run = engine.run(make_job(plan, file, select(plan)))
    async with asyncio.timeout(30):
        async for event in run:
            if isinstance(event, events.NodeOutput):
                while "fetch" not in run.errors:  # noqa: ASYNC110 - a retry tells nobody.
                    await asyncio.sleep(0.001)
                run.cancel()
    assert isinstance(event, events.RunFinished)
    assert (event.status, event.counts) == ("cancelled", {"cancelled": 1})


async def test_a_cancel_reaches_hundreds_of_waiting_nodes(engine: Engine, tmp_path: Path) -> None:
    waiting = [f"def n{number}(held): return {number}" for number in range(500)]
    held = "def held():\n    print('here')\n    while True: pass\n"
    plan, file = write_plan(tmp_path, held + "\n".join(waiting))
    run = engine.run(make_job(plan, file, select(plan)))
    async with asyncio.timeout(30):
        async for event in run:
            if isinstance(event, events.NodeOutput):
                run.cancel()
    assert isinstance(event, events.RunFinished)
    assert event.counts == {"cancelled": 501}


async def test_workers_join_in_when_what_nodes_took_before_turns_out_to_be_wrong(
    engine: Engine, tmp_path: Path
) -> None:
    plan, file = write_plan(
        tmp_path,
        """
        from pathlib import Path
        import time

        def _meet(own, other):
            Path(own).touch()
            while not Path(other).exists():
                time.sleep(0.005)

        def a():
            _meet("a", "b")

        def b():
            _meet("b", "a")
        """,
    )
    quick = [Record("a", "", wall=0.02), Record("b", "", wall=0.0005)]
    engine.history.record(file, Remembered(RunRecord("before", "done"), quick))
    run = engine.run(make_job(plan, file, select(plan), workers=2, timeout=20))
    told = [event async for event in run]
    started, finished = told[0], told[-1]
    assert isinstance(started, events.RunStarted)
    assert isinstance(finished, events.RunFinished)
    # With one worker alone the two would never meet.
    assert (started.workers, finished.status) == (1, "done")

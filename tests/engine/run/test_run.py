"""Runs in real processes: the events, who runs when, and what ends them."""

from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_a_run_is_told_as_events_in_order(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(
        engine,
        tmp_path,
        """
        def orders():
            print("reading")
            return [3, 4]

        async def total(orders, factor: int = 2):
            return sum(orders) * factor
        """,
    )
    assert [type(event).__name__ for event in ran.events] == [
        "RunStarted",
        "NodeStarted",
        "NodeOutput",
        "NodeSucceeded",
        "NodeStarted",
        "NodeSucceeded",
        "RunFinished",
    ]
    assert [event.sequence for event in ran.events] == list(range(7))
    assert len({event.run for event in ran.events}) == 1
    times = [event.time for event in ran.events]
    assert times == sorted(times)
    assert ran.value("total") == 14
    assert ran.output("orders") == "reading\n"
    (finished,) = ran.of(events.RunFinished)
    assert (finished.status, finished.counts) == ("done", {"ran": 2})


async def test_usage_is_what_the_kernel_counted(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(
        engine,
        tmp_path,
        """
        def idle():
            import time
            time.sleep(0.2)

        def busy():
            import time
            block = b"x" * 200_000_000
            while time.process_time() < 0.2:
                pass
            return len(block)
        """,
    )
    idle, busy = ran.results["idle"].usage, ran.results["busy"].usage
    assert idle.wall >= 0.2
    assert idle.cpu < 0.2 <= busy.cpu
    assert busy.memory - idle.memory > 150_000_000


async def test_only_what_leads_to_the_targets_runs(engine: Engine, tmp_path: Path) -> None:
    plan = """
    def a(): return 1
    def b(a): return a + 1
    def c(a): return a + 2
    def d(): return 4
    """
    ran = await run_plan(engine, tmp_path, plan, ["b"])
    assert ran.became == {"a": "ran", "b": "ran"}
    (started,) = ran.of(events.RunStarted)
    assert (started.nodes, started.targets) == (("a", "b"), ("b",))


async def test_independent_nodes_run_at_the_same_time(engine: Engine, tmp_path: Path) -> None:
    meet = """
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
    """
    ran = await run_plan(engine, tmp_path, meet, workers=2, timeout=20)
    assert ran.became == {"a": "ran", "b": "ran"}


async def test_with_one_worker_nodes_run_one_after_another(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(engine, tmp_path, "def a(): pass\ndef b(): pass\n", workers=1)
    kinds = [f"{type(e).__name__} {getattr(e, 'node', '')}" for e in ran.events[1:-1]]
    assert kinds == ["NodeStarted a", "NodeSucceeded a", "NodeStarted b", "NodeSucceeded b"]


async def test_a_resource_keeps_nodes_apart(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(
        engine,
        tmp_path,
        """
        import os, time

        def _alone():
            os.close(os.open("lock", os.O_CREAT | os.O_EXCL))
            time.sleep(0.05)
            os.unlink("lock")

        def a():
            '''Uses: warehouse'''
            _alone()

        def b():
            '''Uses: warehouse'''
            _alone()

        def c():
            '''Uses: warehouse'''
            _alone()
        """,
        workers=3,
    )
    assert ran.status == "done"


async def test_a_wait_holds_a_node_back(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(
        engine,
        tmp_path,
        """
        def order(): pass

        def fetch(order):
            '''Wait: 200 ms after order'''
        """,
    )
    (ended,) = ran.of(events.NodeSucceeded, "order")
    (started,) = ran.of(events.NodeStarted, "fetch")
    assert started.time - ended.time >= 0.2


async def test_a_failure_is_tried_again_and_each_attempt_says_why(
    engine: Engine, tmp_path: Path
) -> None:
    ran = await run_plan(
        engine,
        tmp_path,
        """
        from pathlib import Path

        def fetch():
            '''Retries: 3'''
            seen = len(list(Path().glob("try*")))
            Path(f"try{seen}").touch()
            if seen < 2:
                raise ConnectionError(f"try {seen}")
            return seen
        """,
    )
    assert ran.became == {"fetch": "ran"}
    assert [(event.attempt, event.why) for event in ran.of(events.NodeStarted)] == [
        (1, "it has not run yet"),
        (2, "it failed before: ConnectionError: try 0"),
        (3, "it failed before: ConnectionError: try 1"),
    ]


async def test_the_run_after_a_failure_says_that_it_failed(engine: Engine, tmp_path: Path) -> None:
    text = """
        def a(): return 1
        def b(a): return a / 0
        def c(): raise KeyError
        """
    await run_plan(engine, tmp_path, text)
    again = await run_plan(engine, tmp_path, text)
    assert again.why("b") == again.why("c") == "it failed when it last ran"
    mended = await run_plan(engine, tmp_path, text.replace("a / 0", "a / 1"))
    assert mended.why("b") == "its code changed since it ran"


async def test_all_failures_are_told_and_what_they_block_names_them(
    engine: Engine, tmp_path: Path
) -> None:
    ran = await run_plan(
        engine,
        tmp_path,
        """
        def a(): return 1 / 0
        def b(a): return a
        def c(): return [][1]
        def d(b, c): return b
        def e(): return "fine"
        """,
    )
    assert ran.status == "failed"
    assert ran.became == {"a": "failed", "b": "blocked", "c": "failed", "d": "blocked", "e": "ran"}
    assert {name: error.headline for name, error in ran.errors.items()} == {
        "a": "ZeroDivisionError: division by zero",
        "c": "IndexError: list index out of range",
    }
    (blocked,) = ran.of(events.NodeBlocked, "b")
    assert blocked.by == ("a",)
    (finished,) = ran.of(events.RunFinished)
    assert finished.counts == {"failed": 2, "blocked": 2, "ran": 1}


async def test_a_value_that_vanishes_while_the_plan_runs_is_a_clear_failure(
    engine: Engine, tmp_path: Path, cache_folder: Path
) -> None:
    plan = f"""
    from pathlib import Path

    def a():
        return 1

    def gone(a):
        for path in Path({str(cache_folder)!r}).glob("blobs/??/*"):
            path.unlink()

    def b(a, gone):
        return a
    """
    ran = await run_plan(engine, tmp_path, plan)
    error = ran.errors["b"]
    assert error.category == "crash"
    assert error.headline.startswith("FileNotFoundError: A value cannot be stored or read: ")
    assert ran.text(error.span) == "b"

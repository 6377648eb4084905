"""What is remembered of runs: by name and by code, bounded, shared, and never a reason to fail."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeact_lsp.engine.history.history import NAME, History, Ran, Record, RunRecord
from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan

FILE = Path("/plans/sales.plan.py")
OTHER = Path("/plans/other.plan.py")


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = History(tmp_path)
    yield history
    history.close()


def remember(
    history: History, *calls: Record, file: Path = FILE, reused: tuple[str, ...] = ()
) -> None:
    history.record(file, Ran(RunRecord("r", "done"), calls, reused))


def test_the_latest_good_call_of_a_node_counts(history: History) -> None:
    remember(history, Record("a", "k", wall=1.0), Record("b", "k2", wall=5.0))
    remember(history, Record("a", "k", wall=2.0, memory=7), Record("a", "k", "timeout", wall=60.0))
    assert history.of(FILE, "a") == Record("a", "k", wall=2.0, memory=7)
    assert history.of(FILE, "nobody") is None
    assert history.of(OTHER, "a") is None
    assert [call.outcome for call in history.calls(FILE, "a")] == ["timeout", "ran", "ran"]


def test_all_nodes_of_a_plan_are_read_at_once(history: History) -> None:
    remember(history, Record("a", "k", wall=1.0), Record("b", "k2", wall=5.0), Record("gone", "k3"))
    found = history.of_plan(FILE, {"a": "changed", "b": "k2", "new": "k9"})
    assert {node: record.wall for node, record in found.items()} == {"a": 1.0, "b": 5.0}


def test_a_plan_that_was_moved_is_known_by_its_code(history: History) -> None:
    remember(history, Record("a", "k", wall=1.0))
    assert history.of_plan(OTHER, {"a": "k"})["a"].wall == 1.0
    remember(history, Record("a", "k", wall=3.0), file=OTHER)
    assert history.of_plan(OTHER, {"a": "k"})["a"].wall == 3.0
    assert history.of_plan(FILE, {"a": "k"})["a"].wall == 1.0


def test_it_counts_how_often_a_result_was_reused(history: History) -> None:
    remember(history, Record("a", "k"), Record("b", "k"))
    remember(history, reused=("a",))
    remember(history, reused=("a", "b", "nobody"))
    assert [history.calls(FILE, node)[0].reused for node in "ab"] == [2, 1]
    remember(history, Record("a", "k"))
    assert [call.reused for call in history.calls(FILE, "a")] == [0, 2]


def test_runs_are_told_newest_first(history: History) -> None:
    first = RunRecord("1", "failed", "adaptive", 2, 1.5, {"ran": 1, "failed": 2}, 10.0)
    history.record(FILE, Ran(first))
    history.record(FILE, Ran(RunRecord("2", "done")))
    assert history.runs(FILE) == [RunRecord("2", "done"), first]


def test_only_so_much_is_kept(history: History) -> None:
    for number in range(210):
        remember(history, Record("a", "k", wall=number))
    assert [call.wall for call in history.calls(FILE, "a")] == list(range(209, 189, -1))
    assert len(history.runs(FILE)) == 200


def test_of_plans_that_were_run_long_ago_nothing_is_kept(tmp_path: Path) -> None:
    history = History(tmp_path, most_calls=3, most_runs=2)
    for number in range(5):
        run = RunRecord(str(number), "done")
        ran = Ran(run, [Record("a", "k", wall=number)], code={"a": {"a": "x"}})
        history.record(Path(f"/plans/{number}.plan.py"), ran)
    plans = [Path(f"/plans/{number}.plan.py") for number in range(5)]
    assert [len(history.calls(plan, "a")) for plan in plans] == [0, 0, 1, 1, 1]
    assert [len(history.code(plan)) for plan in plans] == [0, 0, 1, 1, 1]
    assert [len(history.runs(plan)) for plan in plans] == [0, 0, 0, 1, 1]
    history.close()


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_broken_history_is_an_empty_one_that_goes_on(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    history = History(tmp_path)
    remember(history, Record("a", "k"))
    history.close()
    again = History(tmp_path)
    assert again.of(FILE, "a") == Record("a", "k")
    again.close()


def test_where_there_can_be_none_it_lasts_as_long_as_the_process(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = History(tmp_path / "file")
    remember(history, Record("a", "k"))
    assert history.of(FILE, "a") == Record("a", "k")
    history.close()


def test_a_closed_history_is_empty_and_forgets(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.close()
    remember(history, Record("a", "k"))
    assert history.of_plan(FILE, {"a": "k"}) == {}


def test_several_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from codeact_lsp.engine.history.history import History, Ran, Record, RunRecord
history = History(Path(sys.argv[1]))
for number in range(30):
    calls = [Record(sys.argv[2], "k", wall=number)]
    history.record(Path("/plans/sales.plan.py"), Ran(RunRecord(sys.argv[2], "done"), calls))
"""
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name]) for name in "abc"
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    history = History(tmp_path)
    assert len(history.runs(FILE)) == 90
    found = history.of_plan(FILE, dict.fromkeys("abc", "k"))
    assert {record.wall for record in found.values()} == {29}
    history.close()


async def test_a_run_leaves_what_its_nodes_took(tmp_path: Path, cache_folder: Path) -> None:
    plan = """
    RATE = 2
    def a(): return 1 / 0
    def b(): return RATE
    def c(b): return b
    """
    engine = Engine(cache_folder, sys.executable)
    try:
        await run_plan(engine, tmp_path, plan)
        await run_plan(engine, tmp_path, plan)
        file = tmp_path / "it.plan.py"
        b = engine.history.of(file, "b")
        assert b
        assert (b.outcome, b.reused, b.why) == ("ran", 1, "it has not run yet")
        assert b.wall > 0 < b.memory
        assert [call.outcome for call in engine.history.calls(file, "a")] == ["user", "user"]
        second, first = engine.history.runs(file)
        assert (first.status, first.counts) == ("failed", {"failed": 1, "ran": 2})
        assert (second.status, second.counts) == ("failed", {"failed": 1, "cached": 2})
        assert engine.history.code(file)["b"]["RATE"] == "=2"
        assert json.dumps(engine.history.code(file)["c"])
    finally:
        await engine.close()

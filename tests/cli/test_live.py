"""What a terminal shows while a plan runs, and what is told at the end."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from codeact_lsp.cli.live import Progress, said_clock
from codeact_lsp.cli.report import Report, measured_line
from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.history.metrics import Metrics, NodeMetrics
from codeact_lsp.plan import Plan
from tests.cli.command import Codeact


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def shown(progress: Progress, width: int = 40, height: int = 10) -> list[str]:
    """The rows on a terminal of that size."""
    console = Console(file=io.StringIO(), width=width, height=height)
    with console.capture() as captured:
        console.print(progress)
    return captured.get().splitlines()


def running(clock: Clock, *nodes: str, expected: float | None = None) -> Progress:
    """The progress of a run in which these nodes run."""
    progress = Progress(Console(file=io.StringIO()), clock)
    told = {"run": "r", "sequence": 0, "time": 0.0}
    progress.note(
        events.RunStarted(nodes=nodes, targets=nodes, expected=expected, **told)  # type: ignore[arg-type]
    )
    for node in nodes:
        progress.note(events.NodeStarted(node=node, attempt=1, why="", **told))  # type: ignore[arg-type]
    return progress


def test_each_running_node_has_a_row_and_the_run_has_one() -> None:
    clock = Clock()
    progress = running(clock, "load", "fit", expected=90.0)
    clock.now = 5.0
    assert shown(progress) == [
        "  load  5 s",
        "  fit  5 s",
        "0 of 2 nodes, 5 s, about 1:25 min left",
    ]


def test_before_a_run_begins_it_says_what_that_waits_for() -> None:
    progress = Progress(Console(file=io.StringIO()), Clock())
    ready = "getting ready: what confines nodes here is tried out, 0 s"
    assert shown(progress, width=80) == [ready]


def test_a_small_terminal_shows_fewer_nodes_and_cuts_long_names() -> None:
    progress = running(Clock(), "a" * 50, "b", "c", "d")
    assert shown(progress, width=20, height=4) == ["  " + "a" * 17 + "…", "0 of 4 nodes, 0 s, …"]


def test_an_expectation_that_has_passed_is_not_told_any_more() -> None:
    clock = Clock()
    progress = running(clock, "a", expected=3.0)
    clock.now = 2.5
    assert shown(progress)[-1] == "0 of 1 nodes, 2 s"
    clock.now = 4.0
    assert shown(progress)[-1] == "0 of 1 nodes, 4 s"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59.9, "59 s"), (125, "2:05 min"), (3603, "1:00:03 h")]
)
def test_a_time_that_goes_on_is_told_in_whole_seconds(seconds: float, said: str) -> None:
    assert said_clock(seconds) == said


def test_where_the_time_went_is_one_line() -> None:
    node = NodeMetrics("a", "ran", 0.0, 4.0, 4.0)
    path = tuple(f"n{number}" for number in range(20))
    metrics = Metrics(5.0, 2, 6.0, path, 4.0, saved=2.0, queued=1.5, nodes=(node,))
    assert measured_line(metrics) == (
        "critical path 4.0 s: n0 → n1 → n2 → n3 → … → n16 → n17 → n18 → n19; 2 workers busy for "
        "60% of the time; 1.5 s spent waiting for one; 2.0 s saved by reuse"
    )
    assert measured_line(Metrics(0.1, 2, 0.1, ("a",), 0.1, nodes=(node,))) == ""


def test_a_node_that_waited_for_none_is_no_path() -> None:
    node = NodeMetrics("fit", "ran", 0.0, 4.0, 4.0)
    metrics = Metrics(4.0, 1, 4.0, ("fit",), 4.0, nodes=(node,))
    assert measured_line(metrics) == "longest node 4.0 s: fit; 1 worker busy for 100% of the time"


def test_nothing_that_a_node_says_steers_the_terminal() -> None:
    plan = Plan.from_text("def a(): return 1\n")
    out = Console(file=io.StringIO(), width=80)
    told = {"run": "r", "sequence": 0, "time": 0.0}
    with out.capture() as captured:
        report = Report(make_job(plan, Path("/it.plan.py"), select(plan)), Path("it.plan.py"), out)
        text = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \u202eright"
        report.tell(events.NodeOutput(node="a", stream="stdout", text=text, **told))  # type: ignore[arg-type]
    assert captured.get() == "   a │ red \\x1b]0;title\\x07 \\u202eright\n"


def test_hints_follow_a_run_that_asks_for_them(codeact: Codeact) -> None:
    codeact.plan(
        "import time\n\ndef slow() -> float:\n    time.sleep(0.4)\n    return time.time()\n"
    )
    for _ in range(3):
        ended = codeact.run("--hints")
    (hint,) = ended.events("Hint")
    assert (hint["code"], hint["node"], hint["severity"]) == ("never-reused", "slow", "hint")
    assert hint["evidence"]["calls"] == 3
    assert "(never-reused)" in codeact("run", "it.plan.py", "--hints").out


def test_a_misspelt_name_points_to_the_repair(codeact: Codeact) -> None:
    codeact.plan("PRICE = 3\n\ndef cost() -> int:\n    return PRISE\n")
    assert "  codeact fix it.plan.py tries repairs of this\n" in codeact("run", "it.plan.py").out

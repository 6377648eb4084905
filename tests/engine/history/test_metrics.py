"""What a run took: its critical path, how busy its workers were, what reuse has spared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.history.meter import Meter, measure
from codeact_lsp.engine.history.metrics import Metrics
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Blob, Result, Usage
from codeact_lsp.engine.wire import wire
from codeact_lsp.plan import Plan
from tests.engine.running import run_plan

pytestmark = pytest.mark.asyncio(loop_scope="module")

DIAMOND = Plan.from_text("""
def a() -> int: return 1
def b(a: int) -> int: return a
def c(a: int) -> int: return a
def d(b: int, c: int) -> int: return b + c
""")


class Told:
    """The events of a run that began at 100 s, as a test tells them."""

    def __init__(self, plan: Plan, workers: int = 2) -> None:
        self.meter = Meter(plan)
        nodes = tuple(plan.nodes)
        self._note(events.RunStarted, 0.0, nodes=nodes, targets=nodes, workers=workers)

    def ran(self, node: str, start: float, end: float, **usage: float) -> None:
        self.started(node, start)
        result = Result(Blob("aa", 7), usage=Usage(wall=end - start, cpu=usage.get("cpu", 0.0)))
        self._note(events.NodeSucceeded, end, node=node, result=result)

    def started(self, node: str, at: float, attempt: int = 1) -> None:
        self._note(events.NodeStarted, at, node=node, attempt=attempt, why="")

    def cached(self, node: str, seconds: float) -> None:
        result = Result(Blob("aa", 7), usage=Usage(wall=seconds))
        self._note(events.NodeCached, 0.0, node=node, result=result, why="")

    def cancelled(self, node: str, at: float) -> None:
        self._note(events.NodeCancelled, at, node=node)

    def ended(self, at: float) -> Metrics:
        return self.meter.metrics(100.0 + at)

    def _note(self, kind: type[events.Event], at: float, **fields: object) -> None:
        self.meter.note(kind(run="r", sequence=0, time=100.0 + at, **fields))


async def test_the_critical_path_is_the_chain_that_no_worker_could_have_shortened() -> None:
    told = Told(DIAMOND)
    told.ran("a", 0, 1)
    told.ran("b", 1, 2)
    told.ran("c", 1, 4)
    told.ran("d", 4, 5)
    measured = told.ended(5)
    assert (measured.critical_path, measured.critical_seconds) == (("a", "c", "d"), 5.0)


async def test_efficiency_is_the_part_of_the_workers_time_in_which_nodes_ran() -> None:
    told = Told(DIAMOND)
    told.ran("a", 0, 1)
    told.ran("b", 1, 2)
    told.ran("c", 1, 4)
    told.ran("d", 4, 5)
    measured = told.ended(5)
    assert (measured.work, measured.efficiency) == (6.0, 0.6)


async def test_a_run_that_was_given_more_workers_on_the_way_is_measured_against_them() -> None:
    told = Told(DIAMOND, workers=1)
    told.cached("a", 1)
    told.started("b", 0)
    told.ran("c", 0, 2)
    told.cancelled("b", 2)
    measured = told.ended(2)
    assert (measured.workers, measured.efficiency) == (2, 1.0)


async def test_reuse_saves_what_the_nodes_took_when_they_ran() -> None:
    told = Told(DIAMOND)
    for node, seconds in {"a": 1.0, "b": 2.0, "c": 3.0}.items():
        told.cached(node, seconds)
    told.ran("d", 0, 1)
    measured = told.ended(1)
    assert (measured.saved, measured.critical_path) == (6.0, ("d",))


async def test_a_node_is_queued_from_the_end_of_what_it_needs_until_it_starts() -> None:
    told = Told(DIAMOND, workers=1)
    told.ran("a", 0, 1)
    told.ran("b", 1, 2)
    told.ran("c", 2, 3)
    told.ran("d", 3, 4)
    measured = told.ended(4)
    assert {node.node: node.queued for node in measured.nodes} == {"a": 0, "b": 0, "c": 1, "d": 0}
    assert measured.queued == 1.0


async def test_a_wait_that_the_plan_asks_for_is_no_queue() -> None:
    plan = Plan.from_text('''
def a() -> int: return 1
def b(a: int) -> int:
    """B.

    Wait: 5 s after a
    """
    return a
''')
    told = Told(plan)
    told.ran("a", 0, 1)
    told.ran("b", 6.5, 7)
    assert told.ended(7).queued == 0.5


async def test_a_node_that_is_tried_again_takes_from_its_first_attempt_to_the_end_of_its_last() -> (
    None
):
    told = Told(DIAMOND)
    told.started("a", 0)
    told.started("a", 2, attempt=2)
    told.cancelled("a", 3)
    (node,) = told.ended(3).nodes
    assert (node.outcome, node.start, node.end, node.wall) == ("cancelled", 0.0, 3.0, 3.0)


async def test_a_run_in_which_nothing_ran_has_no_critical_path() -> None:
    told = Told(DIAMOND)
    told.cancelled("a", 0)
    assert told.ended(0) == Metrics(seconds=0.0, workers=2)
    assert told.ended(0).efficiency == 0.0


async def test_the_end_of_a_real_run_carries_its_metrics(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(engine, tmp_path, DIAMOND.source.text, workers=1)
    (finished,) = ran.of(events.RunFinished)
    metrics = finished.metrics
    assert metrics is not None
    assert [node.node for node in metrics.nodes] == ["a", "b", "c", "d"]
    assert metrics.critical_path in {("a", "b", "d"), ("a", "c", "d")}
    assert 0 < metrics.critical_seconds <= metrics.seconds
    assert 0 < metrics.work <= metrics.seconds
    sent = wire.event(finished, ran.plan.source)["metrics"]
    assert sent["criticalPath"] == list(metrics.critical_path)
    assert [set(node) for node in sent["nodes"]] == 4 * [
        {
            *("node", "outcome", "start", "end", "bytes", "queued"),
            *("wall", "cpu", "memory", "read", "written", "diskRead", "diskWritten"),
        }
    ]


async def test_recorded_events_measure_the_same(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(engine, tmp_path, DIAMOND.source.text)
    (finished,) = ran.of(events.RunFinished)
    again = measure(ran.plan, ran.events)
    assert again is not None
    assert finished.metrics is not None
    assert again.nodes == finished.metrics.nodes
    assert measure(ran.plan, _cut_off(ran.events)) is None


def _cut_off(happened: list[events.Event]) -> Iterator[events.Event]:
    return (event for event in happened if not isinstance(event, events.RunFinished))

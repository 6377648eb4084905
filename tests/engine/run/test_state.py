"""When nodes start: order, workers, resources, times and retries. Stimuli in, instructions out."""

import pytest

from codeact_lsp.engine.run.messages import (
    Finish,
    NodeState,
    Probe,
    Settled,
    Start,
    Stop,
    Task,
    Wake,
    Widened,
)
from tests.engine.machine import Machine, started

DONE, FAILED, READY, RUNNING = (
    NodeState.DONE,
    NodeState.FAILED,
    NodeState.READY,
    NodeState.RUNNING,
)


def test_a_node_is_looked_up_then_run_then_what_follows_from_it_is_looked_up() -> None:
    run = Machine(Task("orders"), Task("growth", dependencies=("orders",)))
    assert run.begin() == [Probe("orders")]
    assert run.miss("orders") == [Start("orders", 1)]
    assert run.ok("orders") == [Settled("orders", DONE), Probe("growth")]
    assert run.miss("growth") == [Start("growth", 1)]
    assert run.ok("growth") == [Settled("growth", DONE), Finish(cancelled=False)]


def test_a_stored_value_takes_no_worker() -> None:
    run = Machine(Task("orders"), Task("growth", dependencies=("orders",)), workers=1)
    run.begin()
    assert run.hit("orders") == [Settled("orders", DONE), Probe("growth")]
    assert run.hit("growth") == [Settled("growth", DONE), Finish(cancelled=False)]


def test_a_node_waits_for_all_its_dependencies() -> None:
    run = started(Task("a"), Task("b"), Task("both", dependencies=("a", "b")))
    assert run.ok("b") == [Settled("b", DONE)]
    assert run.ok("a") == [Settled("a", DONE), Probe("both")]


def test_dependencies_outside_the_run_are_not_waited_for() -> None:
    assert Machine(Task("growth", dependencies=("orders",))).begin() == [Probe("growth")]


def test_a_run_of_nothing_is_over_at_once() -> None:
    assert Machine().begin() == [Finish(cancelled=False)]


def test_independent_nodes_run_at_once_up_to_the_number_of_workers() -> None:
    run = Machine(Task("a"), Task("b"), Task("c"), workers=2)
    run.begin()
    assert run.miss("a", "b", "c") == [Start("a", 1), Start("b", 1)]
    assert run.ok("b") == [Settled("b", DONE), Start("c", 1)]


def test_the_longest_path_goes_first_and_the_order_of_the_plan_breaks_ties() -> None:
    run = Machine(Task("short"), Task("long", length=3), Task("late", length=3), workers=1)
    run.begin()
    assert run.miss("short", "late", "long") == [Start("long", 1)]
    assert run.ok("long") == [Settled("long", DONE), Start("late", 1)]
    assert run.ok("late") == [Settled("late", DONE), Start("short", 1)]


def test_more_workers_can_join_and_none_can_leave() -> None:
    run = started(Task("a"), Task("b"), Task("c"), workers=1)
    assert run.tell(Widened(0.0, workers=2)) == [Start("b", 1)]
    assert run.tell(Widened(0.0, workers=1)) == []
    assert run.ok("a") == [Settled("a", DONE), Start("c", 1)]


def test_a_resource_is_held_by_one_node_at_a_time() -> None:
    claim = (("warehouse", None),)
    run = Machine(Task("load", resources=claim), Task("query", resources=claim), Task("free"))
    run.begin()
    assert run.miss("load", "query", "free") == [Start("load", 1), Start("free", 1)]
    assert run.ok("free") == [Settled("free", DONE)]
    assert run.ok("load") == [Settled("load", DONE), Start("query", 1)]


def test_a_counted_resource_is_shared_up_to_its_capacity() -> None:
    tasks = [
        Task(name, resources=(("gpu", amount),))
        for name, amount in zip("abc", [1, 2, 1], strict=True)
    ]
    run = Machine(*tasks, workers=3, gpu=2)
    run.begin()
    assert run.miss("a", "b", "c") == [Start("a", 1), Start("c", 1)]
    assert run.ok("a") == [Settled("a", DONE)]
    assert run.ok("c") == [Settled("c", DONE), Start("b", 1)]


def test_a_counted_resource_of_unknown_capacity_has_one_unit() -> None:
    run = started(*(Task(name, resources=(("gpu", 1),)) for name in "ab"))
    assert run.states == {"a": RUNNING, "b": READY}


def test_a_claim_above_the_capacity_runs_alone() -> None:
    run = started(
        Task("small", resources=(("gpu", 1),)), Task("huge", resources=(("gpu", 9),)), gpu=2
    )
    assert run.states == {"small": RUNNING, "huge": READY}
    assert run.ok("small") == [Settled("small", DONE), Start("huge", 1)]


def test_what_waits_for_a_resource_keeps_it_from_shorter_paths() -> None:
    one, all_of_it = (("gpu", 1),), (("gpu", None),)
    run = Machine(
        Task("first", resources=one, length=9),
        Task("whole", resources=all_of_it, length=5),
        Task("short", resources=one),
        Task("free"),
        workers=3,
        gpu=2,
    )
    run.begin()
    assert run.miss("first", "whole", "short", "free") == [Start("first", 1), Start("free", 1)]
    assert run.ok("first") == [Settled("first", DONE), Start("whole", 1)]
    assert run.ok("whole") == [Settled("whole", DONE), Start("short", 1)]


def test_an_exclusive_claim_and_a_counted_one_exclude_each_other() -> None:
    whole, part = Task("whole", resources=(("gpu", None),)), Task("part", resources=(("gpu", 1),))
    assert started(whole, part, gpu=4).states == {"whole": RUNNING, "part": READY}
    assert started(part, whole, gpu=4).states == {"part": RUNNING, "whole": READY}


def test_a_node_needs_all_its_resources_at_once() -> None:
    a, b, both = (("a", None),), (("b", None),), (("a", None), ("b", None))
    run = started(Task("x", resources=a), Task("y", resources=both), Task("z", resources=b))
    assert run.states == {"x": RUNNING, "y": READY, "z": RUNNING}
    run.ok("z")
    assert run.ok("x") == [Settled("x", DONE), Start("y", 1)]


def test_a_node_can_wait_after_the_end_of_another() -> None:
    wait = Task("fetch", dependencies=("order",), delays=(("order", 5.0),))
    run = started(Task("order"), wait)
    run.ok("order", at=10.0)
    assert run.miss("fetch", at=10.1) == [Wake("fetch", 15.0)]
    assert run.states["fetch"] is READY
    assert run.wake("fetch", at=15.0) == [Start("fetch", 1)]


def test_a_wait_that_has_passed_is_none() -> None:
    wait = Task("fetch", dependencies=("order",), delays=(("order", 5.0),))
    run = started(Task("order"), wait)
    run.ok("order", at=10.0)
    assert run.miss("fetch", at=15.0) == [Start("fetch", 1)]


def test_nothing_waits_after_a_stored_value() -> None:
    wait = Task("fetch", dependencies=("order",), delays=(("order", 5.0),))
    run = Machine(Task("order"), wait)
    run.begin()
    run.hit("order", at=9.0)
    assert run.miss("fetch", at=10.0) == [Start("fetch", 1)]


def test_a_node_can_wait_for_a_time_and_the_latest_of_all_counts() -> None:
    wait = Task("a", earliest=100.0)
    assert Machine(wait).miss("a", at=99.0) == [Wake("a", 100.0)]
    assert Machine(wait).miss("a", at=100.0) == [Start("a", 1)]
    both = Task("b", dependencies=("a",), delays=(("a", 5.0),), earliest=100.0)
    run = started(Task("a"), both)
    run.ok("a", at=98.0)
    assert run.miss("b", at=98.0) == [Wake("b", 103.0)]


def test_a_node_that_waits_for_a_time_takes_no_worker() -> None:
    run = Machine(Task("later", earliest=100.0), Task("now"), workers=1)
    run.begin()
    assert run.miss("later", "now") == [Wake("later", 100.0), Start("now", 1)]
    assert run.wake("later", at=100.0) == []
    assert run.ok("now") == [Settled("now", DONE), Start("later", 1)]


def test_a_failure_is_tried_again_after_a_time_that_doubles() -> None:
    run = started(Task("fetch", retries=2))
    assert run.fail("fetch", at=10.0) == [Wake("fetch", 10.1)]
    assert run.wake("fetch", at=10.1) == [Start("fetch", 2)]
    assert run.fail("fetch", at=20.0) == [Wake("fetch", 20.2)]
    assert run.wake("fetch", at=20.2) == [Start("fetch", 3)]
    assert run.fail("fetch", at=30.0) == [Settled("fetch", FAILED), Finish(cancelled=False)]


def test_the_time_between_attempts_is_bounded() -> None:
    run = started(Task("fetch", retries=999))
    for attempt in range(1, 999):
        (wake,) = run.fail("fetch")
        assert isinstance(wake, Wake)
        assert wake.at <= 60.0
        assert run.wake("fetch", wake.at) == [Start("fetch", attempt + 1)]


def test_a_retry_can_succeed_and_leaves_its_worker_to_others_meanwhile() -> None:
    run = started(Task("fetch", retries=1), Task("other"), workers=1)
    assert run.fail("fetch", at=0.0) == [Wake("fetch", 0.1), Start("other", 1)]
    assert run.wake("fetch", at=0.1) == []
    assert run.ok("other") == [Settled("other", DONE), Start("fetch", 2)]
    assert run.ok("fetch") == [Settled("fetch", DONE), Finish(cancelled=False)]


def test_a_node_that_takes_too_long_is_stopped_and_has_then_failed() -> None:
    run = started(Task("slow"))
    assert run.expire("slow") == [Stop("slow")]
    assert run.states["slow"] is NodeState.STOPPING
    assert run.expire("slow") == []
    assert run.fail("slow") == [Settled("slow", FAILED), Finish(cancelled=False)]


def test_a_node_that_is_being_stopped_still_holds_its_worker_and_its_resources() -> None:
    claim = (("warehouse", None),)
    run = started(Task("slow", resources=claim), Task("next", resources=claim), workers=2)
    assert run.expire("slow") == [Stop("slow")]
    assert run.states["next"] is READY
    assert run.fail("slow") == [Settled("slow", FAILED), Start("next", 1)]


def test_a_node_that_took_too_long_is_tried_again() -> None:
    run = started(Task("slow", retries=1))
    run.expire("slow")
    assert run.fail("slow", at=5.0) == [Wake("slow", 5.1)]


def test_a_value_that_came_just_before_the_stop_counts() -> None:
    run = started(Task("slow"), Task("next", dependencies=("slow",)))
    assert run.expire("slow") == [Stop("slow")]
    assert run.ok("slow") == [Settled("slow", DONE), Probe("next")]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_a_late_expiry_of_an_earlier_attempt_changes_nothing(workers: int) -> None:
    run = started(Task("fetch", retries=1), workers=workers)
    run.fail("fetch", at=0.0)
    assert run.expire("fetch") == []
    assert run.wake("fetch", at=0.1) == [Start("fetch", 2)]

"""How a run ends: what failures block, what a cancel does in each state, what cannot happen."""

from itertools import pairwise

import pytest

from codeact_lsp.engine.run.messages import (
    Ended,
    Expired,
    Finish,
    NodeState,
    Probe,
    Probed,
    Settled,
    Start,
    Stimulus,
    Stop,
    Task,
    Woken,
)
from codeact_lsp.engine.run.state import InvalidTransitionError
from tests.engine.machine import Machine, started

WAITING, READY, RUNNING = NodeState.WAITING, NodeState.READY, NodeState.RUNNING
STOPPING, SKIPPED = NodeState.STOPPING, NodeState.SKIPPED
DONE, FAILED = NodeState.DONE, NodeState.FAILED


def test_a_failure_blocks_all_that_follows_and_names_itself_through_every_level() -> None:
    run = started(
        Task("orders"),
        Task("monthly", dependencies=("orders",)),
        Task("growth", dependencies=("monthly",)),
        Task("answer", dependencies=("growth",)),
    )
    run.ok("orders")
    run.miss("monthly")
    assert run.fail("monthly") == [
        Settled("monthly", FAILED),
        Settled("growth", SKIPPED, by=("monthly",)),
        Settled("answer", SKIPPED, by=("monthly",)),
        Finish(cancelled=False),
    ]


def test_what_several_failures_block_is_told_when_all_are_known_and_names_them_all() -> None:
    run = started(
        Task("a"),
        Task("b"),
        Task("left", dependencies=("a",)),
        Task("both", dependencies=("left", "b")),
        Task("right", dependencies=("b",)),
    )
    assert run.fail("a") == [Settled("a", FAILED), Settled("left", SKIPPED, by=("a",))]
    assert run.states["both"] is WAITING
    assert run.fail("b") == [
        Settled("b", FAILED),
        Settled("both", SKIPPED, by=("a", "b")),
        Settled("right", SKIPPED, by=("b",)),
        Finish(cancelled=False),
    ]


def test_a_blocked_node_is_told_of_after_the_last_node_that_it_waited_for() -> None:
    run = started(Task("a"), Task("b"), Task("both", dependencies=("a", "b")))
    assert run.fail("a") == [Settled("a", FAILED)]
    assert run.ok("b") == [
        Settled("b", DONE),
        Settled("both", SKIPPED, by=("a",)),
        Finish(cancelled=False),
    ]


def test_a_node_that_waits_to_know_all_that_blocks_it_can_be_cancelled() -> None:
    run = started(Task("a"), Task("b"), Task("both", dependencies=("a", "b")))
    run.fail("a")
    assert run.cancel() == [Stop("b"), Settled("both", SKIPPED)]
    assert run.fail("b") == [Settled("b", SKIPPED), Finish(cancelled=True)]


def test_every_independent_branch_runs_to_its_end_and_all_failures_are_told() -> None:
    run = started(Task("a"), Task("b"), Task("c"), Task("after", dependencies=("b",)))
    assert run.fail("a") == [Settled("a", FAILED), Start("c", 1)]
    assert run.ok("b") == [Settled("b", DONE), Probe("after")]
    assert run.fail("c") == [Settled("c", FAILED)]
    assert run.miss("after") == [Start("after", 1)]
    assert run.fail("after") == [Settled("after", FAILED), Finish(cancelled=False)]


def test_a_cancel_skips_what_has_not_started_and_stops_what_runs() -> None:
    run = Machine(
        Task("asked"),
        Task("again", retries=1),
        Task("slow"),
        Task("runs"),
        Task("queued"),
        Task("timed", earliest=100.0),
        Task("behind", dependencies=("runs",)),
    )
    run.begin()
    run.miss("again")
    run.fail("again")
    run.miss("slow", "runs", "queued", "timed")
    run.expire("slow")
    assert run.states == {
        "asked": WAITING,
        "again": READY,
        "slow": STOPPING,
        "runs": RUNNING,
        "queued": READY,
        "timed": READY,
        "behind": WAITING,
    }
    assert run.cancel() == [
        Settled("asked", SKIPPED),
        Settled("again", SKIPPED),
        Stop("runs"),
        Settled("queued", SKIPPED),
        Settled("timed", SKIPPED),
        Settled("behind", SKIPPED),
    ]
    assert run.fail("runs") == [Settled("runs", SKIPPED)]
    assert run.fail("slow") == [Settled("slow", SKIPPED), Finish(cancelled=True)]


def test_no_attempt_follows_a_cancel() -> None:
    run = started(Task("fetch", retries=5))
    run.cancel()
    assert run.fail("fetch") == [Settled("fetch", SKIPPED), Finish(cancelled=True)]


def test_a_cancelled_node_that_returned_meanwhile_has_its_value_and_starts_nothing() -> None:
    run = started(Task("a"), Task("next", dependencies=("a",)))
    assert run.cancel() == [Stop("a"), Settled("next", SKIPPED)]
    assert run.ok("a") == [Settled("a", DONE), Finish(cancelled=True)]


def test_a_cancel_names_nobody_as_the_cause_and_a_second_one_does_nothing() -> None:
    run = started(Task("a"), Task("b", dependencies=("a",)), Task("c", dependencies=("b",)))
    assert run.cancel() == [Stop("a"), Settled("b", SKIPPED), Settled("c", SKIPPED)]
    assert run.cancel() == []
    assert run.fail("a") == [Settled("a", SKIPPED), Finish(cancelled=True)]
    assert run.state.cancelled


def test_when_a_run_is_overdue_what_runs_is_stopped_and_what_is_ready_has_failed() -> None:
    run = started(
        Task("a"),
        Task("b"),
        Task("waiting", dependencies=("a",)),
        Task("after", dependencies=("b",)),
        workers=1,
    )
    assert run.overdue() == [
        Stop("a"),
        Settled("b", FAILED),
        Settled("after", SKIPPED, by=("b",)),
    ]
    assert run.fail("a") == [
        Settled("a", FAILED),
        Settled("waiting", SKIPPED, by=("a",)),
        Finish(cancelled=False),
    ]


def test_no_attempt_follows_when_a_run_is_overdue() -> None:
    run = started(Task("a", retries=3))
    assert run.overdue() == [Stop("a")]
    assert run.fail("a") == [Settled("a", FAILED), Finish(cancelled=False)]


def test_what_an_overdue_run_still_finds_in_the_store_is_done_and_the_rest_has_failed() -> None:
    run = started(Task("a"), Task("kept", dependencies=("a",)), Task("new", dependencies=("a",)))
    run.overdue()
    assert run.ok("a") == [Settled("a", DONE), Probe("kept"), Probe("new")]
    assert run.hit("kept") == [Settled("kept", DONE)]
    assert run.miss("new") == [Settled("new", FAILED), Finish(cancelled=False)]


def test_a_run_that_is_overdue_can_still_be_cancelled() -> None:
    run = started(Task("a"))
    run.overdue()
    run.cancel()
    assert run.fail("a") == [Settled("a", SKIPPED), Finish(cancelled=True)]


def test_a_run_can_be_cancelled_before_it_begins() -> None:
    run = Machine(Task("a"), Task("b", dependencies=("a",)))
    assert run.cancel() == [
        Settled("a", SKIPPED),
        Settled("b", SKIPPED),
        Finish(cancelled=True),
    ]


@pytest.mark.parametrize(
    "late", [Probed(1.0, {"node": True}), Expired(1.0, "node"), Woken(1.0, "node")]
)
@pytest.mark.parametrize("end", ["done", "failed", "skipped"])
def test_what_comes_after_a_node_has_ended_changes_nothing(end: str, late: Stimulus) -> None:
    run = started(Task("node"), Task("other"))
    {"done": run.ok, "failed": run.fail, "skipped": lambda _: run.cancel()}[end]("node")
    if end == "skipped":
        run.fail("node")
    before = run.states["node"]
    assert run.tell(late) == []
    assert run.states["node"] is before


def test_finish_is_told_once() -> None:
    run = started(Task("a"))
    assert Finish(cancelled=False) in run.ok("a")
    assert run.cancel() == []
    assert run.expire("a") == []


@pytest.mark.parametrize(
    "impossible", [Ended(2.0, "a", ok=True), Probed(2.0, {"b": False}), Woken(2.0, "a")]
)
def test_what_cannot_happen_raises_with_the_story_of_the_node(impossible: Stimulus) -> None:
    run = Machine(Task("a"), Task("b"))
    run.begin()
    run.miss("b", at=1.0)
    with pytest.raises(InvalidTransitionError) as raised:
        run.tell(impossible)
    story = {
        "a": f"a: 2.000 waiting {type(impossible).__name__}",
        "b": "b: 1.000 waiting Probed; 2.000 running Probed",
    }
    assert str(raised.value) == story["b" if isinstance(impossible, Probed) else "a"]


def test_a_node_that_the_run_does_not_have_is_a_defect() -> None:
    with pytest.raises(KeyError):
        Machine(Task("a")).ok("nobody")


def test_validation_notices_a_state_that_cannot_be() -> None:
    run = started(Task("a"), Task("b", dependencies=("a",)))
    run.state._nodes["b"].state = NodeState.DONE
    with pytest.raises(AssertionError, match="b"):
        run.state.validate()


def test_a_failure_at_the_head_of_a_long_chain_blocks_all_of_it() -> None:
    names = [f"n{number}" for number in range(3_000)]
    chain = [Task(name, dependencies=(before,)) for before, name in pairwise(names)]
    run = started(Task(names[0]), *chain)
    settled = run.fail(names[0])
    assert settled[:2] == [
        Settled("n0", NodeState.FAILED),
        Settled("n1", NodeState.SKIPPED, by=("n0",)),
    ]
    assert len(settled) == len(names) + 1

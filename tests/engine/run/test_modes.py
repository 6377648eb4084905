"""How many nodes are at work at once: chosen for speed and memory, without effect on results."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from codeact_lsp.engine.choosing import make_job
from codeact_lsp.engine.history.estimates import Estimates
from codeact_lsp.engine.history.history import Record
from codeact_lsp.engine.job import Mode
from codeact_lsp.engine.run.messages import Task
from codeact_lsp.engine.run.modes import (
    MODES,
    Choice,
    Circumstances,
    available_memory,
    choose,
    choose_for,
)
from codeact_lsp.engine.run.schedule import makespan
from codeact_lsp.plan import Plan
from tests.engine.fates import SKIPPED, Fate, ends, naive, random_plan
from tests.engine.simulated import GRACE, Simulation

# How many random plans each property is tried on.
GRAPHS = int(os.environ.get("CODEACT_FUZZ_GRAPHS", "300"))
GIGABYTE = 10**9
CHAIN = [Task("a"), Task("b", dependencies=("a",)), Task("c", dependencies=("b",))]
FAN = [Task(name) for name in "abcdefgh"]


def estimates(seconds: Mapping[str, float], memory: int = 0) -> Estimates:
    """What nodes took before."""
    records = {name: Record(name, "", wall=wall, memory=memory) for name, wall in seconds.items()}
    return Estimates(records)


def chosen(
    tasks: list[Task],
    known: Estimates,
    mode: Mode = "adaptive",
    limit: int = 8,
    memory: int | None = None,
) -> Choice:
    """What is chosen for a run of all of `tasks`."""
    return choose(mode, Circumstances(tasks, limit, {}, known, memory))


def workers_and_why(choice: Choice) -> tuple[int, str]:
    return choice.workers, choice.why


def test_what_was_asked_for_is_done() -> None:
    nothing = Estimates()
    assert workers_and_why(chosen(FAN, nothing, "sequential")) == (
        1,
        "one node at a time, as asked",
    )
    parallel = chosen(CHAIN, nothing, "parallel")
    assert workers_and_why(parallel) == (8, "as many nodes at once as allowed")


def test_nodes_that_wait_for_one_another_get_one_worker() -> None:
    assert workers_and_why(chosen(CHAIN, Estimates())) == (1, "no more can run at once")
    known = estimates({"a": 1.0, "b": 1.0, "c": 1.0})
    assert workers_and_why(chosen(CHAIN, known)) == (1, "more would not make it faster")


def test_independent_nodes_get_as_many_workers_as_can_help() -> None:
    assert workers_and_why(chosen(FAN, Estimates())) == (8, "nothing has run here yet")
    known = estimates(dict.fromkeys("abcdefgh", 2.0))
    assert workers_and_why(chosen(FAN, known)) == (8, "about 2.0 s instead of 16.0 s one at a time")
    assert chosen(FAN, known, limit=3).workers == 3


def test_beside_one_long_node_few_workers_do_all_the_rest() -> None:
    known = estimates({"a": 10.0, **dict.fromkeys("bcdefgh", 1.0)})
    choice = chosen(FAN, known)
    assert workers_and_why(choice) == (2, "more would not make it faster")
    assert choice.seconds == 10.0
    assert choice.most == 8


def test_a_short_node_beside_a_long_chain_needs_no_worker_unless_its_time_is_only_guessed() -> None:
    tasks = [*CHAIN, Task("side")]
    assert chosen(tasks, estimates({"a": 1.0, "b": 1.0, "c": 1.0, "side": 0.003})).workers == 1
    assert chosen(tasks, Estimates()).workers == 2


def test_no_more_nodes_run_at_once_than_fit_into_memory() -> None:
    known = estimates(dict.fromkeys("abcdefgh", 2.0), memory=3 * GIGABYTE)
    choice = chosen(FAN, known, memory=10 * GIGABYTE)
    assert workers_and_why(choice) == (
        2,
        "more need 9 GB of memory, of which 10 GB are free",
    )
    assert choice.most == 2
    assert chosen(FAN, known, memory=None).workers == 8
    assert chosen(FAN, known, memory=1).workers == 1


def test_one_node_and_one_worker_say_so() -> None:
    assert chosen([Task("a")], Estimates()).why == "one node has to run"
    assert chosen(FAN, Estimates(), limit=1).why == "no more are allowed"
    assert chosen([], Estimates()) == Choice("adaptive", 8, "nothing has to run", 0.0, 8)


def test_the_free_memory_is_known_or_not() -> None:
    free = available_memory()
    assert free is None or free > 0


def test_what_is_reused_is_left_out_and_paths_are_told_in_seconds() -> None:
    plan = Plan.from_text("def a(): ...\ndef b(a): ...\ndef c(): ...\n")
    job = make_job(plan, Path("/x.plan.py"), ("a", "b", "c"), workers=2)
    choice, tasks = choose_for(job, estimates({"a": 5.0, "b": 0.5}), {"a"})
    # Of `c` nothing is known: it is taken to be like the others.
    assert {task.name: task.length for task in tasks} == {"b": 0.5, "c": 2.75}
    assert choice.seconds == 2.75


@pytest.mark.parametrize(
    ("tasks", "workers", "seconds"),
    [
        (CHAIN, 2, 6.0),
        (FAN, 1, 16.0),
        (FAN, 3, 6.0),
        ([Task(name, resources=(("disk", None),)) for name in "abc"], 3, 6.0),
        ([Task("a"), Task("b", dependencies=("a",), delays=(("a", 5.0),))], 1, 9.0),
    ],
)
def test_a_run_is_expected_to_take(tasks: list[Task], workers: int, seconds: float) -> None:
    assert makespan(tasks, dict.fromkeys("abcdefgh", 2.0), workers) == seconds


def simulated(fates: list[Fate], mode: Mode, *, knows: bool = True) -> Simulation:
    """A run in which all comes as it must."""
    tasks = [fate.task for fate in fates]
    known = estimates({fate.task.name: fate.seconds for fate in fates if knows})
    choice = chosen(tasks, known, mode, limit=4)
    simulation = Simulation(fates, tasks, choice.workers)
    simulation.run(widen=(1.5, choice.most))
    return simulation


@settings(max_examples=GRAPHS)
@given(st.randoms(use_true_random=True), st.booleans())
def test_all_modes_come_to_the_results_of_a_naive_evaluation(random: Random, knows: bool) -> None:
    fates = random_plan(random, most=12)
    expected = naive(fates)
    for mode in MODES:
        assert ends(simulated(fates, mode, knows=knows).settled) == expected


@settings(max_examples=GRAPHS)
@given(st.randoms(use_true_random=True), st.sampled_from([1, 2, 4]), st.floats(0.0, 30.0))
def test_a_cancel_at_any_time_ends_every_node_once_and_soon(
    random: Random, workers: int, cancel_at: float
) -> None:
    fates = random_plan(random, most=12)
    simulation = Simulation(fates, [fate.task for fate in fates], workers)
    simulation.run(cancel_at)
    expected = naive(fates)
    for name, end in ends(simulation.settled).items():
        assert end in {expected[name], (SKIPPED, frozenset())}
    if cut_off := (SKIPPED, frozenset()) in ends(simulation.settled).values():
        assert simulation.ended_at <= cancel_at + GRACE
    event("cancelled" if cut_off else "over before the cancel")


@settings(max_examples=GRAPHS)
@given(st.randoms(use_true_random=True), st.sampled_from([1, 2, 4]))
def test_where_nothing_fails_a_run_takes_as_long_as_was_expected(
    random: Random, workers: int
) -> None:
    fates = random_plan(random, most=12)
    # No two paths of one length, and no two things at one moment: the order is decided.
    lengths = random.sample(range(12), len(fates))
    tasks = [
        replace(fate.task, length=length, resources=(), earliest=0.0, retries=0,
                delays=tuple((name, random.random()) for name, _ in fate.task.delays))
        for fate, length in zip(fates, lengths, strict=True)
    ]  # fmt: skip
    good = [Fate(task, False, ("ok",), random.uniform(0.1, 9.0)) for task in tasks]
    simulation = Simulation(good, tasks, workers)
    simulation.run()
    seconds = {fate.task.name: fate.seconds for fate in good}
    assert makespan(tasks, seconds, workers) == pytest.approx(simulation.ended_at)

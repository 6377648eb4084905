"""A failure that a limit explains names the limit, and where it is set."""

import signal

import pytest

from codeact_lsp.engine.outcomes.outcome import Outcome, RawError
from codeact_lsp.engine.outcomes.overrun import with_limit
from codeact_lsp.engine.values import Preview, Usage
from codeact_lsp.sandbox.levels import Limits

GB = 10**9
CRASH = RawError("SIGKILL", "The process was ended by SIGKILL.", "crash")
OWN = RawError("ValueError", "no answer", "user", notes=["a note"])
WHERE = "in [sandbox.limits] of your configuration, or of the workspace's pyproject.toml."


def ended(error: RawError, status: int, killed: int, limits: Limits, **used: float) -> RawError:
    outcome = Outcome(error=error, usage=Usage(1.0, used.get("cpu", 0.5), int(used.get("held", 0))))
    told = with_limit(outcome, status, killed, limits)
    assert told.usage == outcome.usage
    assert told.error
    return told.error


def test_who_held_more_than_its_own_limit_is_told_of_that() -> None:
    error = ended(CRASH, -signal.SIGKILL, 1, Limits(memory=GB, together=8 * GB), held=2 * GB)
    assert error == RawError(
        "MemoryLimit",
        "the node and what it started held more than 1 GB of memory at once.",
        "memory",
        notes=[f"The limit is 'Memory:' in the docstring of the node, or else 'memory' {WHERE}"],
    )


@pytest.mark.parametrize(
    ("together", "most"), [(8 * GB, "8 GB"), (None, "three quarters of the machine's memory")]
)
def test_who_held_less_was_in_the_way_of_others(together: int | None, most: str) -> None:
    limits = Limits(memory=4 * GB, together=together)
    error = ended(CRASH, -signal.SIGKILL, 1, limits, held=2 * GB)
    assert error.message == f"all nodes at work held more than {most} in sum."
    assert error.notes == [f"The limit is 'together' {WHERE}"]


@pytest.mark.parametrize(
    ("killed", "who"),
    [(1, "One process that it started was"), (3, "3 processes were")],
)
def test_a_failure_of_the_nodes_own_stays_and_says_what_was_ended_meanwhile(
    killed: int, who: str
) -> None:
    error = ended(OWN, 0, killed, Limits(memory=GB), held=2 * GB)
    assert (error.type, error.message, error.category) == ("ValueError", "no answer", "user")
    first, second = error.notes
    assert first == "a note"
    assert second.startswith(f"{who} ended meanwhile: the node and what it started held more than")


@pytest.mark.parametrize("status", [-signal.SIGKILL, -signal.SIGXCPU])
def test_who_used_up_its_processor_time_is_told_so(status: int) -> None:
    error = ended(CRASH, status, 0, Limits(cpu=2.5), cpu=2.6)
    assert error == RawError(
        "Timeout",
        "used up 2.5 s of processor time, its limit",
        "timeout",
        notes=[f"The limit is 'cpu' {WHERE}"],
    )


def test_a_crash_that_no_limit_explains_stays_one() -> None:
    assert ended(CRASH, -signal.SIGKILL, 0, Limits(cpu=2.5), cpu=1.8) == CRASH
    assert ended(CRASH, -signal.SIGSEGV, 0, Limits(cpu=2.5), cpu=3.0) == CRASH


def test_who_has_a_value_all_the_same_has_it() -> None:
    outcome = Outcome(preview=Preview())
    assert with_limit(outcome, 0, 2, Limits()) is outcome

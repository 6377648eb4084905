"""Try a candidate: run the repaired node and what was waiting for it, on the same inputs."""

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import aclosing, nullcontext
from dataclasses import dataclass, replace

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.run.runner import Run
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Blob, Result
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.ground import Ground
from codeact_lsp.repair.trial_jobs import TRIAL_SECONDS, trial_of
from codeact_lsp.repair.unanswered import is_unanswered

_UNKEPT = "unserialisable"
# What is only made as it is read may fail just as before, when somebody reads it.
_NOT_RUN_YET = r"'(?:\w*generator|coroutine|map|filter|zip|[\w.]*iterator)' object"
_MOST_SAID = 80


@dataclass(frozen=True, slots=True)
class Failure:
    """A node that failed in a run of `job`.

    Attributes:
        job: What was to be run.
        error: How it failed.
        results: What the run had of other nodes.
        beside: How other nodes failed in it.
    """

    job: Job
    error: CodeError
    results: Mapping[str, Result]
    beside: tuple[CodeError, ...] = ()


def failures(run: Run) -> list[Failure]:
    """What failed in a run that has ended."""
    errors = run.errors.values()
    return [
        Failure(run.job, error, run.results, tuple(each for each in errors if each is not error))
        for error in errors
    ]


@dataclass(frozen=True, slots=True)
class Fix:
    """A candidate that was run and worked.

    Attributes:
        passed: How many of the nodes that depend on the repaired one then ran.
        downstream: How many of them could run.
        result: What the repaired node returned.
        blamed: How many of them failed on what the repaired node returned, as far as that is known.
        again: Whether one of them failed just as the repaired one did, or another node goes on to
            fail so for the same bad value.
        hides: Whether it only keeps the failure from showing.
        preferred: Whether it is the one to apply without asking.
        record: Of a lesson, how often people who were offered it took it, and how many those were.
        unanswered: Whether the function that failed has then come to its end without a value.
        is_dated: Whether nodes that depend on the repaired one are others now than when it was run.
        is_spoilt: Whether it was run on files that a trial before it had changed.
        left: Why what the node returns then cannot be kept, if it ran to its end and that is so.
    """

    node: str
    rule: str
    label: str
    edit: TextEdit
    likely: float
    passed: int
    downstream: int
    result: Result
    blamed: int = 0
    again: bool = False
    hides: bool = False
    preferred: bool = False
    record: tuple[int, int] = (0, 0)
    left: str = ""
    unanswered: bool = False
    is_dated: bool = False
    is_spoilt: bool = False

    @property
    def title(self) -> str:
        """What the fix does and what was seen when it was run."""
        seen = "stops the crash; check the value" if self.hides else "runs"
        if self.is_spoilt:
            seen = f"{seen}, on files that an earlier try has changed"
        if self.left:
            return f"{self.label}: runs to its end, but its result cannot be kept: {self.left}"
        wall = f"{self.result.usage.wall * 1000:,.0f} ms"
        if self.downstream == 0:
            return f"{self.label}: {seen}, {wall}"
        if self.is_dated:
            return f"{self.label}: {seen}, downstream has changed since, {wall}"
        return f"{self.label}: {seen}, {self.passed} of {self.downstream} downstream pass, {wall}"


async def verify(
    engine: Engine,
    failure: Failure,
    candidate: Candidate,
    heard: Callable[[CodeError], None] | None = None,
    ground: Ground | None = None,
) -> Fix | None:
    """Run a candidate; None if the node still fails.

    Only nodes that the user's own run wanted are run, so that a trial does nothing that the user
    did not ask for. Nodes that another failure holds back say nothing about the candidate.

    Args:
        engine: What runs it.
        failure: What it is to mend.
        candidate: The change.
        heard: Told how the node fails then.
        ground: Where it writes; None is one of its own.
    """
    job = trial_of(failure, candidate)
    if job is None:
        return None
    node = failure.error.node
    where = nullcontext(ground) if ground else Ground()
    try:
        async with where as own, own.under(job) as apart:
            is_spoilt, run = own.is_spoilt, engine.run(apart)
            error = await _failed(run, node)
    except TimeoutError:
        return None
    if error:
        if heard:
            heard(error)
        return _unkept(failure, candidate, error)
    if node not in run.results:
        return None
    return replace(_fix(failure, candidate, run), is_spoilt=is_spoilt)


async def _failed(run: Run, node: str) -> CodeError | None:
    """How a node fails in a run; if it does, the rest of the run says nothing more, and is left.

    Raises:
        TimeoutError: The run has not come to its end.
    """
    async with asyncio.timeout(TRIAL_SECONDS), aclosing(aiter(run)) as happening:
        async for event in happening:
            if isinstance(event, events.NodeFailed) and event.node == node:
                return event.error
    return None


def _fix(failure: Failure, candidate: Candidate, run: Run) -> Fix:
    """A candidate with which the node ran, and what became of those that depend on it."""
    job, node = run.job, failure.error.node
    after = job.plan.graph.downstream([node]) - {node}
    errors = [run.errors[name] for name in after & run.errors.keys()]
    passed, failed = len(after & run.results.keys()), len(errors)
    return Fix(
        node=node,
        rule=candidate.rule,
        label=candidate.title,
        edit=candidate.edit,
        likely=candidate.likely,
        passed=passed,
        downstream=passed + failed,
        result=run.results[node],
        blamed=sum(_blames(error, node) for error in errors),
        again=any(_is_alike(error, failure.error) for error in (*errors, *_left(failure, job))),
        hides=candidate.hides,
        record=candidate.record,
        unanswered=is_unanswered(failure.job.plan, failure.error, run.results[node]),
    )


def _left(failure: Failure, trial: Job) -> list[CodeError]:
    """The other failures of the run that have the same origin, and that the trial does not reach.

    What mends one of those who are given a bad value leaves the others with it.
    """
    before, plan = failure.job.plan, trial.plan
    origins = {origin.node for origin in failure.error.origins} - {failure.error.node}
    changed = [name for name in plan.nodes if plan.code_keys[name] != before.code_keys.get(name)]
    reached = plan.graph.downstream(changed)
    return [
        error for error in failure.beside
        if error.node not in reached and any(each.node in origins for each in error.origins)
    ]  # fmt: skip


def _unkept(failure: Failure, candidate: Candidate, error: CodeError) -> Fix | None:
    """A candidate after which the node ran to its end, where only its result cannot be kept.

    That is another failure, which it would have had without the first one.
    """
    if error.category != _UNKEPT or failure.error.category == _UNKEPT:
        return None
    if re.search(_NOT_RUN_YET, error.message):
        return None
    return Fix(
        node=error.node,
        rule=candidate.rule,
        label=candidate.title,
        edit=candidate.edit,
        likely=candidate.likely,
        passed=0,
        downstream=0,
        result=Result(Blob("", 0)),
        hides=candidate.hides,
        record=candidate.record,
        left=" ".join(error.message.split())[:_MOST_SAID],
    )


def _is_alike(error: CodeError, other: CodeError) -> bool:
    return (error.type, error.message) == (other.type, other.message)


def _blames(error: CodeError, node: str) -> bool:
    return any(origin.node == node for origin in error.origins)

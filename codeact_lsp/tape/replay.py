"""Makes the runs of a tape again from what was recorded: no model is asked and nothing is run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.engine.events import Event
from codeact_lsp.engine.job import Job
from codeact_lsp.plan import Plan
from codeact_lsp.tape.reading import Line
from codeact_lsp.tape.steps import Begun, Happened, Revised, Started


@dataclass(frozen=True, slots=True)
class Replayed:
    """A run as it was.

    Attributes:
        job: What was run; it can be looked at, and lacks what is needed to run it.
        events: All that happened.
    """

    job: Job
    events: tuple[Event, ...]


def runs(lines: Iterable[Line]) -> Iterator[Replayed]:
    """The runs of a tape, in their order; of one that broke off the part that is there."""
    file, plan = Path(), Plan.from_text("")
    started: Started | None = None
    happened: list[Event] = []
    for line in lines:
        match line.step:
            case Begun(file=path):
                file = Path(path)
            case Happened(event=event):
                happened.append(event)
            case Started() | Revised() as step:
                if started:
                    yield _again(job_of(plan, file, started), happened)
                started, happened = None, []
                if isinstance(step, Started):
                    started = step
                else:
                    plan = Plan.from_text(step.text)
            case _:
                pass
    if started:
        yield _again(job_of(plan, file, started), happened)


def _again(job: Job, happened: Iterable[Event]) -> Replayed:
    """A run without what a tape of others tells of nodes that its plan does not have."""
    known = {None, *job.plan.nodes}
    return Replayed(job, tuple(e for e in happened if getattr(e, "node", None) in known))


def job_of(plan: Plan, file: Path, started: Started) -> Job:
    """The job of a run that is only looked at."""
    # A tape of others may tell of a run for what its plan does not have.
    targets = tuple(name for name in started.targets if name in plan.nodes)
    needed = plan.graph.upstream(targets)
    nodes = tuple(name for name in plan.graph.order if name in needed)
    return Job(plan, file, nodes, targets)

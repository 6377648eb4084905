"""How many nodes of a run are at work at once: as asked, or as the plan and the machine suggest.

The modes differ in speed and in nothing else: whichever is chosen, the same nodes come to the same
ends.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from codeact_lsp.engine.history.estimates import Estimates
from codeact_lsp.engine.job import Job, Mode
from codeact_lsp.engine.run.chains import Chain, chains
from codeact_lsp.engine.run.messages import Task
from codeact_lsp.engine.run.schedule import makespan
from codeact_lsp.engine.sizes import said_size

MODES: tuple[Mode, ...] = ("adaptive", "parallel", "sequential")

# Workers that would make a run shorter by less than this are left to others.
_WORTHWHILE = 0.05
# The share of the memory that is free now that a run may plan with.
_MEMORY_SHARE = 0.8
_AVAILABLE = re.compile(r"^MemAvailable: +(\d+) kB$", re.MULTILINE)


_Decision = tuple[int, int, str]
"""How many workers, how many there may be at most, and why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a run is carried out.

    Attributes:
        workers: How many nodes may run at once.
        why: Why that many, in words.
        seconds: How long it is expected to take; None where nothing is known.
        most: How many there may be if that turns out to be wrong.
        chains: Nodes that are fused: each chain runs in one process.
    """

    mode: Mode
    workers: int
    why: str
    seconds: float | None = None
    most: int = 1
    chains: tuple[Chain, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a choice rests on.

    Attributes:
        tasks: The nodes that will run; what else they depend on is there already.
        limit: How many may run at once.
        capacities: Units of the counted resources.
        estimates: What the nodes took before.
        memory: The bytes that are free; None if the system does not tell.
    """

    tasks: Sequence[Task]
    limit: int
    capacities: Mapping[str, int]
    estimates: Estimates
    memory: int | None = None


def choose(mode: Mode, given: Circumstances) -> Choice:
    """How to carry out a run."""
    seconds = given.estimates.seconds(task.name for task in given.tasks)
    workers, most, why = _decided(mode, given, seconds)
    expected = None
    if not seconds or given.estimates.knows_any(seconds):
        expected = makespan(given.tasks, seconds, workers, given.capacities)
    return Choice(mode, workers, why, expected, most)


def choose_for(
    job: Job, estimates: Estimates, reused: AbstractSet[str]
) -> tuple[Choice, list[Task]]:
    """How to carry out a job, and the nodes that will run, with the paths ahead in seconds.

    Args:
        job: What to run.
        estimates: What its nodes took before.
        reused: The nodes whose results are there already, and those of all that leads to them.
    """
    tasks = job.tasks(estimates.seconds(name for name in job.nodes if name not in reused), reused)
    given = Circumstances(
        tasks=tasks,
        limit=job.workers,
        capacities=job.capacities,
        estimates=estimates,
        memory=available_memory(),
    )
    choice = choose(job.mode, given)
    if job.mode == "adaptive" and (found := chains(job, estimates, reused)):
        count = sum(map(len, found))
        why = f"{choice.why}; {count} cheap nodes in a row share {_processes(len(found))}"
        choice = replace(choice, why=why, chains=found)
    return choice, tasks


def _processes(count: int) -> str:
    return "one process" if count == 1 else f"{count} processes"


def said_time(seconds: float) -> str:
    """A time as people say it."""
    return f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def available_memory() -> int | None:
    """Bytes that can be used without swapping; None if the system does not tell."""
    try:
        text = Path("/proc/meminfo").read_text(encoding="ascii")
    except (OSError, ValueError):
        return None
    found = _AVAILABLE.search(text)
    return int(found[1]) * 1024 if found else None


def _decided(mode: Mode, given: Circumstances, seconds: Mapping[str, float]) -> _Decision:
    if mode == "sequential":
        return 1, 1, "one node at a time, as asked"
    if mode == "parallel":
        return given.limit, given.limit, "as many nodes at once as allowed"
    if not seconds:
        return given.limit, given.limit, "nothing has to run"
    room, needed = _room(given)
    workers, why = _enough(given, seconds, min(given.limit, len(seconds)))
    if room < workers:
        free = said_size(given.memory or 0)
        why = f"more need {said_size(needed)} of memory, of which {free} are free"
    return min(room, workers), room, why


def _enough(given: Circumstances, seconds: Mapping[str, float], most: int) -> tuple[int, str]:
    """The fewest workers with which the run is about as short as it can be, and why."""
    if most == 1:
        return 1, "one node has to run" if len(seconds) == 1 else "no more are allowed"
    spans = {n: makespan(given.tasks, seconds, n, given.capacities) for n in _candidates(most)}
    known = given.estimates.knows_any(seconds)
    best = min(spans.values())
    longest = best * (1 + _WORTHWHILE) if known else best
    workers = next(n for n, span in spans.items() if span <= longest)
    if not known:
        return workers, "no more can run at once" if workers < most else "nothing has run here yet"
    if workers < most:
        return workers, "more would not make it faster"
    return workers, f"about {said_time(spans[most])} instead of {said_time(spans[1])} one at a time"


def _candidates(most: int) -> Iterable[int]:
    workers = 1
    while workers < most:
        yield workers
        workers *= 2
    yield most


def _room(given: Circumstances) -> tuple[int, int]:
    """How many of the largest nodes fit into memory at once, and what one more would need."""
    sizes = sorted((given.estimates.memory(task.name) for task in given.tasks), reverse=True)
    total = 0
    for count, size in enumerate(sizes[: given.limit]):
        total += size
        if count and given.memory is not None and total > given.memory * _MEMORY_SHARE:
            return count, total
    return given.limit, total

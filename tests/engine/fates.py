"""Random plans in which it is known beforehand what will come of each node."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from codeact_lsp.engine.run.messages import NodeState, Settled, Task

GPUS = 2
DONE, FAILED, SKIPPED = NodeState.DONE, NodeState.FAILED, NodeState.SKIPPED


End = tuple[NodeState, frozenset[str]]
"""The state in which a node ends, and the failures at and above it."""


@dataclass(frozen=True)
class Fate:
    """A node, and what will come of it: whether it is stored, and how each attempt ends."""

    task: Task
    stored: bool
    attempts: tuple[str, ...]  # "ok", "fail", "expire", or "just": returns while it is stopped
    seconds: float = 1.0


def random_plan(random: Random, most: int = 7) -> list[Fate]:
    """A plan of up to `most` nodes."""
    fates: list[Fate] = []
    for index in range(random.randint(1, most)):
        names = [fate.task.name for fate in fates]
        before = random.sample(names, random.randint(0, min(len(names), 3)))
        delayed = random.sample(before, random.randint(0, len(before)))
        task = Task(
            name=f"n{index}",
            dependencies=tuple(before),
            length=random.randint(1, 3),
            resources=random.choice([(), (("gpu", None),), (("gpu", 1),), (("gpu", 2),)]),
            delays=tuple((name, random.choice([0.5, 3.0])) for name in delayed),
            earliest=random.choice([0.0, 0.0, 4.0]),
            retries=random.randint(0, 2),
        )
        ends = random.choices(["ok", "ok", "fail", "expire", "just"], k=task.retries + 1)
        seconds = random.choice([0.0, 0.01, 1.0, 7.5])
        fates.append(Fate(task, random.random() < 0.5, tuple(ends), seconds))
    return fates


def naive(fates: list[Fate]) -> dict[str, End]:
    """How each node ends when all are taken in order, one at a time."""
    ends: dict[str, End] = {}
    for fate in fates:
        before = [ends[name] for name in fate.task.dependencies]
        failures = frozenset().union(*(by for _, by in before))
        if any(state is not DONE for state, _ in before):
            ends[fate.task.name] = SKIPPED, failures
        elif fate.stored or not {"ok", "just"}.isdisjoint(fate.attempts):
            ends[fate.task.name] = DONE, frozenset()
        else:
            ends[fate.task.name] = FAILED, frozenset({fate.task.name})
    return ends


def ends(settled: Mapping[str, Settled]) -> dict[str, End]:
    """How each node ended in a run, in the same words."""
    return {
        name: (told.state, frozenset({name}) if told.state is FAILED else frozenset(told.by))
        for name, told in settled.items()
    }

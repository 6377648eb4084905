"""All that one run measured."""

from dataclasses import dataclass, field

from benchmarks.machine import Machine
from benchmarks.running.answers import Driven, Figures
from benchmarks.running.contenders import Contender
from benchmarks.running.serving import Served


@dataclass
class Results:
    """The figures of a run.

    Attributes:
        nodes: How many nodes the graphs had, by task.
        megabytes: How large the values were that were handed on.
        burns: Seconds of work of each of the nodes that keep a processor busy.
        absent: Contenders that could not be measured at all, and why.
    """

    machine: Machine
    nodes: dict[str, int]
    megabytes: int
    burns: tuple[float, ...]
    workers: int
    driven: list[Driven] = field(default_factory=list)
    served: Served = field(default_factory=Served)
    absent: dict[str, str] = field(default_factory=dict)
    load_after: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def take(self, driven: Driven) -> None:
        """Take in what a contender gave for a task, or one more round of it."""
        for each in self.driven:
            if (each.name, each.task) == (driven.name, driven.task):
                each.add(driven)
                return
        self.driven.append(driven)

    def of(self, task: str) -> list[Driven]:
        """All that took part in a task."""
        return [each for each in self.driven if each.task == task]

    def figures(self, contender: Contender, task: str, case: str) -> Figures:
        """What a contender gave for a case; empty if it was not measured."""
        found = (each.cases.get(case) for each in self.of(task) if each.name == contender.name)
        return next(found, None) or Figures()

"""What a driver said: figures by case, one JSON object a line, and taken with care."""

import json
import math
from dataclasses import dataclass, field
from typing import Any

from benchmarks.running.contenders import Contender
from benchmarks.samples import Samples

_SHOWN = 60


@dataclass
class Figures:
    """What one case of a task gave.

    Attributes:
        process: From starting the driver to its end.
        facts: Counts and sizes, by name.
        failure: Why there are no figures.
    """

    samples: Samples = field(default_factory=Samples)
    process: Samples = field(default_factory=Samples)
    facts: dict[str, float] = field(default_factory=dict)
    failure: str | None = None

    def add(self, other: "Figures") -> None:
        """Take in those of one more round: its timings beside ours, the largest of its facts."""
        self.samples.values += other.samples.values
        self.process.values += other.process.values
        for name, value in other.facts.items():
            self.facts[name] = max(value, self.facts.get(name, -math.inf))
        self.failure = self.failure or other.failure


@dataclass
class Driven:
    """What one contender gave for one task.

    Attributes:
        cases: By name.
        failure: Why there are not more of them.
    """

    name: str
    version: str
    task: str
    cases: dict[str, Figures] = field(default_factory=dict)
    failure: str | None = None

    def add(self, other: "Driven") -> None:
        """Take in one more round."""
        for case, figures in other.cases.items():
            self.cases.setdefault(case, Figures()).add(figures)
        self.failure = self.failure or other.failure


@dataclass
class Gathered:
    """What contenders gave.

    Attributes:
        driven: By contender and task.
    """

    driven: list[Driven] = field(default_factory=list, kw_only=True)

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


def read(said: str) -> tuple[dict[str, Figures], str | None]:
    """The cases that a driver wrote, one a line, and what is wrong with the first other line."""
    cases: dict[str, Figures] = {}
    rubbish = None
    for line in said.splitlines():
        try:
            name, figures = _case(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            rubbish = rubbish or f"said what is no figure: {line[:_SHOWN]!r}"
        else:
            cases[name] = figures
    if not cases and not rubbish:
        rubbish = "said nothing"
    return cases, rubbish


def _case(data: Any) -> tuple[str, Figures]:
    if not isinstance(data["case"], str):
        raise TypeError
    if "failure" in data:
        return data["case"], Figures(failure=str(data["failure"]))
    samples = Samples()
    for seconds in data["seconds"]:
        samples.add(_number(seconds))
    facts = {str(name): _number(value) for name, value in data["facts"].items()}
    return data["case"], Figures(samples, facts=facts)


def _number(value: Any) -> float:
    """A figure as it is; JSON has room for more than figures."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError
    return float(value)

"""All that one run measured."""

from dataclasses import dataclass, field

from benchmarks.machine import Machine
from benchmarks.running.answers import Gathered
from benchmarks.running.serving import Served


@dataclass
class Results(Gathered):
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
    served: Served = field(default_factory=Served)
    absent: dict[str, str] = field(default_factory=dict)
    load_after: tuple[float, float, float] = (0.0, 0.0, 0.0)

"""All that one run measured."""

from dataclasses import dataclass, field

from benchmarks.machine import Machine
from benchmarks.running.answers import Gathered


@dataclass
class Results(Gathered):
    """The figures of a run.

    Attributes:
        nodes: How many ran one after the other, in each round.
        megabytes: How large the values were that were handed on.
        transferred: How many megabytes went through the proxy.
        absent: Contenders that could not be measured at all, and why.
    """

    machine: Machine
    nodes: int
    megabytes: int
    transferred: int
    absent: dict[str, str] = field(default_factory=dict)
    load_after: tuple[float, float, float] = (0.0, 0.0, 0.0)

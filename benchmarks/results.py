"""All that one run measured."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.cold import Cold
from benchmarks.core import Core
from benchmarks.machine import Machine
from benchmarks.measures import Latency
from benchmarks.samples import Samples


@dataclass
class Results:
    """The figures of a run, in the order in which they were measured.

    Attributes:
        absent: Servers that could not be measured at all, and why.
        notes: What a reader of a server's figures has to know.
    """

    machine: Machine
    cores: list[Core] = field(default_factory=list)
    cold: Cold = field(default_factory=Cold)
    latencies: list[Latency] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    load_after: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def core(self, nodes: int) -> Core:
        """The plan core at that size; empty if it was not measured."""
        return next((each for each in self.cores if each.nodes == nodes), Core(nodes, 0))

    def latency(self, name: str, nodes: int) -> Latency:
        """A server at that size; empty if it was not measured."""
        found = (each for each in self.latencies if (each.name, each.nodes) == (name, nodes))
        return next(found, Latency(name, "", nodes))


def plain(value: Any) -> Any:
    """Figures as JSON has them: of timings the median, two percentiles and their number."""
    match value:
        case Samples():
            parts = {"p50_ms": value.p50, "p95_ms": value.p95, "p99_ms": value.p99}
            return {**plain(parts), "n": len(value.values)}
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case float():
            # JSON knows no NaN: what was not measured is null.
            return None if math.isnan(value) else round(value, 3)
        case _ if hasattr(value, "__dict__"):
            return dict(_fields(value))
        case _:
            return value


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    for name, each in vars(value).items():
        yield name, plain(each)

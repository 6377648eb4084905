"""The numbers that are held, and whether they hold in a run."""

import math
from dataclasses import dataclass

from benchmarks import measures
from benchmarks.results import Results
from benchmarks.servers import OURS

SIZE = 1_000
LARGE = 5_000


@dataclass(frozen=True)
class Hold:
    """One of them.

    Attributes:
        most: What may not be exceeded.
        measured: NaN if this run did not measure it.
        unit: Of both.
    """

    what: str
    most: float
    measured: float
    unit: str

    @property
    def held(self) -> bool:
        """Whether it was measured and does not exceed the limit."""
        return self.measured <= self.most


def holds(results: Results) -> list[Hold]:
    """All of them, with what the run measured."""
    ours, core, large = (
        results.latency(OURS.name, SIZE),
        results.core(SIZE),
        results.core(LARGE),
    )
    edit = ours.series[measures.EDIT_DIAGNOSTICS]
    first = ours.series[measures.OPEN_DIAGNOSTICS]
    cold, bare = results.cold.ours, results.cold.bare
    return [
        Hold(f"didChange → diagnostics, {SIZE:,} nodes, p95", 20, edit.p95, "ms"),
        Hold(
            f"edit to graph and problems, {SIZE:,} nodes, p95, part of a full libcst parse",
            0.1,
            ratio(core.edits.p95, core.libcst_parse.p50),
            "×",
        ),
        Hold(
            f"edit, {LARGE:,} nodes against {SIZE:,}, p50",
            2,
            ratio(large.edits.p50, core.edits.p50),
            "×",
        ),
        Hold(f"open → first diagnostics, {SIZE:,} nodes, fresh server, p50", 500, first.p50, "ms"),
        Hold(
            "cold start to initialize response against bare pygls, wall, p50",
            2,
            ratio(cold.wall.p50, bare.wall.p50),
            "×",
        ),
        Hold(
            "cold start to initialize response against bare pygls, processor, p50",
            2,
            ratio(cold.processor.p50, bare.processor.p50),
            "×",
        ),
        Hold(f"memory of the server, {SIZE:,} nodes open", 150, ours.memory_mb, "MB"),
    ]


def ratio(one: float, other: float) -> float:
    """`one` in units of `other`; NaN where that says nothing."""
    return one / other if other else math.nan

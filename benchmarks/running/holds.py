"""The numbers that are held of runs, and whether they hold in this one."""

import math

from benchmarks.holds import Hold, ratio
from benchmarks.running import contenders as who
from benchmarks.running.results import Results
from benchmarks.samples import percentile

_FOR_NODES = 1_000


def holds(results: Results) -> list[Hold]:
    """All of them, with what the run measured."""
    again = results.figures(who.WARM, "rerun", "nothing").samples
    rests = results.figures(who.OURS, "together", "rest").samples
    own = results.figures(who.OURS, "passing", "array").facts.get("own_mb", math.nan)
    return [
        Hold(
            f"re-run of unchanged nodes, warm engine, p50, for {_FOR_NODES:,} of them",
            50,
            again.p50 * ratio(_FOR_NODES, results.nodes.get("rerun", 0)),
            "ms",
        ),
        Hold("two independent nodes of 1 s, p50", 1_100, rests.p50, "ms"),
        Hold(
            f"array of {results.megabytes} MB: memory of its own in the consumer, part of it",
            0.1,
            max(ratio(own, results.megabytes), 0.0),
            "×",
        ),
        Hold(
            f"edits and requests while a node spins, {results.nodes.get('server', 0):,} nodes, p99",
            50,
            percentile(results.served.spinning.values, 99),
            "ms",
        ),
    ]

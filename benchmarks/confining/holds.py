"""The numbers that are held of the sandbox, and whether they hold in this run."""

import math

from benchmarks.confining import contenders as who
from benchmarks.confining.ends import CASES, LEVELS
from benchmarks.confining.first import CASE
from benchmarks.confining.results import Results
from benchmarks.confining.run import KINDS
from benchmarks.holds import Hold, ratio
from benchmarks.samples import merged, percentile


def holds(results: Results) -> list[Hold]:
    """All of them, with what the run measured."""
    return [*_costs(results), *_copies(results), _end(results)]


def _costs(results: Results) -> list[Hold]:
    node = results.figures(who.STRICT, "isolated", "chain").samples
    first = results.figures(who.STRICT, "first", CASE).samples
    imports = results.figures(who.FRESH, "first", CASE).samples
    return [
        Hold("isolated node at strict, numpy and pandas loaded, all of it, p50", 5, node.p50, "ms"),
        Hold(
            "isolated node at strict, numpy and pandas loaded, all of it, p99", 20, node.p99, "ms"
        ),
        Hold(
            "first node of a fresh server at strict, part of the plain imports, p50",
            1.2,
            ratio(first.p50, imports.p50),
            "×",
        ),
    ]


def _copies(results: Results) -> list[Hold]:
    owned = {
        kind: results.figures(who.STRICT, "passing", kind).facts.get("own_mb", math.nan)
        for kind in KINDS
    }
    return [
        Hold(
            f"{kind} of {results.megabytes} MB at strict: memory of the consumer's own, part of it",
            0.1,
            max(ratio(own, results.megabytes), 0.0),
            "×",
        )
        for kind, own in owned.items()
    ]


def _end(results: Results) -> Hold:
    ended = [results.figures(level, "ends", case).samples for level in LEVELS for case in CASES]
    complete = all(samples.values for samples in ended)
    worst = percentile(merged(ended).values, 100) if complete else math.nan
    return Hold("limit or cancel → all processes of the node gone, worst", 100, worst, "ms")

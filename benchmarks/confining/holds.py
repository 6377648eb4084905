"""The numbers that are held of the sandbox, and whether they hold in this run."""

import math
from collections.abc import Iterator

from benchmarks.confining import contenders as who
from benchmarks.confining.ends import CASES, LEVELS
from benchmarks.confining.first import CASES as FIRSTS
from benchmarks.confining.results import Results
from benchmarks.confining.run import KINDS
from benchmarks.holds import Hold, ratio
from benchmarks.samples import merged, percentile


def holds(results: Results) -> list[Hold]:
    """All of them, with what the run measured."""
    return [*_costs(results), *_copies(results), _end(results)]


def _costs(results: Results) -> list[Hold]:
    call = results.figures(who.STRICT, "isolated", "call").samples
    node, bare = (
        results.figures(each, "isolated", "chain").samples for each in (who.STRICT, who.OFF)
    )
    loaded = "numpy and pandas loaded"
    return [
        Hold(f"a call at strict, {loaded}, until its value is told, p50", 5, call.p50, "ms"),
        Hold(f"a call at strict, {loaded}, until its value is told, p99", 20, call.p99, "ms"),
        Hold(f"what strict adds to all of a node, {loaded}, p50", 5, node.p50 - bare.p50, "ms"),
        Hold(f"what strict adds to all of a node, {loaded}, p99", 20, node.p99 - bare.p99, "ms"),
        *_firsts(results),
    ]


def _firsts(results: Results) -> Iterator[Hold]:
    for case in FIRSTS:
        imports = results.figures(who.FRESH, "first", case).samples
        first = results.figures(who.STRICT, "first", case).samples
        what = f"first node of a server at strict, {case}, part of the plain imports, p50"
        yield Hold(what, 1.2, ratio(first.p50, imports.p50), "×")


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

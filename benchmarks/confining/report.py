"""The results as text for people."""

import math
from collections.abc import Iterator

from benchmarks.confining import contenders as who
from benchmarks.confining.ends import CASES, LEVELS, TREE
from benchmarks.confining.first import CASES as FIRSTS
from benchmarks.confining.holds import holds
from benchmarks.confining.results import Results
from benchmarks.confining.run import KEPT, KINDS, SELF_TEST
from benchmarks.holds import ratio
from benchmarks.report import cell, heading, number, row, verdicts
from benchmarks.running.answers import Figures
from benchmarks.running.report import megabytes, troubles


def report(results: Results) -> str:
    """The whole report."""
    parts = (_heading, _isolated, _first, _passing, _ends, _proof, _transfer, _holds)
    return "\n\n".join("\n".join(part(results)) for part in parts) + "\n"


def _heading(results: Results) -> Iterator[str]:
    yield from heading(results.machine, results.load_after)
    yield from troubles(results, results.absent)


def _isolated(results: Results) -> Iterator[str]:
    yield (
        f"ONE NODE after the other, {results.nodes:,} in a row, not fused, numpy and pandas "
        "loaded; ×ratio to the fork with them"
    )
    yield row("", ["p50", "p99", "of"])
    fork = results.figures(who.FORKS, "isolated", "libraries").samples
    for label, contender, case in (
        ("codeact, strict, call alone", who.STRICT, "call"),
        ("codeact, off, call alone", who.OFF, "call"),
        ("codeact, level strict", who.STRICT, "chain"),
        ("codeact, level off", who.OFF, "chain"),
        ("fork+exit+wait, libraries", who.FORKS, "libraries"),
        ("fork+exit+wait, bare", who.FORKS, "bare"),
        ("fresh python, imports", who.FRESH, "libraries"),
        ("fresh bwrap python, imports", who.BWRAP, "libraries"),
    ):
        samples = results.figures(contender, "isolated", case).samples
        p50, p99 = _against(samples.p50, fork.p50), _against(samples.p99, fork.p99)
        yield row(label, [p50, p99, str(len(samples.values))])


def _first(results: Results) -> Iterator[str]:
    yield "FIRST NODE of a fresh server, from the command to its end; ×ratio to the plain imports"
    yield row("", FIRSTS)
    plain = {case: results.figures(who.FRESH, "first", case).samples for case in FIRSTS}
    for label, contender in (
        ("codeact, level strict", who.STRICT),
        ("codeact, level off", who.OFF),
        ("fresh python, imports", who.FRESH),
    ):
        found = {case: results.figures(contender, "first", case).samples for case in FIRSTS}
        yield row(label, [cell(samples, plain[case]) for case, samples in found.items()])


def _passing(results: Results) -> Iterator[str]:
    yield f"HANDED ON: {results.megabytes} MB made in one node and read in another"
    yield "peak of all processes together; of the consumer, what it alone holds in memory"
    for kind in KINDS:
        yield row(kind, ["time", "peak", "the consumer's own"])
        off = results.figures(who.OFF, "passing", kind).samples
        for label, contender in (("  level strict", who.STRICT), ("  level off", who.OFF)):
            figures = results.figures(contender, "passing", kind)
            sizes = (figures.facts.get(name, math.nan) for name in ("peak_mb", "own_mb"))
            yield row(label, [cell(figures.samples, off), *map(megabytes, sizes)])


def _ends(results: Results) -> Iterator[str]:
    yield "GONE: from a limit, or a cancel, to the end of the last process of a node"
    yield row("", CASES)
    for level, label in zip(LEVELS, ("strict, one process", f"standard, {1 + TREE}"), strict=True):
        cells = [cell(results.figures(level, "ends", case).samples) for case in CASES]
        yield row(label, cells)


def _proof(results: Results) -> Iterator[str]:
    yield "PROOF of what the machine enforces"
    for case, label in ((SELF_TEST, "self-test, once a boot"), (KEPT, "known, in a new process")):
        yield row(label, [cell(results.figures(who.STRICT, "proof", case).samples)])


def _transfer(results: Results) -> Iterator[str]:
    yield f"PROXY of nodes with the right to a network: {results.transferred} MB from a host here"
    direct = results.figures(who.PROXY, "transfer", "direct")
    for label, case in (("directly", "direct"), ("through the proxy", "proxy")):
        figures = results.figures(who.PROXY, "transfer", case)
        yield row(label, [cell(figures.samples, direct.samples), _speed(results, figures)])


def _speed(results: Results, figures: Figures) -> str:
    return f"{number(ratio(results.transferred * 1_000, figures.samples.p50))} MB/s"


def _holds(results: Results) -> Iterator[str]:
    return verdicts(holds(results))


def _against(value: float, unit: float) -> str:
    times = ratio(value, unit)
    return number(value) if math.isnan(times) else f"{number(value)} ×{number(times)}"

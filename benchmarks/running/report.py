"""The results as text for people."""

import math
from collections.abc import Iterator, Mapping

from benchmarks.peers.shapes import EDITS, SHAPES, downstream, edited_node, graph
from benchmarks.report import cell, heading, number, row, verdicts
from benchmarks.running import contenders as who
from benchmarks.running.answers import Driven, Figures, Gathered
from benchmarks.running.holds import holds
from benchmarks.running.results import Results
from benchmarks.running.run import FIRST, KINDS, TASKS
from benchmarks.samples import Samples

_MOST_REASON = 30


def report(results: Results) -> str:
    """The whole report."""
    parts = (_heading, _overhead, _rerun, _together, _passing, _server, _holds)
    return "\n\n".join("\n".join(part(results)) for part in parts) + "\n"


def _heading(results: Results) -> Iterator[str]:
    yield from heading(results.machine, results.load_after)
    yield from troubles(results, results.absent)
    for part, reason in results.served.failures.items():
        yield f"codeact serve, {part}: {reason}"


def troubles(gathered: Gathered, absent: Mapping[str, str]) -> Iterator[str]:
    """Who could not be measured, and what failed, each with its reason."""
    for name, reason in absent.items():
        yield f"{name}: {reason}"
    for driven in gathered.driven:
        for case, figures in driven.cases.items():
            if figures.failure:
                yield f"{driven.name}, {driven.task}, {case}: {figures.failure}"
        if driven.failure:
            yield f"{driven.name}, {driven.task}: {driven.failure}"


def _overhead(results: Results) -> Iterator[str]:
    count = results.nodes["overhead"]
    yield f"OVERHEAD: a graph of {count:,} trivial nodes, ms a node; ×ratio to {who.OURS.name}"
    yield row("", SHAPES)
    for driven in results.of("overhead"):
        cells = []
        for shape in SHAPES:
            ours = results.figures(who.OURS, "overhead", shape).samples
            unit = None if driven.name == who.OURS.name else _each(ours, count)
            cells.append(_cell(driven, shape, _each(_case(driven, shape).samples, count), unit))
        yield row(_named(driven), cells)
    yield from _absent(results, "overhead")


def _rerun(results: Results) -> Iterator[str]:
    made = graph("layered", results.nodes["rerun"])
    follow = len(downstream(made, edited_node(made)))
    yield f"AGAIN: {len(made):,} nodes after an edit, ms of work in ms of the process; how many ran"
    yield f"from what is edited, {follow:,} follow; STALE: the value was not that of the text"
    yield row("", [FIRST, *EDITS])
    for driven in results.of("rerun"):
        cells = [_again(driven, edit) for edit in (FIRST, *EDITS)]
        yield row(_named(driven), cells)
    yield from _absent(results, "rerun")


def _again(driven: Driven, edit: str) -> str:
    figures = _case(driven, edit)
    if not figures.samples.values:
        return _cell(driven, edit, figures.samples, None)
    # The command is the process; one that is warm has no end that would say anything.
    alone = driven.name in {who.COMMAND.name, who.WARM.name}
    whole = "" if alone else f" in {number(figures.process.p50)}"
    stale = " STALE" if figures.facts.get("stale") else ""
    return f"{number(figures.samples.p50)}{whole}, {figures.facts.get('ran', 0):,.0f} ran{stale}"


def _together(results: Results) -> Iterator[str]:
    ideal = sum(results.burns) / min(results.workers, results.machine.cores)
    yield (
        f"TOGETHER, {results.workers} workers: two nodes that rest 1 s; {len(results.burns)} that "
        f"keep a processor busy for {results.burns[0]} s each; ×ratio to ideal"
    )
    yield row("", ["rest", "busy"])
    for driven in results.of("together"):
        cells = [
            _cell(driven, "rest", _case(driven, "rest").samples, Samples([1_000])),
            _cell(driven, "burn", _case(driven, "burn").samples, Samples([ideal * 1_000])),
        ]
        yield row(_named(driven), cells)
    yield from _absent(results, "together")


def _passing(results: Results) -> Iterator[str]:
    yield (
        f"HANDED ON: {results.megabytes} MB made in one node and read in another; "
        f"×ratio to {who.OURS.name}"
    )
    yield "peak of all processes together; of the consumer, what it alone holds in memory"
    for kind in _handed_on(results):
        yield row(kind, ["time", "peak", "the consumer's own"])
        ours = results.figures(who.OURS, "passing", kind).samples
        for driven in results.of("passing"):
            figures = _case(driven, kind)
            unit = None if driven.name == who.OURS.name else ours
            sizes = (figures.facts.get(name, math.nan) for name in ("peak_mb", "own_mb"))
            cells = [_cell(driven, kind, figures.samples, unit), *(megabytes(x) for x in sizes)]
            yield row(f"  {_named(driven)}", cells)
        yield from _absent(results, "passing")


def _handed_on(results: Results) -> list[str]:
    cases = {case for driven in results.of("passing") for case in driven.cases}
    return [kind for kind in KINDS if kind in cases]


def _server(results: Results) -> Iterator[str]:
    served = results.served
    yield f"SERVER over standard input and output, a plan of {results.nodes['server']:,} nodes open"
    yield row("start → initialize", [cell(served.start)])
    yield row("start → first run's end", [cell(served.first_run)])
    yield row(
        "memory of all: open → run", [f"{megabytes(served.open_mb)} → {megabytes(served.run_mb)}"]
    )
    yield row("edits, requests; idle", [cell(served.idle)])
    yield row("edits, requests; node spins", [cell(served.spinning, served.idle)])


def _holds(results: Results) -> Iterator[str]:
    return verdicts(holds(results))


def _absent(results: Results, task: str) -> Iterator[str]:
    """A row for each that would have taken part; the heading has the reasons."""
    for contender in TASKS[task]:
        if contender.name in results.absent:
            yield row(contender.name, ["not installed"])


def _case(driven: Driven, case: str) -> Figures:
    return driven.cases.get(case) or Figures()


def _cell(driven: Driven, case: str, samples: Samples, unit: Samples | None) -> str:
    reason = _case(driven, case).failure
    if reason and not samples.values:
        return reason.partition(":")[0][:_MOST_REASON]
    return cell(samples, unit)


def _each(samples: Samples, count: int) -> Samples:
    return Samples([value / count for value in samples.values])


def _named(driven: Driven) -> str:
    return f"{driven.name} {driven.version}".rstrip()


def megabytes(value: float) -> str:
    """A size, or that there is none."""
    return number(value) if math.isnan(value) else f"{number(value)} MB"

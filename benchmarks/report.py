"""The results as text for people."""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from benchmarks.holds import Hold, holds, ratio
from benchmarks.machine import Machine
from benchmarks.measures import MEASURES, Latency
from benchmarks.results import Results
from benchmarks.samples import Samples
from benchmarks.servers import OURS

_LABEL, _CELL = 28, 32
_NOTHING = "–"


def report(results: Results) -> str:
    """The whole report."""
    parts = (_heading, _core, _latency, _cold, _holds)
    return "\n\n".join("\n".join(part(results)) for part in parts) + "\n"


def cell(samples: Samples, unit: Samples | None = None) -> str:
    """`median / 95th percentile (number of samples)`, and how many times the median of `unit`."""
    if not samples.values:
        return _NOTHING
    figures = f"{number(samples.p50)} / {number(samples.p95)} ({len(samples.values)})"
    times = ratio(samples.p50, unit.p50) if unit else math.nan
    return figures if math.isnan(times) else f"{figures} ×{number(times)}"


def number(value: float) -> str:
    """A figure with three digits, or with all that stand before its point."""
    if math.isnan(value):
        return _NOTHING
    if value < 1:
        return f"{value:#.2g}"
    return f"{value:,.{max(3 - len(str(int(value))), 0)}f}"


def heading(machine: Machine, load_after: Sequence[float]) -> Iterator[str]:
    """What the figures were measured on, and how to read them."""
    yield (
        f"{machine.processor}, {machine.cores} cores, {machine.memory_gb:.0f} GB; "
        f"{machine.system}; {machine.python}"
    )
    yield ", ".join(f"{name} {version}" for name, version in machine.packages.items())
    yield f"load average {_load(machine.load_before)} before, {_load(load_after)} after"
    if machine.is_loaded:
        yield "LOADED: others were at work, so that only ratios within this run can be trusted"
    yield "figures: median / 95th percentile in ms (number of samples) ×ratio of medians"


def _heading(results: Results) -> Iterator[str]:
    return heading(results.machine, results.load_after)


def _load(averages: Sequence[float]) -> str:
    return " ".join(f"{average:.2f}" for average in averages)


def _core(results: Results) -> Iterator[str]:
    cores = results.cores
    yield "PLAN CORE, in process: from an edit to graph and problems; ×ratio to a full libcst parse"
    yield "garbage collector: on for our edits, off while we open, as in the server; off for parses"
    yield row("", [f"{each.nodes:,} nodes, {each.lines:,} lines" for each in cores])
    for kind in cores[0].kinds if cores else ():
        yield row(kind, [cell(each.kinds[kind], each.libcst_parse) for each in cores])
    yield row("edits of all kinds", [cell(each.edits, each.libcst_parse) for each in cores])
    yield row("open", [cell(each.open, each.libcst_parse) for each in cores])
    yield row("full ast.parse", [cell(each.ast_parse, each.libcst_parse) for each in cores])
    yield row("full libcst.parse_module", [cell(each.libcst_parse) for each in cores])
    yield row("memory with the plan open", [_megabytes(each.memory_mb) for each in cores])


def _latency(results: Results) -> Iterator[str]:
    yield f"SERVERS, over standard input and output; ×ratio to {OURS.name}"
    for name, remark in (results.notes | results.absent).items():
        yield f"  {name}: {remark}"
    for measure in MEASURES:
        yield from _servers(results, measure, partial(_answers, measure))
    yield from _servers(results, "memory, started → plan open", _memory)
    for each in results.latencies:
        if each.failure:
            yield f"{each.name}, {each.nodes:,} nodes: {each.failure}"


def _servers(
    results: Results, label: str, shown: Callable[[Latency, Latency], str]
) -> Iterator[str]:
    """A row for each server and a column for each size; `shown` is given theirs and ours."""
    sizes = sorted({each.nodes for each in results.latencies})
    ours = [results.latency(OURS.name, size) for size in sizes]
    yield ""
    yield row(label, [f"{size:,} nodes" for size in sizes])
    for name in dict.fromkeys(each.name for each in results.latencies):
        found = [results.latency(name, size) for size in sizes]
        cells = [shown(each, own) for each, own in zip(found, ours, strict=True)]
        yield row(f"  {name} {found[0].version}", cells)


def _answers(measure: str, latency: Latency, ours: Latency) -> str:
    samples = latency.series[measure]
    if latency.says_nothing(measure):
        return f"{cell(samples)}, {latency.empty[measure]} empty"
    # How much longer an answer took than none did is no ratio that means anything.
    alone = latency is ours or ours.says_nothing(measure)
    return cell(samples, None if alone else ours.series[measure])


def _memory(latency: Latency, _ours: Latency) -> str:
    return f"{_megabytes(latency.memory_start_mb)} → {_megabytes(latency.memory_mb)}"


def _megabytes(value: float) -> str:
    return f"{number(value)} MB"


def _cold(results: Results) -> Iterator[str]:
    ours, bare = results.cold.ours, results.cold.bare
    yield "COLD START, to the response to `initialize`; ×ratio to a bare pygls server"
    yield row("", ["wall", "processor", "memory"])
    for name, each in ((OURS.name, ours), ("bare pygls", bare)):
        figures = [cell(each.wall, bare.wall), cell(each.processor, bare.processor)]
        yield row(name, [*figures, _megabytes(each.memory_mb)])


def _holds(results: Results) -> Iterator[str]:
    return verdicts(holds(results))


def verdicts(found: Sequence[Hold]) -> Iterator[str]:
    """The table of what is held, and of by how much it is or is not."""
    yield "HOLD"
    for hold in found:
        limit = f"{hold.most:g} {hold.unit}"
        yield f"{hold.what:<78} {number(hold.measured):>8} of {limit:<8} {_verdict(hold)}"


def _verdict(hold: Hold) -> str:
    if math.isnan(hold.measured):
        return "NOT MEASURED"
    times = number(ratio(hold.measured, hold.most))
    return f"{'yes' if hold.held else 'NO'}, ×{times}"


def row(label: str, cells: Sequence[str]) -> str:
    """A line of a table."""
    return (f"{label:<{_LABEL}}" + "".join(f"  {each:<{_CELL}}" for each in cells)).rstrip()

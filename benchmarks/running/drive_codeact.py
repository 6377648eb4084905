"""Our own engine, driven as the peers are."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.peers.driving import Case, Measured, Settings, main, timed
from benchmarks.peers.rerun import plain
from benchmarks.peers.shapes import EDITS, Graph, edited, graph, module, name
from benchmarks.peers.tasks import tasks
from benchmarks.running.ours import LIBRARIES, Codeact, Way, codeact, job_of, previews, ran
from codeact_lsp.engine import events
from codeact_lsp.engine.permissions.consent import DEFAULT_LEVEL
from codeact_lsp.plan import Plan, Span
from codeact_lsp.sandbox.levels import Level

_TIMES = 5
_Found = tuple[int, int]


def _isolated(level: Level, settings: Settings) -> Iterator[Case]:
    with codeact(Way(level, isolated=True)) as engine:
        made = graph("chain", settings["forks"] + 1)
        job = engine.job(LIBRARIES + module(made))
        # The first run has the libraries loaded.
        engine.run(job)
        yield "chain", lambda: _steps(engine.told(job))
        yield "call", lambda: _calls(engine.told(job))


def _steps(told: list[events.Event]) -> Measured:
    """From the end of a node to the end of the next one, which waited for it."""
    ends = [event.time for event in told if isinstance(event, events.NodeSucceeded)]
    return Measured([after - before for before, after in pairwise(ends)])


def _calls(told: list[events.Event]) -> Measured:
    """From handing a call over until it has told its value; its process ends after that."""
    ended = (event for event in told if isinstance(event, events.NodeSucceeded))
    return Measured([event.result.usage.wall for event in ended])


def _proof(settings: Settings) -> Iterator[Case]:
    """What the machine enforces: found out, or read by a process that was not told before."""
    with codeact(Way(Level.OFF)) as engine:
        yield settings["case"], lambda: Measured([timed(engine.require_tier)])


def _once(settings: Settings, rerun: Callable[[Path, Graph], _Found]) -> Iterator[Case]:
    """One edit, run by a process that knows nothing but what was stored."""
    made = graph("layered", settings["nodes"])
    file = Path(settings["folder"]) / "it.plan.py"
    file.write_text(edited(made, settings["edit"], settings["number"]), encoding="utf-8")
    yield settings["case"], lambda: _compared(file, made, partial(rerun, file, made))


def _compared(file: Path, made: Graph, rerun: Callable[[], _Found]) -> Measured:
    found: list[_Found] = []
    seconds = timed(lambda: found.append(rerun()))
    value, count = found[0]
    return Measured([seconds], {"ran": count, "stale": value != plain(file, made)})


def _in_process(file: Path, made: Graph) -> _Found:
    plan = Plan.from_text(file.read_text(encoding="utf-8"))
    with codeact() as engine:
        told = engine.told(job_of(plan, file))
    return int(previews(told)[name(len(made) - 1)]), ran(told)


def _by_command(file: Path, made: Graph) -> _Found:
    command = [sys.executable, "-m", "codeact_lsp", "run", str(file), "--json"]
    written = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    last, count = 0, 0
    for event in map(json.loads, written.splitlines()):
        count += event["event"] == "NodeSucceeded"
        if event.get("node") == name(len(made) - 1) and "result" in event:
            last = int(event["result"]["preview"])
    return last, count


def _warm(settings: Settings) -> Iterator[Case]:
    """All edits in one engine, which has the plan parsed and checked, as the server has."""
    made, number = graph("layered", settings["nodes"]), settings["number"]
    file = Path(settings["folder"]) / "it.plan.py"
    plan = Plan.from_text(edited(made, "nothing", 0))
    with codeact() as engine:
        file.write_text(plan.source.text, encoding="utf-8")
        engine.run(job_of(plan, file))
        yield "nothing", lambda: _unchanged(engine, plan, file)
        for edit in EDITS[1:]:
            yield edit, partial(_rerun, engine, plan, file, edited(made, edit, number))


def _unchanged(engine: Codeact, plan: Plan, file: Path) -> Measured:
    times = [_rerun(engine, plan, file, plan.source.text) for _ in range(_TIMES)]
    return Measured([each.seconds[0] for each in times], times[-1].facts)


def _rerun(engine: Codeact, plan: Plan, file: Path, text: str) -> Measured:
    file.write_text(text, encoding="utf-8")
    last = name(len(plan.nodes) - 1)
    span, new = _difference(plan.source.text, text)

    def work() -> _Found:
        job = job_of(plan.edited(span, new) if new else plan, file, checked=True)
        told = engine.told(job)
        return int(previews(told)[last]), ran(told)

    return _compared(file, graph("layered", len(plan.nodes)), work)


def _difference(old: str, new: str) -> tuple[Span, str]:
    """The one line in which two texts of as many lines differ; empty if none does."""
    start = 0
    for before, after in zip(_lines(old), _lines(new), strict=True):
        if before != after:
            return Span(start, start + len(before)), after
        start += len(before)
    return Span(0, 0), ""


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _tasks() -> None:
    main(
        {
            **tasks("cold", codeact),
            **tasks("apart", partial(codeact, Way(isolated=True))),
            **tasks("known", partial(codeact, Way(known=True))),
            **tasks("off", partial(codeact, Way(Level.OFF))),
            ("cold", "isolated"): partial(_isolated, DEFAULT_LEVEL),
            ("off", "isolated"): partial(_isolated, Level.OFF),
            ("cold", "proof"): _proof,
            ("process", "rerun"): partial(_once, rerun=_in_process),
            ("command", "rerun"): partial(_once, rerun=_by_command),
            ("warm", "rerun"): _warm,
        }
    )


if __name__ == "__main__":
    _tasks()

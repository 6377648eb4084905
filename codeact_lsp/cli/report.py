"""A run as people want to see it: live on a terminal, plain lines in a pipe."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text

from codeact_lsp.cli.console import console
from codeact_lsp.cli.failures import Failures
from codeact_lsp.cli.live import Progress
from codeact_lsp.engine import events
from codeact_lsp.engine.costs import notable
from codeact_lsp.engine.history.metrics import Metrics
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.reuse.effects import verdict
from codeact_lsp.engine.run.modes import said_time
from codeact_lsp.engine.values import Result
from codeact_lsp.plan.visible import visible

# What a node writes is dimmed, in whichever colours it was meant to be.
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
# Seconds of work; of a run with less nobody asks where the time went.
_WORTH_MEASURING = 1.0
_MOST_OF_A_PATH = 8


class Report:
    """Prints events of one run; use it as a context manager."""

    def __init__(self, job: Job, path: Path, out: Console | None = None) -> None:
        """Report a run.

        Args:
            job: What runs.
            path: How its plan is called.
            out: Where to print; None is standard output.
        """
        self._job = job
        self._console = out or console()
        self._failures = Failures(job.plan, path, self._console)
        self._progress = Progress(self._console)
        self._results: dict[str, Result] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def tell(self, event: events.Event) -> None:
        """Report one event."""
        self._progress.note(event)
        match event:
            case events.RunStarted():
                self._started(event)
            case events.NodeOutput():
                self._wrote(event)
            case events.NodeSucceeded(node=node, result=result, lines=lines):
                self._valued("✓", "green", node, result, self._how_made(node, result))
                self._ran(lines)
            case events.NodeCached(node=node, result=result, why=why):
                self._valued("≡", "cyan", node, result, f"reused: {why}")
            case events.NodeFailed(node=node, error=error, lines=lines, usage=usage):
                first, *others = error.headline.split("\n")
                self._line("✗", "bold red", f"{node}  {first}")
                for line in others:
                    self._print(f"  {line}")
                self._failures.show_once(error)
                if took := notable(usage):
                    self._print(f"  it took {said_time(usage.wall)}, {took}", "dim")
                self._ran(lines)
            case events.NodeBlocked() | events.NodeCancelled():
                self._not_run(event)
            case events.RunFinished():
                self._finished(event)
            case _:
                pass

    def _started(self, event: events.RunStarted) -> None:
        for note in event.notes:
            self._line("!", "yellow", note)
        if self._console.is_terminal:
            self._print(f"up to {event.workers} at once: {event.why}", "dim")

    def _wrote(self, event: events.NodeOutput) -> None:
        for line in _COLOURS.sub("", event.text).splitlines():
            self._print(f"   {event.node} │ {line}", "dim")

    def _ran(self, lines: Sequence[int]) -> None:
        if lines:
            self._print(f"  lines that ran: {said_lines(lines)}", "dim")

    def _not_run(self, event: events.NodeBlocked | events.NodeCancelled) -> None:
        why = "cancelled"
        if isinstance(event, events.NodeBlocked):
            why = f"not run: needs {', '.join(event.by)}"
        self._line("–", "yellow", f"{event.node}  {why}")

    def _valued(self, mark: str, style: str, node: str, result: Result, how: str) -> None:
        self._results[node] = result
        self._line(mark, style, f"{node}  {result.preview.line}  ({how})")

    def _how_made(self, node: str, result: Result) -> str:
        """How long it took to make a value, and what it means that it did more than that."""
        cache = self._job.plan.nodes[node].node.directives.cache
        besides = (notable(result.usage), verdict(result.effects, cache=cache))
        return "; ".join(part for part in (said_time(result.usage.wall), *besides) if part)

    def _finished(self, event: events.RunFinished) -> None:
        # From here on lines are the last ones: nothing is drawn below them any more.
        self._progress.stop()
        if event.message:
            for line in event.message.split("\n"):
                self._print(line, "bold red")
            return
        for name in self._job.targets:
            if name in self._results and not self._job.plan.graph.dependents(name):
                self._console.print()
                self._print(f"{name}:", "bold")
                for line in self._results[name].preview.text.split("\n"):
                    self._print(line)
        names = {"ran": "ran", "cached": "reused"}
        counts = [f"{count} {names.get(how, how)}" for how, count in sorted(event.counts.items())]
        summary = ", ".join(counts) or "the plan has no nodes"
        self._console.print()
        self._print(f"{event.status}: {summary}, {event.seconds:.2f} s")
        if event.metrics and (measured := measured_line(event.metrics)):
            self._print(measured, "dim")

    def _line(self, mark: str, style: str, text: str) -> None:
        self._console.print(Text(f"{mark} ", style).append(visible(text), style="default"))

    def _print(self, text: str, style: str = "") -> None:
        self._console.print(Text(visible(text), style))


def said_lines(lines: Sequence[int]) -> str:
    """Lines, 0-based and in order, as people count and shorten them: `3-5, 9`."""
    # In a row, what is left of a line less its place among the lines is one and the same number.
    rows = [
        [line for _, line in row]
        for _, row in groupby(enumerate(lines, 1), lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(f"{r[0] + 1}-{r[-1] + 1}" if len(r) > 1 else f"{r[0] + 1}" for r in rows)


def measured_line(metrics: Metrics) -> str:
    """Where the time of a run went, on one line; empty where there is nothing worth telling."""
    parts: list[str] = []
    if metrics.work >= _WORTH_MEASURING:
        path = list(metrics.critical_path)
        if len(path) > _MOST_OF_A_PATH:
            path[_MOST_OF_A_PATH // 2 : -_MOST_OF_A_PATH // 2] = ["…"]
        # A chain of one node is none: then that node alone decides how long the run takes.
        what = "critical path" if len(path) > 1 else "longest node"
        parts.append(f"{what} {said_time(metrics.critical_seconds)}: {' → '.join(path)}")
        workers = "1 worker" if metrics.workers == 1 else f"{metrics.workers} workers"
        parts.append(f"{workers} busy for {metrics.efficiency:.0%} of the time")
        if metrics.queued >= _WORTH_MEASURING:
            parts.append(f"{said_time(metrics.queued)} spent waiting for one")
    if metrics.saved >= _WORTH_MEASURING:
        parts.append(f"{said_time(metrics.saved)} saved by reuse")
    return "; ".join(parts)

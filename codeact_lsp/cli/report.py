"""A run as people want to see it: live on a terminal, plain lines in a pipe."""

from pathlib import Path
from types import TracebackType
from typing import Self

from rich.status import Status
from rich.text import Text

from codeact_lsp.cli.carets import Carets, place
from codeact_lsp.cli.console import console
from codeact_lsp.engine import events
from codeact_lsp.engine.errors import CodeError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Span

_MARKS = {"ran": ("✓", "green"), "reused": ("≡", "cyan"), "failed": ("✗", "bold red")}


class Report:
    """Prints events of one run; use it as a context manager."""

    def __init__(self, job: Job, path: Path) -> None:
        self._job = job
        self._path = path
        self._console = console()
        self._running: dict[str, None] = {}
        self._results: dict[str, Result] = {}
        # One failing line of the module fails every node that needs it; once is enough.
        self._told: set[tuple[str, Span]] = set()
        self._spinner: Status = self._console.status("")

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._spinner.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._spinner.stop()

    def tell(self, event: events.Event) -> None:
        """Report one event."""
        match event:
            case events.NodeStarted(node=node):
                self._running[node] = None
            case events.NodeOutput(node=node, text=text):
                for line in text.splitlines():
                    self._line("  ", "dim", f"{node} │ {line}")
            case events.NodeSucceeded(node=node, result=result):
                wall = f"{result.usage.wall * 1000:,.0f} ms"
                self._ended(node, "ran", f"{result.preview.line}  ({wall})", result)
            case events.NodeCached(node=node, result=result, why=why):
                self._ended(node, "reused", f"{result.preview.line}  (reused: {why})", result)
            case events.NodeFailed():
                self._failed(event)
            case events.NodeBlocked(node=node, by=by):
                self._line("–", "yellow", f"{node}  not run: needs {', '.join(by)}")
            case events.NodeCancelled(node=node):
                self._line("–", "yellow", f"{node}  cancelled")
            case events.RunFinished():
                self._finished(event)
            case _:
                pass
        self._spinner.update(Text(f"running {', '.join(self._running)}" if self._running else ""))

    def _failed(self, event: events.NodeFailed) -> None:
        error = event.error
        self._ended(event.node, "failed", error.headline)
        if (error.headline, error.span) not in self._told:
            self.failure(error)
        self._told.add((error.headline, error.span))

    def failure(self, error: CodeError) -> None:
        """Show a failure: where, with which values, and where the bad value came from."""
        source, file = self._job.plan.source, str(self._path)
        culprit = error.focus or error.span
        self._console.print(Text(f"  {place(source, culprit, file)}", style="dim"))
        self._console.print(Carets(source, culprit))
        for value in error.values:
            self._console.print(Text(f"    {value.text} = {value.value}"))
        for note in error.notes:
            self._console.print(Text(f"    note: {note}"))
        for linked in error.linked:
            self._console.print(Text(f"    {linked.how}: {linked.headline}"))
        if error.blame:
            where = place(source, error.blame.span, file)
            self._console.print(Text(f"  {error.blame.message}\n  {where}"))
            self._console.print(Carets(source, error.blame.span, "yellow", most_lines=1))

    def _ended(self, node: str, how: str, text: str, result: Result | None = None) -> None:
        self._running.pop(node, None)
        if result:
            self._results[node] = result
        mark, style = _MARKS[how]
        self._line(mark, style, f"{node}  {text}")

    def _line(self, mark: str, style: str, text: str) -> None:
        self._console.print(Text(f"{mark} ", style=style).append(text, style="default"))

    def _finished(self, event: events.RunFinished) -> None:
        for name in self._job.targets:
            if name in self._results and not self._job.plan.graph.dependents(name):
                self._console.print(Text(f"\n{name}:", style="bold"))
                self._console.print(Text(self._results[name].preview.text))
        names = {"ran": "ran", "cached": "reused"}
        counts = [f"{count} {names.get(how, how)}" for how, count in sorted(event.counts.items())]
        summary = ", ".join(counts) or "the plan has no nodes"
        self._console.print(f"\n{event.status}: {summary}, {event.seconds:.2f} s")

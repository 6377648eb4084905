"""The steps of `plan` and `agent` as people want to see them, live or from a tape."""

from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text

from codeact_lsp.cli.console import console
from codeact_lsp.cli.report import Report
from codeact_lsp.engine import events
from codeact_lsp.plan import Plan
from codeact_lsp.plan.visible import visible
from codeact_lsp.tape.replay import job_of
from codeact_lsp.tape.steps import (
    Answered,
    Asked,
    Begun,
    Checked,
    Ended,
    Happened,
    Revised,
    Started,
    Step,
    Stuck,
    Tried,
)


class Narrator:
    """Prints steps as they come; use it as a context manager.

    Args:
        begun: The first step, where it was told of before.
        text: The plan's text as it is then.
        out: Where to print; None is standard output.
    """

    def __init__(
        self, begun: Begun | None = None, text: str = "", out: Console | None = None
    ) -> None:
        self._out = out or console()
        self._begun = begun
        self._plan = Plan.from_text(text)
        self._report: Report | None = None
        self._problem = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_report()

    def tell(self, step: Step) -> None:
        """Print a step."""
        match step:
            case Begun():
                self._begun = step
            case Revised(text=text):
                self._revised(step)
                self._plan = Plan.from_text(text)
            case Started():
                self._started(step)
            case Happened(event=event):
                self._happened(event)
            case Ended():
                self._end_report()
                self._ended(step)
            case _:
                self._asked_or_tried(step)

    def _asked_or_tried(self, step: Step) -> None:
        match step:
            case Asked(purpose=purpose, node=node):
                what = f"a repair of '{node}'" if purpose == "repair" else "a plan"
                self._print(f"… asking {self._model} for {what}", "dim")
            case Answered(problem=problem) if problem:
                self._problem = problem
                self._print(f"! {problem}", "yellow")
            case Checked(problems=problems):
                for problem in problems:
                    self._print(f"  sent back: {problem}", "yellow")
            case Tried(worked=worked, title=title, why=why):
                if worked or why:
                    self._print(f"  {'works' if worked else 'no use'}: {title or why}", "dim")
            case _:
                pass

    def _revised(self, step: Revised) -> None:
        if step.title:
            self._print(f"→ {step.title}", "green")

    def _started(self, step: Started) -> None:
        self._end_report()
        begun = self._begun
        file, shown = (Path(begun.file), Path(begun.shown)) if begun else (Path(), Path())
        self._report = Report(job_of(self._plan, file, step), shown, self._out)
        self._report.__enter__()

    def _happened(self, event: events.Event) -> None:
        if self._report:
            self._report.tell(event)
        if isinstance(event, events.RunFinished):
            self._end_report()

    def _end_report(self) -> None:
        if self._report:
            self._report.__exit__(None, None, None)
            self._report = None

    def _ended(self, step: Ended) -> None:
        self._out.print()
        style = "green" if step.status == "done" else "bold red"
        # What has just been said of a question need not be said again of the whole.
        is_news = step.message and step.message != self._problem
        self._print(f"{step.status}: {step.message}" if is_news else step.status, style)
        if step.stuck:
            self._stuck(step.stuck)

    def _stuck(self, stuck: Stuck) -> None:
        self._print(f"  {stuck.file}:{stuck.line}:{stuck.column}: '{stuck.node}': {stuck.error}")
        for tried in stuck.tried:
            self._print(f"  tried: {tried}", "dim")

    @property
    def _model(self) -> str:
        return self._begun.model if self._begun and self._begun.model else "the model"

    def _print(self, text: str, style: str = "") -> None:
        for line in text.split("\n"):
            self._out.print(Text(visible(line), style))

"""A failed node as people want to see it: where, with which values, why, and what may mend it."""

from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.text import Text

from codeact_lsp.cli.carets import Carets, place
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.visible import visible

# A tape of others may tell of any depth; what is shown needs no more of a margin.
_DEEPEST = 8


class Failures:
    """Prints the failures of one run of a plan."""

    def __init__(self, plan: Plan, path: Path, out: Console) -> None:
        self._plan = plan
        self._file = str(path)
        self._out = out
        self._told: set[tuple[str, Span]] = set()

    def show_once(self, error: CodeError) -> None:
        """Show a failure, unless it was shown: one line of the module fails all that need it."""
        if (error.headline, error.span) not in self._told:
            self._told.add((error.headline, error.span))
            self.show(error)
            self._point_to_fix(error)

    def show(self, error: CodeError) -> None:
        """Show a failure: its place, its values, and where the bad value came from."""
        source, culprit = self._plan.source, error.focus or error.span
        self._print(f"  {place(source, culprit, self._file)}", "dim")
        self._out.print(Carets(source, culprit))
        self._show_calls(error)
        for value in error.values:
            self._print(f"    {value.text} = {value.value}")
        for note in error.notes:
            self._print(f"    note: {note}")
        self._show_linked(error)
        for blame in error.origins:
            self._print(f"  {blame.message}")
            self._print(f"  {place(source, blame.span, self._file)}")
            self._out.print(Carets(source, blame.span, "yellow", most_lines=1))

    def _show_linked(self, error: CodeError) -> None:
        """What led to it and what it holds, each with the line that raised it."""
        for linked in error.linked:
            margin = "  " * (min(linked.depth, _DEEPEST) + 2)
            self._print(f"{margin}{linked.how}: {linked.headline}")
            if linked.span:
                where = place(self._plan.source, linked.span, self._file)
                self._print(f"{margin}  {where}", "dim")

    def _show_calls(self, error: CodeError) -> None:
        """How the plan's own code came to the line, if by way of another function."""
        for frame, alike in groupby(reversed(error.frames[:-1])):
            where = place(self._plan.source, frame.span, self._file)
            times = len(list(alike))
            often = f", {times} times" if times > 1 else ""
            self._print(f"    called in {frame.function} at {where}{often}", "dim")

    def _point_to_fix(self, error: CodeError) -> None:
        """Say so if there is a repair to try; only `codeact fix` finds out whether it runs."""
        # Rules read code with a library that takes a while to load: only a failure pays for it.
        from codeact_lsp.repair.proposing import proposed  # noqa: PLC0415 - as said.

        if not all(candidate.hides for candidate in proposed(self._plan, error)):
            self._print(f"  codeact fix {self._file} tries repairs of this", "green")

    def _print(self, text: str, style: str = "") -> None:
        for line in text.split("\n"):
            self._out.print(Text(visible(line), style))

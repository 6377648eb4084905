"""Problems as people like to read them: a line, the place with carets, and what belongs to it."""

from collections.abc import Iterable
from pathlib import Path

from rich.text import Text

from codeact_lsp.cli.carets import Carets, place
from codeact_lsp.cli.console import console
from codeact_lsp.plan import Problem, Severity, Source
from codeact_lsp.plan.visible import visible

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.INFORMATION: "cyan",
    Severity.HINT: "dim",
}


def show_problems(source: Source, path: Path, problems: Iterable[Problem]) -> None:
    """Print problems of a plan."""
    out = console()
    for problem in problems:
        style = _STYLES[problem.severity]
        where = place(source, problem.span, str(path))
        message = f": {visible(problem.message)} ({problem.code})"
        out.print(Text.assemble(f"{where}: ", (problem.severity.value, style), message))
        out.print(Carets(source, problem.span, style))
        for related in problem.related:
            where = place(source, related.span, str(path))
            out.print(Text(f"  {where}: {visible(related.message)}", style="dim"))

"""`codeact check`: what is wrong with plans, without running them."""

import argparse
import json
from pathlib import Path

from rich.text import Text

from codeact_lsp.cli.carets import Carets, place
from codeact_lsp.cli.console import console
from codeact_lsp.cli.exits import DONE, PROBLEMS, UsageError
from codeact_lsp.cli.plans import add_json, load_plan
from codeact_lsp.engine import wire
from codeact_lsp.engine.inputs import InputError, read_inputs
from codeact_lsp.plan import Plan, Problem, Severity, check

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFORMATION: "cyan"}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("check", help="report what is wrong with plans; runs nothing")
    parser.add_argument("files", metavar="FILE", nargs="+", help="plans; - reads standard input")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check all files; any error in any of them decides the status."""
    status = DONE
    for name in options.files:
        plan, path = load_plan(name)
        try:
            given = read_inputs(path) if name != "-" else {}
        except InputError as error:
            raise UsageError(str(error)) from error
        problems = check(plan, given)
        if any(problem.severity is Severity.ERROR for problem in problems):
            status = PROBLEMS
        if options.json:
            for problem in problems:
                print(json.dumps(wire.problem(problem, plan.source, name)))
        else:
            show(plan, path, problems)
    return status


def show(plan: Plan, path: Path, problems: list[Problem]) -> None:
    """Print problems with carets, and a line of summary."""
    out = console()
    for problem in problems:
        style = _STYLES[problem.severity]
        where = place(plan.source, problem.span, str(path))
        severity = (problem.severity.value, style)
        out.print(Text.assemble(f"{where}: ", severity, f": {problem.message} ({problem.code})"))
        out.print(Carets(plan.source, problem.span, style))
        for related in problem.related:
            where = place(plan.source, related.span, str(path))
            out.print(Text(f"  {where}: {related.message}", style="dim"))
    out.print(Text(f"{path}: {_summary(plan, problems)}"))


def _summary(plan: Plan, problems: list[Problem]) -> str:
    nodes = f"{len(plan.nodes)} node{'' if len(plan.nodes) == 1 else 's'}"
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if not problems:
        return f"{nodes}, no problems"
    counts = [(errors, "error"), (len(problems) - errors, "remark")]
    said = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count]
    return ", ".join([nodes, *said])

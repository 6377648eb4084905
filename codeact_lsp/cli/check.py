"""`codeact check`: what is wrong with plans, without running them."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from codeact_lsp.cli.exits import DONE, PROBLEMS, USAGE, UsageError, complain
from codeact_lsp.cli.plans import add_json, load_plan
from codeact_lsp.cli.search import find_plans
from codeact_lsp.engine.wire import wire_plan
from codeact_lsp.engine.workspace.configuration import ConfigurationError, read_configuration
from codeact_lsp.engine.workspace.inputs import InputError, read_inputs
from codeact_lsp.engine.workspace.workspace import find_workspace
from codeact_lsp.plan import Plan, Problem, Severity
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules
from codeact_lsp.plan.problems.report import report, told_of_advice
from codeact_lsp.plan.visible import visible
from codeact_lsp.safety import NoAdviceError, advice, import_rules
from codeact_lsp.sandbox.levels import Level

# The enumeration goes from what weighs most to what weighs least.
_LEVELS = [severity.value for severity in Severity]


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("check", help="report what is wrong with plans; runs nothing")
    parser.add_argument("files", metavar="FILE", nargs="+",
                        help="plans, folders of plans, globs; - is standard input")  # fmt: skip
    parser.add_argument("--level", choices=_LEVELS, default=Severity.ERROR.value,
                        help="the least problem that makes the status 2 (%(default)s)")  # fmt: skip
    parser.add_argument("--no-safety", action="store_true",
                        help="do not look for calls and imports that deserve a look")  # fmt: skip
    parser.add_argument("--stdin-filename", metavar="NAME", help="the file that - stands for")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check all files; the worst that befalls any of them decides the status."""
    if options.stdin_filename and "-" not in options.files:
        raise UsageError("--stdin-filename names what - reads, and - is not among the files.")
    checks = _Checks(options)
    checks.check_all(options.files)
    return checks.status


def show(plan: Plan, path: Path, problems: list[Problem]) -> None:
    """Print problems with carets, and a line of summary."""
    if problems:
        from codeact_lsp.cli.findings import show_problems  # noqa: PLC0415 - `rich` is slow to load.

        show_problems(plan.source, path, problems)
    nodes = _count(len(plan.nodes), "node")
    print(f"{visible(str(path))}: {nodes}, {_tally(problem.severity for problem in problems)}")


class _Checks:
    """One call of the command: what it has found so far."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.status = DONE
        self._options = options
        self._serious = _LEVELS[: _LEVELS.index(options.level) + 1]
        self._found: list[Severity] = []
        self._unread = 0
        self._told: set[str] = set()
        # Most plans of a call are of one workspace.
        self._configuration = cache(read_configuration)

    def check_all(self, arguments: Iterable[str]) -> None:
        """Check the files that arguments name. Among several, those without problems are counted.

        A file that cannot be checked does not stop the others.
        """
        names = self._names(arguments)
        for name in names:
            try:
                self._check(name, quiet=len(names) > 1)
            except UsageError as error:
                self._unread += 1
                self._complain(error)
        if len(names) > 1 and not self._options.json:
            unread = f", {self._unread} not checked" if self._unread else ""
            print(f"{_count(len(names), 'file')}: {_tally(self._found)}{unread}")

    def _names(self, arguments: Iterable[str]) -> list[str]:
        """The files that the arguments name, each once, in their order."""
        names: dict[Path, str] = {}
        for argument in arguments:
            try:
                for name in find_plans(argument):
                    names.setdefault(Path(name), name)
            except UsageError as error:
                self._complain(error)
        return list(names.values())

    def _check(self, name: str, *, quiet: bool) -> None:
        called = (self._options.stdin_filename or name) if name == "-" else name
        plan, path = load_plan(name, called)
        problems = self._problems(plan, path, on_disk=called != "-")
        self._found += [problem.severity for problem in problems]
        if any(problem.severity.value in self._serious for problem in problems):
            self.status = max(self.status, PROBLEMS)
        if self._options.json:
            for problem in problems:
                print(json.dumps(wire_plan.problem(problem, plan.source, called)))
        elif problems or not quiet:
            show(plan, path, problems)

    def _problems(self, plan: Plan, path: Path, *, on_disk: bool) -> list[Problem]:
        try:
            given = read_inputs(path) if on_disk else {}
            configuration = self._configuration(find_workspace(path))
            rules, found = self._safety(plan, path, configuration.imports)
        except (InputError, ConfigurationError) as error:
            raise UsageError(str(error)) from error
        problems = report(plan, given, configuration.problems, rules, found)
        problems += told_of_advice(plan, found or (), configuration.problems)
        return sorted(problems, key=lambda problem: (problem.span, problem.code))

    def _safety(
        self, plan: Plan, path: Path, lists: ImportRules
    ) -> tuple[ImportRules, tuple[Problem, ...] | None]:
        """What may be imported, and the advice of a linter; None where it is not asked."""
        if self._options.no_safety and lists == NO_RULES:
            return NO_RULES, None
        from codeact_lsp.engine.permissions.permission import permission  # noqa: PLC0415 - slow to load.

        decision = permission(plan, path.resolve(), find_workspace(path))
        if self._options.no_safety:
            return decision.imports, None
        level = decision.consent.level
        return import_rules(level).tightened(decision.imports), self._advice(plan, level)

    def _advice(self, plan: Plan, level: Level) -> tuple[Problem, ...] | None:
        """What a linter says of a plan; None if it cannot be asked, which is told."""
        try:
            return advice(plan, level)
        except NoAdviceError as error:
            self._tell(UsageError(str(error)))
            return None

    def _complain(self, error: UsageError) -> None:
        """Say what cannot be used."""
        self.status = USAGE
        self._tell(error)

    def _tell(self, error: UsageError) -> None:
        """Say something once, if it is the same for many files."""
        if str(error) not in self._told:
            self._told.add(str(error))
            complain(error)


def _tally(severities: Iterable[Severity]) -> str:
    counts = Counter("error" if each is Severity.ERROR else "remark" for each in severities)
    said = [_count(counts[word], word) for word in ("error", "remark") if counts[word]]
    return ", ".join(said) or "no problems"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

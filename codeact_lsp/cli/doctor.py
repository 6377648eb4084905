"""`codeact doctor`: whether all that a run needs is there, and how to get what is not."""

import argparse
import asyncio
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from codeact_lsp.cli import jobs, plans
from codeact_lsp.cli.doctor_engine import interpreter, store
from codeact_lsp.cli.doctor_finding import Finding, as_json, show
from codeact_lsp.cli.doctor_sandbox import sandbox
from codeact_lsp.cli.exits import DONE, FAILED, UsageError
from codeact_lsp.engine.workspace.configuration import ConfigurationError
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.mechanisms import WithholdError, mechanisms

_OURS = "codeact-lsp"
_NAME = re.compile(r"[\w.-]+")


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("doctor", help="say whether all that a run needs is there")
    parser.add_argument("file", metavar="FILE", nargs="?", help="a plan, to look for its imports")
    parser.add_argument("--interpreter", metavar="PYTHON", help="the Python that runs the nodes")
    plans.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look, and tell; the status is 0 only if all is well, and the default level fully enforced.

    Raises:
        UsageError: The plan, or something that is said of all plans, cannot be used.
    """
    plan, path = Plan.from_text(""), Path("unnamed.plan.py")
    if options.file:
        plan, path = plans.load_plan(options.file)
    try:
        mechanisms()
    except WithholdError as error:
        raise UsageError(str(error)) from error
    found = [*_dependencies(), *asyncio.run(_engine(options, plan, path.resolve()))]
    for finding in found:
        if options.json:
            print(as_json(finding))
        else:
            show(finding)
    return DONE if all(finding.ok for finding in found) else FAILED


def _dependencies() -> Iterator[Finding]:
    """The packages that this one needs."""
    for required in _required():
        name = _NAME.match(required)
        if name is None or "extra ==" in required:
            continue
        try:
            yield Finding(name[0], version(name[0]))
        except PackageNotFoundError:
            yield Finding(name[0], "is not installed", f"python -m pip install '{required}'")


def _required() -> list[str]:
    """What this package says that it needs; nothing where it runs without being installed."""
    try:
        return requires(_OURS) or []
    except PackageNotFoundError:
        return []


async def _engine(options: argparse.Namespace, plan: Plan, path: Path) -> list[Finding]:
    async with jobs.engine_for(options, path) as engine:
        try:
            consent, python = await interpreter(engine, plan, path)
        except ConfigurationError as error:
            raise UsageError(str(error)) from error
        found = [*store(engine), *python]
        if all(finding.ok for finding in python if finding.name == "interpreter"):
            found += await sandbox(engine.interpreter, consent)
        return found

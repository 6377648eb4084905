"""`codeact doctor`: whether all that a run needs is there, and how to get what is not."""

import argparse
import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from rich.text import Text

from codeact_lsp.cli import jobs, plans
from codeact_lsp.cli.console import console
from codeact_lsp.cli.exits import DONE, FAILED
from codeact_lsp.cli.visible import visible
from codeact_lsp.engine import events
from codeact_lsp.engine.job import make_job, select
from codeact_lsp.engine.missing import install_note
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan

_OURS = "codeact-lsp"
_NAME = re.compile(r"[\w.-]+")
_SECONDS = 60.0
_MEGABYTE = 1e6
# It runs as the node of a plan beside the user's, so that it sees what the nodes there see.
_PROBE = '''
import importlib.util, json, os, sys

def probe(modules):
    """Look around.

    Cache: off
    """
    print(json.dumps({
        "version": sys.version.split()[0],
        "fork": hasattr(os, "fork"),
        "missing": [name for name in modules if importlib.util.find_spec(name) is None],
    }))
'''


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was looked at; `remedy` is what to do if it is not well."""

    name: str
    found: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing has to be done."""
        return not self.remedy


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("doctor", help="say whether all that a run needs is there")
    parser.add_argument("file", metavar="FILE", nargs="?", help="a plan, to look for its imports")
    parser.add_argument("--interpreter", metavar="PYTHON", help="the Python that runs the nodes")
    plans.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look, and tell; the status is 0 only if all is well."""
    plan, path = Plan.from_text(""), Path("unnamed.plan.py")
    if options.file:
        plan, path = plans.load_plan(options.file)
    found = [*_dependencies(), *asyncio.run(_engine(options, plan, path.resolve()))]
    for finding in found:
        if options.json:
            print(json.dumps({**asdict(finding), "ok": finding.ok}))
        else:
            _show(finding)
    return DONE if all(finding.ok for finding in found) else FAILED


def _show(finding: Finding) -> None:
    mark, style = ("✓", "green") if finding.ok else ("✗", "bold red")
    text = visible(f"{finding.name}: {finding.found}")
    console().print(Text(f"{mark} ", style).append(text, style="default"))
    if finding.remedy:
        console().print(Text(visible(f"  {finding.remedy}"), "yellow"))


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
        return [*_store(engine), *await _interpreter(engine, plan, path)]


def _store(engine: Engine) -> Iterator[Finding]:
    store = engine.store
    try:
        troubles, size = store.troubles.take(), store.size / _MEGABYTE
    except sqlite3.Error as error:
        remedy = f"Delete {store.folder} to begin anew."
        yield Finding("results", f"{store.folder}: {error}", remedy)
        return
    most = store.most_bytes / _MEGABYTE
    held = f"{store.folder}, {size:,.0f} of at most {most:,.0f} MB"
    yield Finding("results", held, " ".join(troubles))


async def _interpreter(engine: Engine, plan: Plan, path: Path) -> list[Finding]:
    """The Python that runs nodes, seen from a node that it runs."""
    probe = Plan.from_text(_PROBE)
    job = make_job(
        probe,
        path.with_name("codeact-doctor.plan.py"),
        select(probe),
        inputs={"modules": list(plan.imports)},
        timeout=_SECONDS,
        origin="trial",  # Nobody's history should tell of it.
    )
    python = engine.interpreter
    where = f"{python.path} ({python.why})"
    said, failures = "", list[str]()
    async for event in engine.run(job):
        if isinstance(event, events.NodeOutput) and event.stream == "stdout":
            said += event.text
        if isinstance(event, events.NodeFailed):
            failures.append(event.error.headline)
    if failures:
        remedy = "Name another one: codeact doctor --interpreter PYTHON."
        return [Finding("interpreter", f"{where}: {failures[0]}", remedy)]
    seen = json.loads(said)
    return [
        Finding("interpreter", f"{where}, Python {seen['version']}"),
        Finding("processes", "forked" if seen["fork"] else "started anew for each node"),
        *(_missing(module, python.path) for module in seen["missing"]),
    ]


def _missing(module: str, interpreter: Path) -> Finding:
    return Finding(f"import {module}", "not found", install_note(module, interpreter))

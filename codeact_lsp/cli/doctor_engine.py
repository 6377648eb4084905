"""What `codeact doctor` says of the results that are kept, and of the Python that runs nodes."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from codeact_lsp.cli.doctor_finding import Finding
from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.failures.missing import install_note
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.permissions.consent import Consent
from codeact_lsp.engine.permissions.permission import permission
from codeact_lsp.engine.permissions.usable import fault_with
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.engine.store import SCARCE, room
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.engine.workspace.workspace import find_workspace
from codeact_lsp.plan import Plan

_SECONDS = 60.0
_SCARCE = (
    "There is little room on it, and a large value may not fit: free some, remove results with "
    "'codeact cache clear', or name another folder in CODEACT_CACHE_DIR."
)
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


def store(engine: Engine) -> Iterator[Finding]:
    """Whether results can be kept."""
    results = engine.store
    try:
        troubles, size = results.troubles.take(), results.size
    except sqlite3.Error as error:
        remedy = f"Delete {results.folder} to begin anew."
        yield Finding("results", f"{results.folder}: {error}", remedy)
        return
    free = room(results.folder)
    held = f"{results.folder}, {said_size(size)} of at most {said_size(results.most_bytes)}"
    found = f"{held}, {said_size(free)} free on its disk"
    if not troubles and free < SCARCE:
        yield Finding("results", found, _SCARCE, needed=False)
    else:
        yield Finding("results", found, " ".join(troubles))


async def interpreter(engine: Engine, plan: Plan, path: Path) -> tuple[Consent, list[Finding]]:
    """The Python that runs nodes, seen from a node that it runs; and what the user allows that.

    Raises:
        ConfigurationError: What the user or the workspace allows cannot be read.
    """
    probe, file = Plan.from_text(_PROBE), path.with_name("codeact-doctor.plan.py")
    decision = permission(probe, file, find_workspace(file))
    job = make_job(
        probe,
        file,
        select(probe),
        policies=decision.policies,
        minimum_tier=decision.minimum_tier,
        inputs={"modules": list(plan.imports)},
        timeout=_SECONDS,
        origin="trial",  # Nobody's history should tell of it.
    )
    said, failure = await _ran(engine, job)
    return decision.consent, list(_findings(engine.interpreter, said, failure))


async def _ran(engine: Engine, job: Job) -> tuple[str, str]:
    """What the probe wrote, and why it failed; empty if it did not."""
    said, failure = "", ""
    async for event in engine.run(job):
        if isinstance(event, events.NodeOutput) and event.stream == "stdout":
            said += event.text
        if isinstance(event, events.NodeFailed):
            failure = event.error.headline
    return said, failure


def _findings(python: Interpreter, said: str, failure: str) -> Iterator[Finding]:
    where = f"{python.path} ({python.why})"
    if not said and not failure:
        failure = fault_with(python) or ""
    # Where it wrote what it saw, only the value could not be stored; that is told of the results.
    if failure and not said:
        remedy = "Name another one: codeact doctor --interpreter PYTHON."
        yield Finding("interpreter", f"{where}: {failure}", remedy)
        return
    if not said:  # No node runs here. Why, and what would help, is told of the sandbox.
        yield Finding("interpreter", where)
        return
    seen = json.loads(said)
    yield Finding("interpreter", f"{where}, Python {seen['version']}")
    yield Finding("processes", "forked" if seen["fork"] else "started anew for each node")
    yield from (_missing(module, python.path) for module in seen["missing"])


def _missing(module: str, interpreter: Path) -> Finding:
    return Finding(f"import {module}", "not found", install_note(module, interpreter))

"""The first node of a fresh server, against the import of what it needs and nothing else."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import codeact_lsp
from benchmarks.client import NoAnswerError
from benchmarks.confining import contenders as who
from benchmarks.running.answers import Driven, Figures
from benchmarks.running.contenders import Contender
from benchmarks.running.our_server import LIMIT_SECONDS, at_level, node_run, opened, started

AT_ONCE = "asked for at once"
OPEN = "of an open plan"
TRUSTED = "of an open, trusted plan"
CASES = (AT_ONCE, OPEN, TRUSTED)
# As long as somebody looks at a plan that was just opened before it is run.
_OPEN_SECONDS = 3.0
_LEVELS = {who.STRICT: "strict", who.OFF: "off"}


def measure(known: Path, libraries: Sequence[str], times: int) -> list[Driven]:
    """Start servers and plain interpreters, in turns.

    Args:
        known: Where what the machine enforces has been found out.
        libraries: What the plan imports.
        times: How often.
    """
    imports = "".join(f"import {library}\n" for library in libraries)
    found: dict[Contender, dict[str, Figures]] = {
        each: {case: Figures() for case in CASES} for each in (*_LEVELS, who.FRESH)
    }
    for _ in range(times):
        for contender, level in _LEVELS.items():
            for case, figures in found[contender].items():
                _add_server(figures, known, level, imports, case)
        for case, figures in found[who.FRESH].items():
            time.sleep(_rest(case))
            figures.samples.time(_import, imports)
    return [
        Driven(each.name, codeact_lsp.__version__ if each.package else "", "first", cases)
        for each, cases in found.items()
    ]


def _rest(case: str) -> float:
    """How long nothing is done before what is timed: a processor that rested is slower at first."""
    return 0 if case == AT_ONCE else _OPEN_SECONDS


def _add_server(figures: Figures, known: Path, level: str, imports: str, case: str) -> None:
    """From the command to run a node to its end, in a server that has run nothing yet.

    A server starts a worker ahead only for an editor that says that the workspace is trusted.
    """
    text = f"{imports}\n\ndef only() -> int:\n    return 1\n"
    try:
        with started(known, at_level(level)) as (client, workspace):
            client.initialize(LIMIT_SECONDS, options={"trusted": True} if case == TRUSTED else {})
            editor = opened(client, workspace / "one.plan.py", text)
            time.sleep(_rest(case))
            figures.samples.add(node_run(client, editor, "only"))
    except NoAnswerError as error:
        figures.failure = str(error)


def _import(imports: str) -> None:
    subprocess.run([sys.executable, "-c", imports], check=True, stdin=subprocess.DEVNULL)

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

AT_ONCE, OPENED = "asked for at once", "of a plan that is open"
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
        **{each: {AT_ONCE: Figures(), OPENED: Figures()} for each in _LEVELS},
        who.FRESH: {AT_ONCE: Figures()},
    }
    for _ in range(times):
        for contender, level in _LEVELS.items():
            for case, figures in found[contender].items():
                _add_server(figures, known, level, imports, wait=case == OPENED)
        found[who.FRESH][AT_ONCE].samples.time(_import, imports)
    return [
        Driven(each.name, codeact_lsp.__version__ if each.package else "", "first", cases)
        for each, cases in found.items()
    ]


def _add_server(figures: Figures, known: Path, level: str, imports: str, *, wait: bool) -> None:
    """From the command to run a node to its end, in a server that has run nothing yet.

    To `wait` is what an editor does whose user trusts the workspace, and looks at the plan first.
    """
    text = f"{imports}\n\ndef only() -> int:\n    return 1\n"
    try:
        with started(known, at_level(level)) as (client, workspace):
            client.initialize(LIMIT_SECONDS, options={"trusted": True} if wait else {})
            editor = opened(client, workspace / "one.plan.py", text)
            time.sleep(_OPEN_SECONDS if wait else 0)
            figures.samples.add(node_run(client, editor, "only"))
    except NoAnswerError as error:
        figures.failure = str(error)


def _import(imports: str) -> None:
    subprocess.run([sys.executable, "-c", imports], check=True, stdin=subprocess.DEVNULL)

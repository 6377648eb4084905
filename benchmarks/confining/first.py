"""The first node of a fresh server, against the import of what it needs and nothing else."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import codeact_lsp
from benchmarks.client import NoAnswerError
from benchmarks.confining import contenders as who
from benchmarks.running.answers import Driven, Figures
from benchmarks.running.contenders import Contender
from benchmarks.running.our_server import LIMIT_SECONDS, at_level, first_run, started

CASE = "node"
_LEVELS = {who.STRICT: "strict", who.OFF: "off"}


def measure(known: Path, libraries: Sequence[str], times: int) -> list[Driven]:
    """Start servers and plain interpreters, in turns.

    Args:
        known: Where what the machine enforces has been found out.
        libraries: What the plan imports.
        times: How often.
    """
    imports = "".join(f"import {library}\n" for library in libraries)
    found: dict[Contender, Figures] = {each: Figures() for each in (*_LEVELS, who.FRESH)}
    for _ in range(times):
        for contender, level in _LEVELS.items():
            _add_server(found[contender], known, level, imports)
        found[who.FRESH].samples.time(_import, imports)
    return [
        Driven(each.name, codeact_lsp.__version__ if each.package else "", "first", {CASE: figures})
        for each, figures in found.items()
    ]


def _add_server(figures: Figures, known: Path, level: str, imports: str) -> None:
    """From the command to run a node to its end, in a server that has run nothing yet."""
    text = f"{imports}\n\ndef only() -> int:\n    return 1\n"
    try:
        with started(known, at_level(level)) as (client, workspace):
            client.initialize(LIMIT_SECONDS)
            asked, end = first_run(client, workspace / "one.plan.py", text, "only")
            figures.samples.add(end - asked)
    except NoAnswerError as error:
        figures.failure = str(error)


def _import(imports: str) -> None:
    subprocess.run([sys.executable, "-c", imports], check=True, stdin=subprocess.DEVNULL)

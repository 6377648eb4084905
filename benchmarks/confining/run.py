"""One run: how much of what is measured, in which order."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.command import Tell
from benchmarks.confining import contenders as who
from benchmarks.confining import ends, first
from benchmarks.confining.contenders import TASKS
from benchmarks.confining.results import Results
from benchmarks.running.contenders import install
from benchmarks.running.sessions import Session

LIBRARIES = ("numpy", "pandas")
KINDS = ("array", "frame")
SELF_TEST, KEPT = "self-test", "kept"


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    Attributes:
        nodes: Nodes, each after the other.
        starts: Fresh interpreters, and fresh servers.
        megabytes: Of a value that is handed on.
        ends: How often nodes are ended in each way.
        transferred: Megabytes through the proxy.
        rounds: Of all this, so that the machine's noise meets all.
    """

    nodes: int
    starts: int
    megabytes: int
    ends: int
    transferred: int
    rounds: int


FULL = Effort(nodes=1_000, starts=5, megabytes=500, ends=5, transferred=500, rounds=2)
QUICK = Effort(nodes=100, starts=2, megabytes=100, ends=1, transferred=100, rounds=1)


def run(effort: Effort, tell: Tell) -> Results:
    """Measure everything; `tell` is told what comes next."""
    results = Results(machine.describe(), effort.nodes, effort.megabytes, effort.transferred)
    wanted = {each for task in TASKS.values() for each in task}
    ready, results.absent = install(sorted(wanted, key=lambda each: each.name))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        session = Session(results, ready, Path(name), tell)
        for number in range(effort.rounds):
            _round(session, effort, _known(session, number))
    results.load_after = os.getloadavg()
    return results


def _known(session: Session, number: int) -> Path:
    """A folder of results in which what the machine enforces was found out, and is known."""
    (folder := session.folder / f"known_{number}").mkdir()
    for case in (SELF_TEST, KEPT):
        session.one(who.STRICT, "proof", {"case": case}, folder)
    return folder


def _round(session: Session, effort: Effort, known: Path) -> None:
    isolated = {"forks": effort.nodes, "starts": effort.starts, "libraries": LIBRARIES}
    session.all(TASKS["isolated"], "isolated", isolated, known)
    session.tell("first")
    for driven in first.measure(known, LIBRARIES, effort.starts):
        session.results.take(driven)
    for kind in KINDS:
        handed_on = {"kind": kind, "megabytes": effort.megabytes}
        session.all(TASKS["passing"], "passing", handed_on, known)
    session.tell("ends")
    for driven in ends.measure(known, effort.ends):
        session.results.take(driven)
    transfer = {"megabytes": effort.transferred, "times": effort.starts}
    session.all(TASKS["transfer"], "transfer", transfer, known)

"""One run: how much of what is measured, of whom, in which order."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.command import Tell
from benchmarks.peers.shapes import EDITS, SHAPES
from benchmarks.peers.tasks import WORKERS
from benchmarks.running import contenders as who
from benchmarks.running import serving
from benchmarks.running.contenders import Contender
from benchmarks.running.results import Results
from benchmarks.running.sessions import Session, share_proof

FIRST = "first"
_RESTS = (1.0, 1.0)
_BURNS = (0.5,) * 8
KINDS = ("array", "frame")


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    Attributes:
        nodes: Of the graphs whose nodes are counted one by one.
        rerun_nodes: Of the plan that is run again after edits.
        rounds: Of everything, so that the machine's noise meets all.
        megabytes: Of a value that is handed on.
        server: Of the server.
        kinds: Of values that are handed on.
        seldom: Contenders of the overhead alone, for the time that they take to start.
    """

    nodes: int
    rerun_nodes: int
    rounds: int
    megabytes: int
    server: serving.Effort
    kinds: tuple[str, ...] = KINDS
    seldom: tuple[Contender, ...] = ()


FULL = Effort(
    nodes=1_000,
    rerun_nodes=1_000,
    rounds=2,
    megabytes=500,
    server=serving.Effort(nodes=1_000, times=5, rounds=100),
)
QUICK = Effort(
    nodes=50,
    rerun_nodes=120,
    rounds=1,
    megabytes=100,
    server=serving.Effort(nodes=50, times=1, rounds=20),
    kinds=KINDS[:1],
    seldom=(who.RAY,),
)

TASKS: dict[str, tuple[Contender, ...]] = {
    "overhead": (
        who.CALLS,
        who.OURS,
        who.APART,
        who.KNOWN,
        who.POOL,
        who.LOKY,
        who.THREADS,
        who.DISTRIBUTED,
        who.HAMILTON,
        who.CACHED,
        who.RAY,
    ),
    "rerun": (who.PROCESS, who.COMMAND, who.WARM, who.CACHED, who.MEMORY),
    "together": (who.OURS, who.POOL, who.LOKY, who.DISTRIBUTED, who.HAMILTON, who.RAY),
    "passing": (who.OURS, who.LOKY, who.MEMMAP, who.DISTRIBUTED, who.RAY),
}


def run(effort: Effort, peers: Sequence[str], tell: Tell) -> Results:
    """Measure everything; `tell` is told what comes next."""
    results = Results(
        machine.describe(),
        {"overhead": effort.nodes, "rerun": effort.rerun_nodes, "server": effort.server.nodes},
        effort.megabytes,
        _BURNS,
        WORKERS,
    )
    tell("installing the peers")
    wanted = {
        each for task in TASKS.values() for each in task if each.environment in {None, *peers}
    }
    ready, results.absent = who.install(sorted(wanted, key=lambda each: each.name))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        session = Session(results, ready, folder, tell)
        (known := folder / "known").mkdir()
        # What comes of it is measured with the sandbox.
        session.one(who.OURS, "proof", {"case": "self-test"}, known)
        for number in range(effort.rounds):
            _round(session, effort, known, number)
        results.served = serving.measure(effort.server, tell, known)
    results.load_after = os.getloadavg()
    return results


def _round(session: Session, effort: Effort, known: Path, number: int) -> None:
    shapes = {"nodes": effort.nodes, "repeats": 1, "shapes": SHAPES}
    session.all(TASKS["overhead"], "overhead", shapes, known)
    _reruns(session, effort, known, number)
    often = {
        task: [each for each in TASKS[task] if each not in effort.seldom]
        for task in ("together", "passing")
    }
    session.all(often["together"], "together", {"rest": _RESTS, "burn": _BURNS}, known)
    for kind in effort.kinds:
        handed_on = {"kind": kind, "megabytes": effort.megabytes}
        session.all(often["passing"], "passing", handed_on, known)


def _reruns(session: Session, effort: Effort, known: Path, number: int) -> None:
    """Runs after edits; those of our own engine share one store, which the first of them fills."""
    for place, contender in enumerate(TASKS["rerun"]):
        folder = session.folder / f"rerun_{number}_{contender.environment}"
        settings = {
            "nodes": effort.rerun_nodes,
            # Not where the results lie: nodes are shown all of their workspace.
            "folder": str(folder / "workspace"),
            "number": 2 + number * len(TASKS["rerun"]) + place,
        }
        if not folder.exists():
            (folder / "workspace").mkdir(parents=True)
            share_proof(known, folder)
            first = {**settings, "case": FIRST, "edit": EDITS[0]}
            session.one(contender, "rerun", first, folder)
        for edit in EDITS[:1] if contender is who.WARM else EDITS:
            session.one(contender, "rerun", {**settings, "case": edit, "edit": edit}, folder)

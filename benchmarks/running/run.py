"""One run: how much of what is measured, of whom, in which order."""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.peers.shapes import EDITS, SHAPES
from benchmarks.peers.tasks import WORKERS
from benchmarks.running import contenders as who
from benchmarks.running import serving
from benchmarks.running.contenders import Contender, Ready
from benchmarks.running.drives import drive
from benchmarks.running.results import Results

FIRST = "first"
_LIMIT_SECONDS = 240.0
_RESTS = (1.0, 1.0)
_BURNS = (0.5,) * 8
_LIBRARIES = ("numpy", "pandas")
KINDS = ("array", "frame")
_Tell = Callable[[str], None]


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    Attributes:
        nodes: Of the graphs whose nodes are counted one by one.
        rerun_nodes: Of the plan that is run again after edits.
        rounds: Of everything, so that the machine's noise meets all.
        forks: Single nodes, each after the other.
        megabytes: Of a value that is handed on.
        server: Of the server.
        kinds: Of values that are handed on.
        seldom: Contenders of the overhead alone, for the time that they take to start.
    """

    nodes: int
    rerun_nodes: int
    rounds: int
    forks: int
    megabytes: int
    server: serving.Effort
    kinds: tuple[str, ...] = KINDS
    seldom: tuple[Contender, ...] = ()


FULL = Effort(
    nodes=1_000,
    rerun_nodes=1_000,
    rounds=2,
    forks=200,
    megabytes=500,
    server=serving.Effort(nodes=1_000, times=5, rounds=100),
)
QUICK = Effort(
    nodes=50,
    rerun_nodes=120,
    rounds=1,
    forks=30,
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
        who.POOL,
        who.LOKY,
        who.THREADS,
        who.DISTRIBUTED,
        who.HAMILTON,
        who.CACHED,
        who.RAY,
    ),
    "isolated": (who.FORKS, who.OURS),
    "rerun": (who.PROCESS, who.COMMAND, who.WARM, who.CACHED, who.MEMORY),
    "together": (who.OURS, who.POOL, who.LOKY, who.DISTRIBUTED, who.HAMILTON, who.RAY),
    "passing": (who.OURS, who.LOKY, who.MEMMAP, who.DISTRIBUTED, who.RAY),
}


def run(effort: Effort, peers: Sequence[str], tell: _Tell) -> Results:
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
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        session = _Session(results, ready, Path(folder), effort.seldom, tell)
        for number in range(effort.rounds):
            _round(session, effort, number)
    results.served = serving.measure(effort.server, tell)
    results.load_after = os.getloadavg()
    return results


@dataclass(frozen=True)
class _Session:
    results: Results
    ready: Sequence[Ready]
    folder: Path
    seldom: Sequence[Contender]
    tell: _Tell

    def all(self, task: str, settings: dict[str, Any]) -> None:
        """Have all that take part in a task do it, each in a place of its own for what it keeps."""
        for contender in TASKS[task]:
            if task != "overhead" and contender in self.seldom:
                continue
            with tempfile.TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True) as folder:
                self.one(contender, task, settings, Path(folder))

    def one(self, contender: Contender, task: str, settings: dict[str, Any], folder: Path) -> None:
        """Have one contender do a task, if it is here."""
        for ready in self.ready:
            if ready.contender == contender:
                self.tell(f"{task}: {contender.name}")
                self.results.take(drive(ready, task, settings, folder, _LIMIT_SECONDS))


def _round(session: _Session, effort: Effort, number: int) -> None:
    shapes = {"nodes": effort.nodes, "repeats": 1, "shapes": SHAPES}
    session.all("overhead", shapes)
    session.all("isolated", {"forks": effort.forks, "libraries": _LIBRARIES})
    _reruns(session, effort, number)
    session.all("together", {"rest": _RESTS, "burn": _BURNS})
    for kind in effort.kinds:
        session.all("passing", {"kind": kind, "megabytes": effort.megabytes})


def _reruns(session: _Session, effort: Effort, number: int) -> None:
    """Runs after edits; those of our own engine share one store, which the first of them fills."""
    for place, contender in enumerate(TASKS["rerun"]):
        folder = session.folder / f"rerun_{number}_{contender.environment}"
        settings = {
            "nodes": effort.rerun_nodes,
            "folder": str(folder),
            "number": 2 + number * len(TASKS["rerun"]) + place,
        }
        if not folder.exists():
            folder.mkdir()
            first = {**settings, "case": FIRST, "edit": EDITS[0]}
            session.one(contender, "rerun", first, folder)
        for edit in EDITS[:1] if contender is who.WARM else EDITS:
            session.one(contender, "rerun", {**settings, "case": edit, "edit": edit}, folder)

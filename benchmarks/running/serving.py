"""Our server as an editor meets it when it runs things."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.client import Client, NoAnswerError
from benchmarks.command import Tell
from benchmarks.corpus import plan_text
from benchmarks.editor import Editor, Position
from benchmarks.edits import Edit, Typist
from benchmarks.running.footprint import shared_out_mb
from benchmarks.running.our_server import (
    LIMIT_SECONDS,
    command,
    done,
    first_run,
    opened,
    serving,
    started,
)
from benchmarks.samples import Samples
from benchmarks.visit import REQUESTS, places

_ONE = "def only() -> int:\n    return 1\n"
_SPINNING = (
    "\n\ndef spinning() -> int:\n    print('spins', flush=True)\n    while True:\n        pass\n"
)


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    Attributes:
        nodes: Of the plan that is open.
        times: Starts.
        rounds: Of an edit and requests after it.
    """

    nodes: int
    times: int
    rounds: int


@dataclass
class Served:
    """What was measured of the server; times in milliseconds, memory of all its processes.

    Attributes:
        first_run: From starting the server to the end of its first run, of one node.
        idle: Edits and requests while nothing runs, and `spinning` while a node spins.
        failures: Why there is not more of it, by part.
    """

    start: Samples = field(default_factory=Samples)
    first_run: Samples = field(default_factory=Samples)
    open_mb: float = math.nan
    run_mb: float = math.nan
    idle: Samples = field(default_factory=Samples)
    spinning: Samples = field(default_factory=Samples)
    failures: dict[str, str] = field(default_factory=dict)


_Part = Callable[[Served, Effort, Path], None]


def measure(effort: Effort, tell: Tell, known: Path) -> Served:
    """Measure all of it.

    Args:
        effort: How much.
        tell: Told what comes next.
        known: Where what the machine enforces has been found out.
    """
    served = Served()
    parts: dict[str, _Part] = {"start": _starts, "memory": _memory, "latency": _latency}
    for name, part in parts.items():
        tell(f"server: {name}")
        try:
            part(served, effort, known)
        except NoAnswerError as error:
            served.failures[name] = str(error)
    return served


def _starts(served: Served, effort: Effort, known: Path) -> None:
    for _ in range(effort.times):
        begin = time.perf_counter()
        with started(known) as (client, workspace):
            served.start.add(client.initialize(LIMIT_SECONDS).at - begin)
            end = first_run(client, workspace / "one.plan.py", _ONE, "only")
            served.first_run.add(end - begin)


def _memory(served: Served, effort: Effort, known: Path) -> None:
    with serving(known) as (client, workspace):
        pid = client.process.pid
        editor = opened(client, workspace / "large.plan.py", plan_text(effort.nodes))
        served.open_mb = shared_out_mb(pid)
        done(client, command(client, "runPlan", uri=editor.uri))
        served.run_mb = shared_out_mb(pid)


def _latency(served: Served, effort: Effort, known: Path) -> None:
    with serving(known) as (client, workspace):
        _spin(served, client, workspace / "spinning.plan.py", effort)


def _spin(served: Served, client: Client, path: Path, effort: Effort) -> None:
    text = plan_text(effort.nodes)
    steps = list(_steps(text, effort.rounds))
    editor = opened(client, path, text + _SPINNING)
    for step in steps:
        _round(editor, step, served.idle)
    run = command(client, "runNode", uri=editor.uri, node="spinning")
    client.event("NodeOutput", LIMIT_SECONDS)
    for step in steps:
        _round(editor, step, served.spinning)
    command(client, "cancel", uri=editor.uri)
    status = client.answer(run.number, LIMIT_SECONDS).message["result"]["status"]
    if status != "cancelled":
        raise NoAnswerError(f"the node that was to spin has {status}")


def _steps(text: str, rounds: int) -> Iterator[tuple[Edit, Position]]:
    typist, where = Typist(text), places(text)
    random = Random(rounds)  # noqa: S311 - has to repeat itself.
    for _ in range(rounds):
        yield typist.any(), random.choice(where)


def _round(editor: Editor, step: tuple[Edit, Position], samples: Samples) -> None:
    """An edit and its diagnostics, the edit taken back, and what an editor asks then."""
    edit, place = step
    for each in (edit, edit.undone):
        begin = editor.change(each)
        samples.add(editor.diagnostics(begin).at - begin)
    for method, capability in REQUESTS.values():
        whole = capability == "documentSymbolProvider"
        sent = editor.ask(method, None if whole else place)
        samples.add(editor.answer(sent).at - sent.at)

"""Our server as an editor meets it when it runs things."""

import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.client import Client, NoAnswerError, Reply
from benchmarks.corpus import plan_text
from benchmarks.editor import Editor, Position
from benchmarks.edits import Edit, Typist
from benchmarks.running import ends
from benchmarks.running.footprint import shared_out_mb
from benchmarks.samples import Samples
from benchmarks.visit import REQUESTS, places

_COMMAND = (sys.executable, "-m", "codeact_lsp", "serve")
_LIMIT_SECONDS = 180.0
_ONE = "def only() -> int:\n    return 1\n"
_SPINNING = (
    "\n\ndef spinning() -> int:\n    print('spins', flush=True)\n    while True:\n        pass\n"
)


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    Attributes:
        nodes: Of the plan that is open.
        times: Starts, kills and cancels.
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
        cancelled: Until the last process is gone, and `told` until the run says that it ended.
        failures: Why there is not more of it, by part.
    """

    start: Samples = field(default_factory=Samples)
    first_run: Samples = field(default_factory=Samples)
    open_mb: float = math.nan
    run_mb: float = math.nan
    idle: Samples = field(default_factory=Samples)
    spinning: Samples = field(default_factory=Samples)
    killed: Samples = field(default_factory=Samples)
    killed_deaf: Samples = field(default_factory=Samples)
    cancelled: Samples = field(default_factory=Samples)
    told: Samples = field(default_factory=Samples)
    failures: dict[str, str] = field(default_factory=dict)


def measure(effort: Effort, tell: Callable[[str], None]) -> Served:
    """Measure all of it; `tell` is told what comes next."""
    served = Served()
    parts = {"start": _starts, "memory": _memory, "latency": _latency, "ends": _ends}
    for name, part in parts.items():
        tell(f"server: {name}")
        try:
            part(served, effort)
        except NoAnswerError as error:
            served.failures[name] = str(error)
    return served


def _starts(served: Served, effort: Effort) -> None:
    for _ in range(effort.times):
        _start(served)


def _start(served: Served) -> None:
    begin = time.perf_counter()
    with _started() as (client, folder):
        served.start.add(client.initialize(_LIMIT_SECONDS).at - begin)
        editor = _opened(client, folder / "one.plan.py", _ONE)
        run = _command(client, "runNode", uri=editor.uri, node="only")
        served.first_run.add(_done(client, run).at - begin)


def _memory(served: Served, effort: Effort) -> None:
    with _server() as (client, folder):
        pid = client.process.pid
        editor = _opened(client, folder / "large.plan.py", plan_text(effort.nodes))
        served.open_mb = shared_out_mb(pid)
        _done(client, _command(client, "runPlan", uri=editor.uri))
        served.run_mb = shared_out_mb(pid)


def _latency(served: Served, effort: Effort) -> None:
    with _server() as (client, folder):
        _spin(served, client, folder / "spinning.plan.py", effort)


def _spin(served: Served, client: Client, path: Path, effort: Effort) -> None:
    text = plan_text(effort.nodes)
    steps = list(_steps(text, effort.rounds))
    editor = _opened(client, path, text + _SPINNING)
    for step in steps:
        _round(editor, step, served.idle)
    run = _command(client, "runNode", uri=editor.uri, node="spinning")
    client.event("NodeOutput", _LIMIT_SECONDS)
    for step in steps:
        _round(editor, step, served.spinning)
    _command(client, "cancel", uri=editor.uri)
    status = client.answer(run, _LIMIT_SECONDS).message["result"]["status"]
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


def _ends(served: Served, effort: Effort) -> None:
    with _server() as (client, folder):
        editor = _opened(client, folder / "ends.plan.py", ends.PLAN)
        for _ in range(effort.times):
            served.killed.add(ends.killed(client, editor, "spinning"))
            served.killed_deaf.add(ends.killed(client, editor, "deaf"))
            gone, told = ends.cancelled(client, editor)
            served.cancelled.add(gone)
            served.told.add(told)


@contextmanager
def _server() -> Iterator[tuple[Client, Path]]:
    """A server that has answered, for a client that asked for the events of runs."""
    with _started() as (client, folder):
        client.initialize(_LIMIT_SECONDS, experimental={"codeact": {"events": True}})
        yield client, folder


@contextmanager
def _started() -> Iterator[tuple[Client, Path]]:
    with TemporaryDirectory() as folder:
        client = Client(_COMMAND, Path(folder))
        try:
            yield client, Path(folder)
        finally:
            client.close()


def _opened(client: Client, path: Path, text: str) -> Editor:
    path.write_text(text, encoding="utf-8")
    editor = Editor(client, _LIMIT_SECONDS)
    editor.diagnostics(editor.open(path.as_uri(), text))
    return editor


def _command(client: Client, name: str, **argument: str) -> int:
    params = {"command": f"codeact.{name}", "arguments": [argument]}
    return client.request("workspace/executeCommand", params).number


def _done(client: Client, run: int) -> Reply:
    """The answer of a run that ended well.

    Raises:
        NoAnswerError: It did not.
    """
    reply = client.answer(run, _LIMIT_SECONDS)
    result = reply.message["result"]
    if result["status"] != "done":
        raise NoAnswerError(f"a run ended as {result['status']}: {result.get('message', '')}")
    return reply

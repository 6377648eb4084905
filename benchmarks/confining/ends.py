"""How soon all processes of a node are gone once they have to be."""

import fcntl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import codeact_lsp
from benchmarks.client import Client, NoAnswerError
from benchmarks.confining import contenders as who
from benchmarks.editor import Editor
from benchmarks.running.answers import Driven, Figures
from benchmarks.running.our_server import LIMIT_SECONDS, at_level, command, opened, serving

TREE = 10
LEVELS = {who.STRICT: ("strict", 0), who.STANDARD: ("standard", TREE)}
"""The level, and how many processes a node starts, in sessions of their own and deaf to signals."""
SPINNING, DEAF, CANCELLED = "a limit, Python spins", "a limit, deaf to signals", "a cancel"
CASES = (SPINNING, DEAF, CANCELLED)
_LIMIT = 1
_HELD = "held.txt"
_EVERY_SECONDS = 0.001
_PATIENCE_SECONDS = 60.0
# Each holds a lock, which whatever it has forked holds as well: a node cannot say which processes
# its own are outside of its namespace, but a lock is free when the last one is gone.
_PLAN = '''import fcntl
import os
import signal
import time
from pathlib import Path

HELD = Path(__file__).with_name("{held}")


def spinning() -> int:
    """Python code, which can be asked where it is.

    Timeout: {limit} s
    """
    held = _begun()
    while True:
        pass


def deaf() -> int:
    """A node that no signal reaches but the last.

    Timeout: {limit} s
    """
    _turn_deaf()
    held = _begun()
    while True:
        pass


def endless() -> int:
    """It is for others to end it."""
    held = _begun()
    while True:
        pass


def _begun():
    held = HELD.open()
    fcntl.flock(held, fcntl.LOCK_SH)
    for _ in range({children}):
        if not os.fork():
            os.setsid()
            _turn_deaf()
            while True:
                time.sleep(100)
    print("begun", flush=True)
    return held


def _turn_deaf():
    for number in signal.valid_signals() - {{signal.SIGKILL, signal.SIGSTOP}}:
        signal.signal(number, signal.SIG_IGN)
'''


def measure(known: Path, times: int) -> list[Driven]:
    """End nodes, several times in each way.

    Args:
        known: Where what the machine enforces has been found out.
        times: How often.
    """
    return [
        Driven(each.name, codeact_lsp.__version__, "ends", _ended(known, level, children, times))
        for each, (level, children) in LEVELS.items()
    ]


def _ended(known: Path, level: str, children: int, times: int) -> dict[str, Figures]:
    found = {case: Figures() for case in CASES}
    try:
        with _ending(known, level, children) as ending:
            for _ in range(times):
                # First: then there is a worker when a node with a limit is started.
                found[CANCELLED].samples.add(ending.cancelled())
                found[SPINNING].samples.add(ending.killed("spinning"))
                found[DEAF].samples.add(ending.killed("deaf"))
    except NoAnswerError as error:
        for figures in found.values():
            figures.failure = str(error)
    return found


@dataclass(frozen=True)
class _Ending:
    """A server with the plan open, and the file that its nodes hold."""

    client: Client
    editor: Editor
    held: IO[str]

    def killed(self, node: str) -> float:
        """Seconds from a node's limit until the last of its processes is gone.

        The limit begins once the node's process has its call, which is some milliseconds after the
        run says that it starts the node: these count here.
        """
        run = command(self.client, "runNode", uri=self.editor.uri, node=node)
        begin = float(self._told("NodeStarted")["time"])
        self._told("NodeOutput")
        end = self._gone()
        self.client.answer(run.number, LIMIT_SECONDS)
        return end - begin - _LIMIT

    def cancelled(self) -> float:
        """Seconds from a cancel until the last process is gone."""
        run = command(self.client, "runNode", uri=self.editor.uri, node="endless")
        self._told("NodeOutput")
        begin = time.time()
        command(self.client, "cancel", uri=self.editor.uri)
        end = self._gone()
        self.client.answer(run.number, LIMIT_SECONDS)
        return end - begin

    def _told(self, event: str) -> Mapping[str, Any]:
        params: Mapping[str, Any] = self.client.event(event, _PATIENCE_SECONDS).message["params"]
        return params

    def _gone(self) -> float:
        """When the last process was gone, in seconds of `time`.

        Raises:
            NoAnswerError: One goes on.
        """
        end = time.monotonic() + _PATIENCE_SECONDS
        while _is_locked(self.held):
            if time.monotonic() > end:
                raise NoAnswerError("processes of a node live on")
            time.sleep(_EVERY_SECONDS)
        return time.time()


@contextmanager
def _ending(known: Path, level: str, children: int) -> Iterator[_Ending]:
    text = _PLAN.format(held=_HELD, limit=_LIMIT, children=children)
    with serving(known, at_level(level)) as (client, workspace):
        (workspace / _HELD).write_text("held", encoding="ascii")
        with (workspace / _HELD).open(encoding="ascii") as held:
            yield _Ending(client, opened(client, workspace / "ends.plan.py", text), held)


def _is_locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(file, fcntl.LOCK_UN)
    return False

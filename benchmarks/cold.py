"""Cold start: from starting the process to the response to `initialize`, against a bare server."""

import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.client import Client
from benchmarks.processes import memory_mb, processor_seconds
from benchmarks.samples import Samples

_LIMIT_SECONDS = 60
_OURS = (sys.executable, "-m", "codeact_lsp", "serve")
_BARE = (sys.executable, str(Path(__file__).with_name("bare_server.py")))


@dataclass
class Starts:
    """The starts of one server: time on the wall, time on a processor, memory after them."""

    wall: Samples = field(default_factory=Samples)
    processor: Samples = field(default_factory=Samples)
    memory_mb: float = 0.0


@dataclass
class Cold:
    """The starts of ours and of a bare pygls server."""

    ours: Starts = field(default_factory=Starts)
    bare: Starts = field(default_factory=Starts)


def measure(pairs: int) -> Cold:
    """Start the two in turns, so that the machine's noise meets both.

    Raises:
        NoAnswerError: One of them did not answer.
    """
    cold = Cold()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(pairs):
            _start(_OURS, Path(folder), cold.ours)
            _start(_BARE, Path(folder), cold.bare)
    return cold


def _start(command: tuple[str, ...], folder: Path, starts: Starts) -> None:
    begin = time.perf_counter()
    client = Client(command, folder)
    try:
        reply = client.initialize(_LIMIT_SECONDS)
        pid = client.process.pid
        starts.wall.add(reply.at - begin)
        starts.processor.add(processor_seconds(pid))
        starts.memory_mb = memory_mb(pid)
    finally:
        client.close()

"""The latency of servers over standard input and output, as an editor meets it."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.client import NoAnswerError
from benchmarks.corpus import plan_text
from benchmarks.edits import Typist
from benchmarks.measures import Effort, Latency
from benchmarks.servers import Installed
from benchmarks.visit import REQUESTS, Step, Visit, places


def measure(servers: Sequence[Installed], nodes: int, effort: Effort) -> list[Latency]:
    """Measure the servers in turns, one round each, so that the machine's noise meets them all."""
    text, order = plan_text(nodes), Random(nodes)  # noqa: S311 - has to repeat itself.
    with tempfile.TemporaryDirectory() as name:
        guests = [_Guest(server, Path(name), nodes, effort) for server in servers]
        try:
            for _ in range(effort.starts):
                for guest in guests:
                    guest.start(text)
            for step in _steps(text, effort.rounds):
                # Nobody is always the one after the slowest.
                for guest in order.sample(guests, len(guests)):
                    guest.round(step)
        finally:
            for guest in guests:
                guest.leave()
    return [guest.latency for guest in guests]


def _steps(text: str, rounds: int) -> Iterator[Step]:
    typist, where = Typist(text), places(text)
    random = Random(rounds)  # noqa: S311 - has to repeat itself.
    for _ in range(rounds):
        yield Step(typist.any(), random.choice(where), random.sample(list(REQUESTS), len(REQUESTS)))


class _Guest:
    """A server that takes part until its time is up or it fails."""

    def __init__(self, installed: Installed, folder: Path, nodes: int, effort: Effort) -> None:
        self.latency = Latency(installed.server.name, installed.version, nodes)
        self._installed = installed
        self._folder = folder
        self._effort = effort
        self._visit: Visit | None = None
        self._starts = 0
        self._starting_seconds = 0.0
        self._editing_seconds = 0.0

    def start(self, text: str) -> None:
        """Start the server afresh and open the plan in it."""
        if self.latency.failure is None and self._starting_seconds < self._effort.seconds:
            self.leave()
            self._starting_seconds += self._timed(lambda: self._opened(text))

    def round(self, step: Step) -> None:
        """Let it do one round."""
        visit = self._visit
        if visit and self._editing_seconds < self._effort.seconds:
            self._editing_seconds += self._timed(lambda: visit.round(step))

    def leave(self) -> None:
        """End the server, if it runs."""
        if self._visit:
            self._visit.close()
            self._visit = None

    def _opened(self, text: str) -> None:
        self._starts += 1
        limit = self._effort.limit
        self._visit = Visit(self._installed, self._folder, self.latency, limit)
        self._visit.start()
        path = self._folder / f"{self._installed.server.name}_{self._starts}.plan.py"
        self._visit.open(path, text, symbols_first=self._starts % 2 == 0)

    def _timed(self, work: Callable[[], None]) -> float:
        begin = time.monotonic()
        try:
            work()
        except NoAnswerError as error:
            self.latency.failure = str(error)
            self.leave()
        return time.monotonic() - begin

"""One run: how much of what is measured, in which order."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks import cold, core, latency, machine, measures
from benchmarks.client import NoAnswerError
from benchmarks.environments import UnavailableError
from benchmarks.results import Results
from benchmarks.servers import Installed, Server, install


@dataclass(frozen=True)
class Efforts:
    """How much to measure, by number of nodes."""

    core: dict[int, core.Effort]
    latency: dict[int, measures.Effort]
    starts: int


FULL = Efforts(
    core={
        100: core.Effort(rounds=40, seconds=30, parses=10),
        1_000: core.Effort(rounds=40, seconds=90, parses=10),
        5_000: core.Effort(rounds=20, seconds=120, parses=4),
    },
    latency={
        100: measures.Effort(starts=6, rounds=100, seconds=40, limit=60),
        1_000: measures.Effort(starts=6, rounds=100, seconds=40, limit=60),
        5_000: measures.Effort(starts=2, rounds=40, seconds=45, limit=60),
    },
    starts=15,
)
QUICK = Efforts(
    core={
        100: core.Effort(rounds=10, seconds=4, parses=2),
        1_000: core.Effort(rounds=10, seconds=10, parses=2),
        5_000: core.Effort(rounds=2, seconds=5, parses=0),
    },
    latency={1_000: measures.Effort(starts=1, rounds=15, seconds=5, limit=20)},
    starts=3,
)


def run(efforts: Efforts, servers: Sequence[Server], tell: Callable[[str], None]) -> Results:
    """Measure everything; `tell` is told what comes next."""
    results = Results(machine.describe(), notes=_notes(servers))
    installed = list(_installed(results, servers, tell))
    for nodes, effort in efforts.core.items():
        tell(f"plan core, {nodes:,} nodes")
        results.cores.append(core.measure_apart(nodes, effort))
    tell("cold start")
    try:
        results.cold = cold.measure(efforts.starts)
    except NoAnswerError as error:
        results.absent["cold start"] = str(error)
    for nodes, bounds in efforts.latency.items():
        tell(f"servers, {nodes:,} nodes")
        results.latencies += latency.measure(installed, nodes, bounds)
    results.load_after = os.getloadavg()
    return results


def _installed(
    results: Results, servers: Sequence[Server], tell: Callable[[str], None]
) -> Iterator[Installed]:
    for server in servers:
        tell(f"installing {server.name}")
        try:
            yield install(server)
        except UnavailableError as error:
            results.absent[server.name] = str(error)


def _notes(servers: Sequence[Server]) -> dict[str, str]:
    return {server.name: server.note for server in servers if server.note}

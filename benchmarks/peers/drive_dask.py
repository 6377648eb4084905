"""Dask: its scheduler of threads, and distributed with two processes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import dask
from dask.threaded import get
from distributed import Client

from benchmarks.peers.driving import main
from benchmarks.peers.shapes import Graph, step
from benchmarks.peers.tasks import WORKERS, tasks
from benchmarks.peers.work import consume, large


class _Threads:
    """The scheduler of threads; values are never handed on, all is one process."""

    def graph(self, made: Graph) -> Callable[[], int]:
        """What runs a graph, and gives the value of its last node."""
        table, ends = _table(made, "node")
        return lambda: int(get(table, ends, num_workers=WORKERS)[-1])

    def together(self, work: Callable[[float], Any], each: Sequence[float]) -> Callable[[], Any]:
        """What does the work as many times at once."""
        table = {str(number): (work, seconds) for number, seconds in enumerate(each)}
        return lambda: get(table, list(table), num_workers=WORKERS)

    def handed_on(self, kind: str, megabytes: int) -> Callable[[], tuple[float, float]]:
        """What makes a value and consumes it, in this process."""
        return lambda: consume(large(kind, megabytes))


class _Distributed:
    """A cluster of two processes on this machine."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._workers = list(client.scheduler_info()["workers"])
        self._numbers = count()

    def graph(self, made: Graph) -> Callable[[], int]:
        """What hands over a graph at once, and gives the value of its last node."""
        # By names that are new: it would know the values of others.
        table, ends = _table(made, f"graph {next(self._numbers)}, node")
        return lambda: int(self._client.get(table, ends)[-1])

    def together(self, work: Callable[[float], Any], each: Sequence[float]) -> Callable[[], Any]:
        """What does the work as many times at once."""
        return lambda: self._client.gather(self._client.map(work, each, pure=False))

    def handed_on(self, kind: str, megabytes: int) -> Callable[[], tuple[float, float]]:
        """What makes a value in one worker and consumes it in the other."""
        maker, consumer = self._workers

        def work() -> tuple[float, float]:
            value = self._client.submit(large, kind, megabytes, workers=[maker], pure=False)
            found = self._client.submit(consume, value, workers=[consumer], pure=False).result()
            return float(found[0]), float(found[1])

        return work


def _table(made: Graph, prefix: str) -> tuple[dict[str, Any], list[str]]:
    """A graph as Dask has it, and the names of the nodes that no other one needs."""
    names = [f"{prefix} {number}" for number in range(len(made))]
    table = {
        name: (step, *(names[each] for each in before))
        for name, before in zip(names, made, strict=True)
    }
    used = {names[each] for before in made for each in before}
    return table, [name for name in names if name not in used]


@contextmanager
def _threads() -> Iterator[_Threads]:
    yield _Threads()


@contextmanager
def _distributed() -> Iterator[_Distributed]:
    dask.config.set({"distributed.worker.memory.target": False})  # It is not to spill.
    with Client(
        n_workers=WORKERS, threads_per_worker=1, memory_limit=0, dashboard_address=None
    ) as client:
        yield _Distributed(client)


if __name__ == "__main__":
    main({**tasks("threads", _threads), **tasks("distributed", _distributed)})

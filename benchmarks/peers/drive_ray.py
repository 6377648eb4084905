"""ray on this machine, with two workers."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ray

from benchmarks.peers.driving import main
from benchmarks.peers.shapes import Graph, step
from benchmarks.peers.tasks import WORKERS, tasks
from benchmarks.peers.work import consume, large

_STORE_BYTES = 2_000_000_000


class _Ray:
    """Tasks; what they give is handed on by reference."""

    def graph(self, made: Graph) -> Callable[[], int]:
        """What runs a graph, and gives the value of its last node."""
        task = ray.remote(step)

        def work() -> int:
            references: list[Any] = []
            for before in made:
                references.append(task.remote(*[references[each] for each in before]))
            return int(ray.get(references)[-1])

        return work

    def together(self, work: Callable[[float], Any], each: Sequence[float]) -> Callable[[], Any]:
        """What does the work as many times at once."""
        task = ray.remote(work)
        return lambda: ray.get([task.remote(seconds) for seconds in each])

    def handed_on(self, kind: str, megabytes: int) -> Callable[[], tuple[float, float]]:
        """What makes a value in one task and consumes it in another."""
        # No worker is used twice, so that the two are different processes.
        maker = ray.remote(max_calls=1)(large)
        consumer = ray.remote(max_calls=1)(consume)

        def work() -> tuple[float, float]:
            total, own = ray.get(consumer.remote(maker.remote(kind, megabytes)))
            return float(total), float(own)

        return work


@contextmanager
def _ray() -> Iterator[_Ray]:
    ray.init(
        num_cpus=WORKERS,
        include_dashboard=False,
        object_store_memory=_STORE_BYTES,
        logging_level=logging.ERROR,
        log_to_driver=False,
    )
    try:
        yield _Ray()
    finally:
        ray.shutdown()


if __name__ == "__main__":
    main(tasks("ray", _ray))

"""A graph on an executor of `concurrent.futures`, as one writes it by hand: what is ready runs."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any

from benchmarks.peers.shapes import Graph, step
from benchmarks.peers.work import consume, large


class Pool:
    """An executor with worker processes, as an engine."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def graph(self, made: Graph) -> Callable[[], int]:
        """What runs a graph, and gives the value of its last node."""
        return lambda: run(self._executor, made)[len(made) - 1]

    def together(self, work: Callable[[float], Any], each: Sequence[float]) -> Callable[[], Any]:
        """What does the work as many times at once."""
        return lambda: list(self._executor.map(work, each))

    def handed_on(self, kind: str, megabytes: int) -> Callable[[], tuple[float, float]]:
        """What makes a value in one worker and consumes it in another."""

        def work() -> tuple[float, float]:
            value = self._executor.submit(large, kind, megabytes).result()
            return self._executor.submit(consume, value).result()

        return work


def run(executor: Executor, made: Graph) -> dict[int, int]:
    """The values of all nodes."""
    missing = {number: len(before) for number, before in enumerate(made)}
    consumers: dict[int, list[int]] = {number: [] for number in missing}
    for number, before in enumerate(made):
        for each in before:
            consumers[each].append(number)
    results: dict[int, int] = {}
    running: dict[Future[int], int] = {}

    def submit(number: int) -> None:
        given = [results[each] for each in made[number]]
        running[executor.submit(step, *given)] = number

    for number in [number for number, count in missing.items() if not count]:
        submit(number)
    while running:
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            number = running.pop(future)
            results[number] = future.result()
            for consumer in consumers[number]:
                missing[consumer] -= 1
                if not missing[consumer]:
                    submit(consumer)
    return results

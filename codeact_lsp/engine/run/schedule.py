"""How long a run would take: the engine's own rules, played through with known durations."""

import heapq
from collections.abc import Mapping, Sequence

from codeact_lsp.engine.run.messages import Task
from codeact_lsp.engine.run.ready import ReadyQueue
from codeact_lsp.engine.run.resources import Resources


def makespan(
    tasks: Sequence[Task],
    seconds: Mapping[str, float],
    workers: int,
    capacities: Mapping[str, int] | None = None,
) -> float:
    """Seconds from the start to the end of a run in which nothing fails.

    Args:
        tasks: The nodes that run; what they depend on besides is done.
        seconds: How long each of them runs.
        workers: How many nodes may run at once.
        capacities: Units of the counted resources.
    """
    return _Simulation(tasks, workers, capacities or {}).play(seconds)


class _Simulation:
    def __init__(self, tasks: Sequence[Task], workers: int, capacities: Mapping[str, int]) -> None:
        self._tasks = {task.name: task for task in tasks}
        self._index = {task.name: index for index, task in enumerate(tasks)}
        self._workers = workers
        self._resources = Resources(capacities)
        self._ready = ReadyQueue(self._resources)
        self._missing: dict[str, int] = {}
        self._dependents: dict[str, list[str]] = {name: [] for name in self._tasks}
        self._ended_at: dict[str, float] = {}
        for name, task in self._tasks.items():
            before = {other for other in task.dependencies if other in self._tasks}
            self._missing[name] = len(before)
            for other in before:
                self._dependents[other].append(name)

    def play(self, seconds: Mapping[str, float]) -> float:
        now, running = 0.0, 0
        due = [
            (0.0, index, False) for name, index in self._index.items() if not self._missing[name]
        ]
        names = list(self._tasks)
        while due:
            now, index, ends = heapq.heappop(due)
            if ends:
                running -= 1
                self._resources.release(self._tasks[names[index]].resources)
                due_next = self._released(names[index], now)
                for each in due_next:
                    heapq.heappush(due, each)
            else:
                self._ready.push(self._tasks[names[index]], index)
            if due and due[0][0] <= now:
                continue  # What happens at one moment is decided upon together.
            while name := self._ready.pop(self._workers - running):
                running += 1
                self._resources.take(self._tasks[name].resources)
                heapq.heappush(due, (now + seconds[name], self._index[name], True))
        return now

    def _released(self, ended: str, now: float) -> list[tuple[float, int, bool]]:
        self._ended_at[ended] = now
        released: list[tuple[float, int, bool]] = []
        for name in self._dependents[ended]:
            self._missing[name] -= 1
            if not self._missing[name]:
                delays = self._tasks[name].delays
                waits = [self._ended_at.get(other, -wait) + wait for other, wait in delays]
                released.append((max([now, *waits]), self._index[name], False))
        return released

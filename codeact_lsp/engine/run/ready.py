"""The nodes that are ready to start: which goes next.

The one with the longest path ahead goes first, if its resources are free. What waits for a resource
keeps it from nodes with a shorter path, so that many small users cannot hold back a long one. And a
worker is kept for a longer path of which the store is being asked: the answer takes milliseconds,
and to be late on the longest path costs as long as what started in its place.
"""

import heapq
import math
from collections.abc import Iterable, Iterator

from codeact_lsp.engine.run.messages import Task
from codeact_lsp.engine.run.resources import Claims, Resources

# By how many seconds a path must be longer for a worker to be kept for it.
_WORTH_WAITING = 0.05

_Entry = tuple[float, int, str]


class ReadyQueue:
    """Nodes by urgency; one heap for each set of claims, so that a crowd costs no search."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._heaps: dict[Claims, list[_Entry]] = {}
        self._expected: dict[str, float] = {}

    def push(self, task: Task, index: int) -> None:
        """Add a node; of two paths of one length the lower `index` goes first."""
        heap = self._heaps.setdefault(task.resources, [])
        heapq.heappush(heap, (-task.length, index, task.name))

    def expect(self, task: Task) -> None:
        """A node may be about to become ready: the store is asked for its value."""
        self._expected[task.name] = task.length

    def answered(self, names: Iterable[str]) -> None:
        """The store has answered."""
        for name in names:
            self._expected.pop(name, None)

    def pop(self, workers: int) -> str | None:
        """Take out the node that may start now; None if there is none.

        Args:
            workers: How many workers are free.
        """
        claims = next(self._startable(), None)
        if workers < 1 or claims is None or -self._heaps[claims][0][0] <= self._kept(workers):
            return None
        heap = self._heaps[claims]
        _, _, name = heapq.heappop(heap)
        if not heap:
            del self._heaps[claims]
        return name

    def clear(self) -> None:
        """Forget all."""
        self._heaps.clear()
        self._expected.clear()

    def _kept(self, workers: int) -> float:
        """How long a path has to be more than, for all free workers are kept for longer ones."""
        longest = heapq.nlargest(workers, self._expected.values())
        return longest[-1] - _WORTH_WAITING if len(longest) == workers else -math.inf

    def _startable(self) -> Iterator[Claims]:
        kept: dict[str, float] = {}  # Resources that a longer path waits for, and how long it is.
        for claims, heap in sorted(self._heaps.items(), key=lambda item: item[1][0]):
            length = -heap[0][0]
            free = all(length >= kept.get(name, 0.0) for name, _ in claims)
            if free and self._resources.has_room(claims):
                yield claims
            for name, _ in claims:
                kept.setdefault(name, length)

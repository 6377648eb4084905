"""Measures a run: a projection of its events.

Of nodes that are reused nothing is measured but the time that they spare, so that measuring a run
in which nothing has to run costs next to nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from codeact_lsp.engine import events
from codeact_lsp.engine.history.metrics import Metrics, NodeMetrics
from codeact_lsp.engine.values import Usage
from codeact_lsp.plan import Plan

_End = events.NodeSucceeded | events.NodeFailed | events.NodeCancelled
_OUTCOMES: Mapping[type[events.Event], str] = {
    events.NodeSucceeded: "ran",
    events.NodeFailed: "failed",
    events.NodeCancelled: "cancelled",
}


def measure(plan: Plan, happened: Iterable[events.Event]) -> Metrics | None:
    """The metrics of a run whose events are all there; None if they are not."""
    meter = Meter(plan)
    for event in happened:
        meter.note(event)
        if isinstance(event, events.RunFinished):
            return meter.metrics(event.time)
    return None


class Meter:
    """Listens to the events of one run, and measures it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._began = 0.0
        self._workers = 1
        self._starts: dict[str, float] = {}
        self._ends: dict[str, float] = {}
        self._measured: dict[str, NodeMetrics] = {}
        self._saved = 0.0

    def note(self, event: events.Event) -> None:
        """Take in an event."""
        match event:
            case events.RunStarted():
                self._began, self._workers = event.time, event.workers
            case events.NodeStarted(node=node):
                self._starts.setdefault(node, event.time)
            case events.NodeCached(node=node, result=result):
                self._saved += result.usage.wall
                self._ends[node] = event.time
            case events.NodeSucceeded() | events.NodeFailed() | events.NodeCancelled():
                self._end(event)
            case _:
                pass

    def metrics(self, now: float) -> Metrics:
        """What the run took, which ends at `now`, in seconds since the epoch."""
        nodes = [self._measured[node] for node in self._starts if node in self._measured]
        path, seconds = _longest_path(self._plan, self._measured)
        return Metrics(
            seconds=max(now - self._began, 0.0),
            # A run that takes longer than expected gets more workers than it began with.
            workers=max(self._workers, _most_at_once(nodes)),
            work=sum(node.wall for node in nodes),
            critical_path=path,
            critical_seconds=seconds,
            saved=self._saved,
            queued=sum(node.queued for node in nodes),
            nodes=tuple(nodes),
        )

    def _end(self, event: _End) -> None:
        node, start = event.node, self._starts.get(event.node)
        self._ends[node] = event.time
        if start is None:  # It was cancelled before it began.
            return
        result = event.result if isinstance(event, events.NodeSucceeded) else None
        usage = _usage(event, start)
        self._measured[node] = NodeMetrics(
            node=node,
            outcome=_OUTCOMES[type(event)],
            start=start - self._began,
            end=event.time - self._began,
            wall=usage.wall,
            cpu=usage.cpu,
            memory=usage.memory,
            read=usage.read,
            written=usage.written,
            disk_read=usage.disk_read,
            disk_written=usage.disk_written,
            size=result.blob.size if result else 0,
            queued=max(start - self._ready_at(node), 0.0),
        )

    def _ready_at(self, node: str) -> float:
        """When nothing but a worker or a resource was missing."""
        before = self._plan.graph.dependencies(node)
        waits = self._plan.nodes[node].node.directives.waits
        moments = [self._ends[other] for other in before if other in self._ends]
        moments += [wait.until.timestamp() for wait in waits if wait.until]
        moments += [
            self._ends[wait.after.name] + wait.seconds
            for wait in waits
            if wait.after and wait.after.name in self._ends
        ]
        return max([self._began, *moments])


def _usage(event: _End, start: float) -> Usage:
    """What a node took; of one without a value the time since it was first started."""
    if isinstance(event, events.NodeSucceeded):
        return event.result.usage
    measured = event.usage if isinstance(event, events.NodeFailed) else Usage()
    return replace(measured, wall=event.time - start)


def _most_at_once(nodes: Sequence[NodeMetrics]) -> int:
    """How many nodes worked at the same time, at the most."""
    changes = sorted(
        change for node in nodes for change in ((node.end - node.wall, 1), (node.end, -1))
    )
    return max(accumulate(step for _, step in changes), default=0)


def _longest_path(plan: Plan, measured: Mapping[str, NodeMetrics]) -> tuple[tuple[str, ...], float]:
    """The chain of dependent nodes whose times add up to the most, and that sum."""
    lengths: dict[str, float] = {}
    before: dict[str, str | None] = {}
    # By the end of each: what a node depends on has ended before it.
    for node, metrics in sorted(measured.items(), key=lambda item: item[1].end):
        known = [other for other in plan.graph.dependencies(node) if other in lengths]
        before[node] = max(known, key=lengths.__getitem__, default=None)
        lengths[node] = metrics.span + max((lengths[other] for other in known), default=0.0)
    if not lengths:
        return (), 0.0
    last = max(lengths, key=lengths.__getitem__)
    path: list[str] = []
    node_before: str | None = last
    while node_before is not None:
        path.append(node_before)
        node_before = before[node_before]
    return tuple(reversed(path)), lengths[last]

"""What a run tells the world: one numbered stream of events."""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.history.chronicle import Chronicle
from codeact_lsp.engine.history.meter import Meter
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.run.messages import Finish, NodeState, Settled
from codeact_lsp.engine.run.modes import Choice
from codeact_lsp.engine.store import Hit, Miss
from codeact_lsp.engine.values import Result


class Narration:
    """Turns what the run's state has settled into events.

    Attributes:
        events: The events that nobody has taken yet.
        errors: The last error of each node that failed.
        chronicle: What is to be remembered of the run.
    """

    def __init__(
        self, job: Job, results: Mapping[str, Result], lines: Mapping[str, tuple[int, ...]]
    ) -> None:
        self.id = uuid.uuid4().hex[:12]
        self.events: asyncio.Queue[events.Event] = asyncio.Queue()
        self.errors: dict[str, CodeError] = {}
        self.chronicle = Chronicle(job)
        self._meter = Meter(job.plan)
        self._job = job
        self._results = results
        self._lines = lines
        self._answers: dict[str, Hit | Miss] = {}
        self._reasons: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._sequence = 0
        # Times go on evenly from the start of the run, whatever happens to the system's clock.
        self._epoch = time.time() - time.monotonic()
        self._began = self.now()

    def now(self) -> float:
        """The time of the run, in seconds since the epoch."""
        return self._epoch + time.monotonic()

    def begun(self, choice: Choice, notes: tuple[str, ...]) -> None:
        """The run begins."""
        self._emit(
            events.RunStarted,
            nodes=self._job.nodes,
            targets=self._job.targets,
            mode=choice.mode,
            workers=choice.workers,
            why=choice.why,
            expected=choice.seconds,
            notes=notes,
        )

    def answered(self, answers: Mapping[str, Hit | Miss]) -> None:
        """The store has answered; it is told of when the state counts on it."""
        self._answers.update(answers)

    def started(self, node: str, attempt: int) -> None:
        """A node's process was asked for."""
        missed = self._answers.get(node)
        why = self._reasons.get(node) or (missed.why if missed else "")
        self._emit(events.NodeStarted, node=node, attempt=attempt, why=why)

    def wrote(self, node: str, stream: str, text: str) -> None:
        """A node wrote something."""
        self._emit(events.NodeOutput, node=node, stream=stream, text=text)

    def failed(self, node: str, error: CodeError) -> None:
        """An attempt has failed; it is told of if no other one follows."""
        self.errors[node] = error
        self._reasons[node] = f"it failed before: {error.headline}"

    def settled(self, settled: Settled) -> None:
        """A node has come to its end."""
        node = settled.node
        if settled.state is NodeState.DONE:
            self._valued(node)
        elif settled.state is NodeState.FAILED:
            error, lines = self.errors[node], self._lines.get(node, ())
            self._count("failed", events.NodeFailed, node=node, error=error, lines=lines)
        elif settled.by:
            self._count("blocked", events.NodeBlocked, node=node, by=settled.by)
        else:
            self._count("cancelled", events.NodeCancelled, node=node)

    def finished(self, finish: Finish) -> None:
        """All nodes have."""
        failed = self._counts["failed"] > 0
        status = "cancelled" if finish.cancelled else "failed" if failed else "done"
        now = self.now()
        self._emit(
            events.RunFinished,
            status=status,
            counts=dict(self._counts),
            seconds=now - self._began,
            metrics=self._meter.metrics(now),
        )

    def refused(self, message: str) -> None:
        """No node may run here."""
        self._emit(events.RunFinished, status="refused", message=message)

    def broke(self, error: BaseException) -> None:
        """A defect of ours ends the run visibly: a run that waits for ever would hide it."""
        self._emit(events.RunFinished, status=f"broken: {error!r}")

    def _valued(self, node: str) -> None:
        answer, result = self._answers.get(node), self._results[node]
        if isinstance(answer, Hit):
            self._count("cached", events.NodeCached, node=node, result=result, why=answer.why)
        else:
            lines = self._lines.get(node, ())
            self._count("ran", events.NodeSucceeded, node=node, result=result, lines=lines)

    def _count(self, end: str, kind: type[events.Event], **fields: Any) -> None:
        self._counts[end] += 1
        self._emit(kind, **fields)

    def _emit(self, kind: type[events.Event], **fields: Any) -> None:
        event = kind(run=self.id, sequence=self._sequence, time=self.now(), **fields)
        self._sequence += 1
        self.chronicle.note(event)
        self._meter.note(event)
        self.events.put_nowait(event)

"""What a run tells the world: one numbered stream of events."""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import CodeError, code_error, overdue
from codeact_lsp.engine.history.chronicle import Chronicle
from codeact_lsp.engine.history.meter import Meter
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.run.messages import Finish, NodeState, Settled
from codeact_lsp.engine.run.modes import Choice
from codeact_lsp.engine.store import Hit, Miss
from codeact_lsp.engine.values import Result, Usage


class Made(Protocol):
    """What is known of the nodes that have run, by node.

    Attributes:
        results: What they returned.
        lines: Which lines of the plan ran, where somebody asked.
        usages: What the last attempt of each took.
    """

    results: dict[str, Result]
    lines: dict[str, tuple[int, ...]]
    usages: dict[str, Usage]


class Narration:
    """Turns what the run's state has settled into events.

    Attributes:
        errors: The last error of each node that failed.
        chronicle: What is to be remembered of the run.
    """

    def __init__(self, job: Job, made: Made) -> None:
        self.id = uuid.uuid4().hex[:12]
        self.errors: dict[str, CodeError] = {}
        self.chronicle = Chronicle(job)
        self._meter = Meter(job.plan)
        self._job = job
        self._made = made
        self._answers: dict[str, Hit | Miss] = {}
        self._reasons: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._sequence = 0
        self._untaken: list[events.Event] = []
        self._news = asyncio.Event()
        # Times go on evenly from the start of the run, whatever happens to the system's clock.
        self._epoch = time.time() - time.monotonic()
        self._began = self.now()

    async def take(self) -> list[events.Event]:
        """The events that nobody has taken yet, as soon as there are any."""
        await self._news.wait()
        self._news.clear()
        taken, self._untaken = self._untaken, []
        return taken

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

    def reused(self, hits: Iterable[tuple[str, Hit]]) -> None:
        """Values were taken from the store before anything ran."""
        now = self.now()
        for node, hit in hits:
            self._counts["cached"] += 1
            self._tell(
                events.NodeCached(
                    run=self.id,
                    sequence=self._sequence,
                    time=now,
                    node=node,
                    result=hit.result,
                    why=hit.why,
                )
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
            error = self.errors.get(node) or self._never_began(node)
            lines = self._made.lines.get(node, ())
            usage = self._made.usages.get(node, Usage())
            told = {"node": node, "error": error, "lines": lines, "usage": usage}
            self._count("failed", events.NodeFailed, **told)
        elif settled.by:
            self._count("blocked", events.NodeBlocked, node=node, by=settled.by)
        else:
            self._count("cancelled", events.NodeCancelled, node=node)

    def _never_began(self, node: str) -> CodeError:
        self.errors[node] = code_error(self._job.plan, node, overdue(self._job.run_time or 0.0))
        return self.errors[node]

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
        answer, result = self._answers.get(node), self._made.results[node]
        if isinstance(answer, Hit):
            self._count("cached", events.NodeCached, node=node, result=result, why=answer.why)
        else:
            lines = self._made.lines.get(node, ())
            self._count("ran", events.NodeSucceeded, node=node, result=result, lines=lines)

    def _count(self, end: str, kind: type[events.Event], **fields: Any) -> None:
        self._counts[end] += 1
        self._emit(kind, **fields)

    def _emit(self, kind: type[events.Event], **fields: Any) -> None:
        self._tell(kind(run=self.id, sequence=self._sequence, time=self.now(), **fields))

    def _tell(self, event: events.Event) -> None:
        self._sequence += 1
        self.chronicle.note(event)
        self._meter.note(event)
        self._untaken.append(event)
        self._news.set()

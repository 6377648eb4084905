"""What a run leaves in the history: a projection of its events."""

from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.history.code_changes import code_parts
from codeact_lsp.engine.history.history import RAN, History, Ran, Record, RunRecord
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.values import Usage
from codeact_lsp.plan import Encoding

_MOST_OF_A_MESSAGE = 300


class Chronicle:
    """Listens to the events of one run, and writes down what came of it."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._began: dict[str, events.NodeStarted] = {}
        self._calls: list[Record] = []
        self._reused: list[str] = []
        self._started: events.RunStarted | None = None
        self._finished: events.RunFinished | None = None

    def note(self, event: events.Event) -> None:
        """Take in an event."""
        match event:
            case events.RunStarted():
                self._started = event
            case events.NodeStarted():
                self._began[event.node] = event
            case events.NodeSucceeded(result=result):
                self._ended(event, result.usage, outcome=RAN, size=result.blob.size)
            case events.NodeFailed(error=error, usage=usage):
                said, place = _said(error), self._place(error)
                self._ended(event, usage, outcome=error.category, error=said, place=place)
            case events.NodeCached(node=node):
                self._reused.append(node)
            case events.RunFinished():
                self._finished = event
            case _:
                pass

    def write(self, history: History) -> None:
        """Remember the run, if it came to its end; what was only tried out is not remembered."""
        started, finished = self._started, self._finished
        if started is None or finished is None or self._job.origin != "run":
            return
        run = RunRecord(
            run=finished.run,
            status=finished.status,
            mode=started.mode,
            workers=started.workers,
            seconds=finished.seconds,
            counts=finished.counts,
            at=finished.time,
        )
        good = [call.node for call in self._calls if call.outcome == RAN]
        code = {node: code_parts(self._job.plan, node) for node in good}
        history.record(self._job.file, Ran(run, self._calls, self._reused, code))

    def _ended(
        self, event: events.NodeSucceeded | events.NodeFailed, usage: Usage, **became: Any
    ) -> None:
        """A call is over; `became` are the fields that say how."""
        began = self._began.get(event.node)
        if began is None:  # Its run was over before its turn came.
            return
        self._calls.append(
            Record(
                node=event.node,
                key=self._job.plan.code_keys[event.node],
                why=began.why,
                wall=usage.wall or event.time - began.time,
                cpu=usage.cpu,
                memory=usage.memory,
                at=event.time,
                run=event.run,
                read=usage.read,
                written=usage.written,
                disk_read=usage.disk_read,
                disk_written=usage.disk_written,
                **became,
            )
        )

    def _place(self, error: CodeError) -> str:
        start = (error.focus or error.span).start
        position = self._job.plan.source.position(start, Encoding.CODE_POINTS)
        return f"{position.line + 1}:{position.character + 1}"


def _said(error: CodeError) -> str:
    """The first line of a failure: a history is no place for what a program may append."""
    return next(iter(error.headline.splitlines()), "")[:_MOST_OF_A_MESSAGE]

"""Follows a run of an open plan to its end, and shows what is seen of it."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from codeact_lsp.engine import events
from codeact_lsp.engine.wire import wire
from codeact_lsp.server.progress import RunProgress
from codeact_lsp.server.recorder import Recorder
from codeact_lsp.server.taping import taped

if TYPE_CHECKING:
    from codeact_lsp.engine.run.runner import Run
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

Heard = Callable[[events.Event], None]
"""Told of all that happens in a run."""

_ENDINGS = (
    events.NodeSucceeded,
    events.NodeCached,
    events.NodeFailed,
    events.NodeBlocked,
    events.NodeCancelled,
)


@dataclass(frozen=True, eq=False, slots=True)
class Following:
    """One run, and where what is seen of it goes."""

    server: "PlanServer"
    opened: "OpenPlan"
    run: "Run"
    recorder: Recorder
    progress: RunProgress
    heard: Heard
    token: lsp.ProgressToken | None

    async def to_its_end(self) -> events.RunFinished:
        """Show what happens, until nothing more does."""
        status = "broken"
        self.opened.running = True
        try:
            async with (
                taped(self.server, self.opened, self.run.job) as record,
                aclosing(aiter(self.run)) as happening,
            ):
                async for event in happening:
                    record(event)
                    self._show(event)
                    if isinstance(event, events.RunFinished):
                        status = event.status
                        return event
        finally:
            self.opened.running = False
            self.recorder.close()
            self.progress.end(status)
        raise AssertionError("a run ended without RunFinished")

    def _show(self, event: events.Event) -> None:
        server, opened = self.server, self.opened
        # Who is told that it has ended may ask at once what can be done next.
        opened.running = not isinstance(event, events.RunFinished)
        server.tell(opened.uri, wire.event(event, self.run.plan.source))
        server.safeguard.heard(opened, event)
        self.heard(event)
        if self.recorder.record(event):
            server.refresh(opened.uri)
        if isinstance(event, events.RunStarted):
            server.configuration.tell(event.notes)
            self._begin(event)
        if isinstance(event, _ENDINGS):
            self.progress.ended(event.node)

    def _begin(self, event: events.RunStarted) -> None:
        if self.token is None and self.server.session.client.shows_runs:
            return
        how = f"up to {event.workers} at once: {event.why}"
        self.progress.begin("Running plan", how, self.run.cancel, self.token)

"""Tell, for as long as it is so, that no node runs on this machine: less is enforced than wanted.

What is foreseen when a plan is opened goes by the mechanisms that there are: nothing of the
workspace's is started for that, not even its Python. A run goes by what was shown.
"""

import asyncio
import logging
from collections.abc import Collection, Coroutine
from typing import TYPE_CHECKING, Any

from codeact_lsp.engine.events import Event, RunFinished, RunStarted
from codeact_lsp.engine.permissions.demands import of_level
from codeact_lsp.plan.visible import visible_lines
from codeact_lsp.sandbox.levels import Level, Policy
from codeact_lsp.sandbox.tiers import Tier

if TYPE_CHECKING:
    from codeact_lsp.engine.permissions.refusal import Refusal
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)
# Opening a plan goes first.
_QUIET_SECONDS = 0.2


class Safeguard:
    """Puts on each open plan why its nodes do not run, and shows each reason once besides."""

    def __init__(self, server: "PlanServer") -> None:
        self._server = server
        self._looking: set[asyncio.Task[None]] = set()

    def look(self, opened: "OpenPlan") -> None:
        """A plan was opened, or what the user wants at least for it may have changed."""
        self._start(self._look(opened))

    def all_changed(self) -> None:
        """What the user wants changed."""
        for opened in list(self._server.session.plans.values()):
            self.look(opened)

    def heard(self, opened: "OpenPlan", event: Event) -> None:
        """Something happened in a run of a plan."""
        if isinstance(event, RunStarted):
            self._tell(opened, "")
        elif isinstance(event, RunFinished) and event.status == "refused":
            self._tell(opened, event.message)

    def close(self) -> None:
        """Look no more."""
        for task in self._looking:
            task.cancel()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._looking.add(task)
        task.add_done_callback(self._looked)

    async def _look(self, opened: "OpenPlan") -> None:
        await asyncio.sleep(_QUIET_SECONDS)
        consent, tier, refused = opened.consent, Tier.NONE, None
        if consent.level is not Level.OFF:
            rights = of_level(consent.level)
            tier, refused = await asyncio.to_thread(_foreseen, consent.minimum_tier, rights)
        opened.tier = str(tier)
        if not self._tell(opened, refused.text if refused else ""):
            self._announce(opened)

    def _announce(self, opened: "OpenPlan") -> None:
        """Tell a client that takes events how it stands."""
        if self._server.session.client.takes_events and opened.tier:
            message = visible_lines(opened.refused)
            status = {"level": opened.consent.level, "tier": opened.tier, "message": message}
            self._server.protocol.notify("codeact/sandbox", {"uri": opened.uri, **status})

    def _tell(self, opened: "OpenPlan", message: str) -> bool:
        """Tell why no node runs, or that they do again; whether that is news."""
        if message == opened.refused:
            return False
        opened.refused = message
        self._announce(opened)
        if message:
            self._server.configuration.tell([message])
        if opened.uri in self._server.session.plans:
            self._server.publish(opened.uri)
        return True

    def _looked(self, task: asyncio.Task[None]) -> None:
        self._looking.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("a look at the sandbox went wrong: %s", error, exc_info=error)


def _foreseen(minimum: Tier, policies: Collection[Policy]) -> "tuple[Tier, Refusal | None]":
    """As the engine foresees it; what that takes is loaded in the thread that asks."""
    from codeact_lsp.engine.permissions.refusal import foreseen  # noqa: PLC0415 - as said.

    return foreseen(minimum, policies)

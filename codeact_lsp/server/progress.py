"""Progress of a run in the client, with a button to cancel it."""

import asyncio
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from codeact_lsp.plan.visible import unlinked

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer


class RunProgress:
    """Shows how many of a run's nodes have ended. Silent where the client shows no progress."""

    def __init__(self, server: "PlanServer", total: int) -> None:
        self._progress = server.work_done_progress
        self._total = total
        self._ended = 0
        self._over = False
        self._token: lsp.ProgressToken | None = None
        self._creating: asyncio.Task[None] | None = None  # Held, or it may be collected.
        self._offered = server.session.client.shows_progress

    def begin(
        self, title: str, message: str, cancel: Callable[[], None], token: lsp.ProgressToken | None
    ) -> None:
        """Start it under the client's own token, or under one of ours if the client allows.

        The run does not wait for the client's leave: that may come late, or never.
        """
        begin = lsp.WorkDoneProgressBegin(
            title=unlinked(title),
            message=unlinked(message),
            cancellable=True,
            percentage=0 if self._total else None,
        )
        if token is not None:
            self._begin(token, begin, cancel)
        elif self._offered:
            self._creating = asyncio.create_task(self._create(begin, cancel))

    async def _create(self, begin: lsp.WorkDoneProgressBegin, cancel: Callable[[], None]) -> None:
        token = f"codeact-{uuid.uuid4()}"
        try:
            await self._progress.create_async(token)
        except JsonRpcException:  # The client would rather not show it.
            return
        if not self._over:
            self._begin(token, begin, cancel)

    def _begin(
        self,
        token: lsp.ProgressToken,
        begin: lsp.WorkDoneProgressBegin,
        cancel: Callable[[], None],
    ) -> None:
        self._token = token
        self._progress.begin(token, begin)
        self._progress.tokens[token].add_done_callback(
            lambda future: cancel() if future.cancelled() else None
        )

    def ended(self, node: str) -> None:
        """A node has ended."""
        self._ended += 1
        self._report(f"{self._ended}/{self._total} {node}")

    def says(self, message: str) -> None:
        """Something came of what is counted in no nodes."""
        self._report(message)

    def _report(self, message: str) -> None:
        if self._token is not None:
            percentage = min(100 * self._ended // self._total, 100) if self._total else None
            report = lsp.WorkDoneProgressReport(message=unlinked(message), percentage=percentage)
            self._progress.report(self._token, report)

    def end(self, message: str) -> None:
        """The run is over."""
        self._over = True
        if self._token is not None:
            self._progress.end(self._token, lsp.WorkDoneProgressEnd(message=unlinked(message)))
            self._progress.tokens.pop(self._token, None)

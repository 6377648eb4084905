"""Fixes for what failed, looked for while no run is under way."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from codeact_lsp.server.recorder import Recorder

if TYPE_CHECKING:
    from codeact_lsp.engine.session import Engine
    from codeact_lsp.repair import Failure, Fix
    from codeact_lsp.server.server import PlanServer

    Offered = Callable[[Failure, Sequence[Fix]], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, slots=True)
class Untried:
    """A failure for which no fix has been looked for yet."""

    engine: "Engine"
    failure: "Failure"
    recorder: Recorder


class Repairs:
    """One queue of failures a plan. A run pauses it, so that trials never slow the user's work."""

    def __init__(self, server: "PlanServer", offered: "Offered") -> None:
        """Begin with nothing.

        Args:
            server: Shows what is found.
            offered: Told what people have been offered for a failure.
        """
        self._server = server
        self._offered = offered
        self._untried: dict[str, list[Untried]] = {}
        self._latest: dict[str, dict[str, Untried]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def add(self, uri: str, untried: Iterable[Untried]) -> None:
        """Note failures; `resume` looks for their fixes."""
        for each in untried:
            self._untried.setdefault(uri, []).append(each)
            self._latest.setdefault(uri, {})[each.failure.error.node] = each

    def latest(self, uri: str, node: str) -> Untried | None:
        """How a node failed last, if that is still so."""
        known = self._latest.get(uri, {}).get(node)
        return known if known and known.recorder.shows(known.failure.error) else None

    def forget(self, uri: str) -> None:
        """The plan was closed: nobody asks how its nodes failed."""
        self._latest.pop(uri, None)

    def resume(self, uri: str) -> None:
        """Go on looking for fixes, if there is something left to mend."""
        if self._untried.get(uri) and uri not in self._tasks:
            task = asyncio.create_task(self._work(uri))
            self._tasks[uri] = task
            task.add_done_callback(lambda done: self._done(uri, done))

    async def pause(self, uri: str) -> None:
        """Stop looking, and keep what is left for `resume`."""
        if task := self._tasks.get(uri):
            task.cancel()
            await asyncio.wait([task])

    async def settled(self, uri: str) -> None:
        """Wait until nothing is tried any more, or a run has it pause."""
        if task := self._tasks.get(uri):
            await asyncio.wait([task])

    def cancel(self, uri: str) -> bool:
        """Stop looking for good; False if there was nothing to look for."""
        if task := self._tasks.get(uri):
            task.cancel()
        return bool(self._untried.pop(uri, None))

    async def close(self) -> None:
        """Stop everything and wait for it."""
        tasks = list(self._tasks.values())
        for uri in list(self._untried):
            self.cancel(uri)
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, uri: str) -> None:
        from codeact_lsp.repair import Repairer  # noqa: PLC0415 - no part of the start.

        while untried := self._untried.get(uri):
            first = untried[0]
            error = first.failure.error
            if first.recorder.shows(error):
                repairer = Repairer.with_memory(first.engine, self._server.reflecting.known)
                # The first that works is shown at once, and again with what else does.
                fixes = await repairer.fixes(first.failure, partial(self._found, uri, first))
                first.recorder.offer(error.node, fixes)
                self._offered(first.failure, fixes)
                self._server.refresh(uri)
                if all(fix.hides for fix in fixes):
                    self._server.reflecting.unasked(uri, first)
            untried.remove(first)

    def _found(self, uri: str, untried: Untried, fixes: "list[Fix]") -> None:
        untried.recorder.offer(untried.failure.error.node, fixes, searching=True)
        self._server.refresh(uri)

    def _done(self, uri: str, task: "asyncio.Task[None]") -> None:
        if self._tasks.get(uri) is task:
            del self._tasks[uri]
        if not task.cancelled() and (error := task.exception()):
            self._untried.pop(uri, None)
            _log.error("a repair went wrong: %s", error, exc_info=error)
        self._given_up(uri)

    def _given_up(self, uri: str) -> None:
        """Say of failures that nobody looks for fixes any more; what is paused goes on later."""
        left = self._untried.get(uri, ())
        known = [each for each in self._latest.get(uri, {}).values() if each not in left]
        settled = [each.recorder.no_more(each.failure.error) for each in known]
        if any(settled):
            self._server.refresh(uri)

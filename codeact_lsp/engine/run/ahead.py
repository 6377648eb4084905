"""What fused nodes make ahead of their turn.

When the first node of a chain is started, one process runs the whole chain. What the others made
waits here until the run asks for it; to the run's state and to its events they are nodes like all
others. Whatever is not as foreseen ends the matter: a node that failed, printed, took too long or
took what is no plain data has made nothing here, and runs in a process of its own, as does one
before which a value came from the store instead of from the chain.
"""

import contextlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple

from codeact_lsp.engine.executors.protocol import ChainExecution
from codeact_lsp.engine.outcomes.outcome import Outcome
from codeact_lsp.engine.run.chains import Chain
from codeact_lsp.engine.store import Draft

Start = Callable[[Chain, Sequence[Draft]], AbstractAsyncContextManager[ChainExecution]]
"""Starts a chain that writes its values to these drafts."""


class Made(NamedTuple):
    """A node, its value and what was told of it; whoever takes it discards the draft."""

    node: str
    draft: Draft
    outcome: Outcome


class Ahead:
    """The chains of one run."""

    def __init__(self, draft: Callable[[], Draft], start: Start) -> None:
        """Prepare.

        Args:
            draft: Makes a place for a value.
            start: Starts a chain.
        """
        self._draft = draft
        self._start = start
        self._chains: dict[str, Chain] = {}
        self._running: dict[str, ChainExecution] = {}
        self._made: dict[str, list[Made]] = {}

    def fuse(self, chains: Iterable[Chain]) -> None:
        """These are the chains; each can also begin later than at its first node."""
        for chain in chains:
            self._chains |= {node: chain[at:] for at, node in enumerate(chain[:-1])}

    async def take(self, node: str) -> Made | None:
        """What the node made; None if it has to run by itself."""
        if node not in self._made and (chain := self._chains.pop(node, None)):
            await self._run(chain)
        if node not in self._made:
            return None
        made, *others = self._made.pop(node)
        if others:  # The next in line has them: if that one is not asked, none of them counts.
            self._made[others[0].node] = others
        return made

    def stop(self, node: str) -> None:
        """End the chain that begins with the node, if it runs."""
        if execution := self._running.get(node):
            execution.stop()

    def close(self) -> None:
        """End all, and discard what nobody took."""
        for execution in self._running.values():
            execution.stop()
        for made in self._made.values():
            for each in made:
                each.draft.discard()
        self._made.clear()

    async def _run(self, chain: Chain) -> None:
        drafts: list[Draft] = []
        made: list[Made] = []
        try:
            with contextlib.suppress(OSError):  # One node by itself needs less.
                drafts.extend(self._draft() for _ in chain)
                made = await self._outcomes(chain, drafts)
        finally:
            for draft in drafts[len(made) :]:
                draft.discard()
        if made:
            self._made[chain[0]] = made
        else:  # It is not what it looked like.
            for node in chain:
                self._chains.pop(node, None)

    async def _outcomes(self, chain: Chain, drafts: Sequence[Draft]) -> list[Made]:
        async with self._start(chain, drafts) as execution:
            self._running[chain[0]] = execution
            try:
                outcomes = await execution.outcomes()
            finally:
                del self._running[chain[0]]
        return [Made(*each) for each in zip(chain, drafts, outcomes, strict=False)]

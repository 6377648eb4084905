"""Make candidates for a failure, run them, and keep what works, best first."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Self

from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.repair.candidates import Candidate, Source
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.recall import Recall
from codeact_lsp.repair.proposing import proposed
from codeact_lsp.repair.ranking import is_enough, ranked
from codeact_lsp.repair.safety import sound
from codeact_lsp.repair.verify import Failure, Fix, verify

_MOST_TRIALS = 12
_BUDGET_SECONDS = 20.0


class Repairer:
    """Finds fixes with the means of one engine.

    Args:
        engine: What runs the trials.
        sources: What proposes candidates beside the rules.
        heard: Told of each trial, with the fix if the candidate worked; before it is known which is
            the best.
    """

    def __init__(
        self,
        engine: Engine,
        sources: Sequence[Source] = (),
        heard: Callable[[Candidate, Fix | None], None] | None = None,
    ) -> None:
        self._engine = engine
        self._sources = sources
        self._heard = heard

    @classmethod
    def with_memory(cls, engine: Engine) -> Self:
        """One that knows what mended the user's earlier failures, and goes on learning."""
        recall = Recall(Memory(data_folder()))
        return cls(engine, [recall.candidates], recall.tried)

    async def fixes(self, failure: Failure) -> list[Fix]:
        """Fixes for a failure that have been run and worked, best first."""
        # In a thread: making candidates parses and compares, and editors wait on the loop.
        candidates = await asyncio.to_thread(_to_try, failure, self._sources)
        return ranked(await self._tried(failure, candidates))

    async def _tried(self, failure: Failure, candidates: Iterable[Candidate]) -> list[Fix]:
        """What works of the candidates, one after another: a trial may use all workers of a run."""
        end = monotonic() + _BUDGET_SECONDS
        fixes: list[Fix] = []
        for candidate in candidates:
            if monotonic() > end or is_enough(fixes, candidate):
                break
            fix = await verify(self._engine, failure, candidate)
            if self._heard:
                self._heard(candidate, fix)
            if fix:
                fixes.append(fix)
        return fixes


def _to_try(failure: Failure, sources: Sequence[Source]) -> list[Candidate]:
    candidates = proposed(failure.job.plan, failure.error, sources)
    return sound(failure.job, failure.error.node, candidates[: 2 * _MOST_TRIALS])[:_MOST_TRIALS]

"""Make candidates for a failure, run them, and keep what works, best first."""

import asyncio
from collections.abc import Sequence
from typing import Self

from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.repair.candidates import ACCEPTED, Candidate, Source
from codeact_lsp.repair.ground import Ground
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.recall import Recall
from codeact_lsp.repair.proposing import guessed, proposed, recalled
from codeact_lsp.repair.safety import sound
from codeact_lsp.repair.search import Found, Heard, Search
from codeact_lsp.repair.verify import Failure, Fix

_MOST_TRIALS = 12
# The rules are to have their turn whatever is remembered.
_MOST_KNOWN = 8
_HEAD_START_SECONDS = 0.1
_MOST_GUESSES = 30


class Repairer:
    """Finds fixes with the means of one engine.

    Args:
        engine: What runs the trials.
        sources: What proposes candidates beside the rules; theirs are tried first.
        heard: Told of each trial, with the fix if the candidate worked; before it is known which is
            the best.
    """

    def __init__(
        self, engine: Engine, sources: Sequence[Source] = (), heard: Heard | None = None
    ) -> None:
        self._engine = engine
        self._sources = sources
        self._heard = heard

    @classmethod
    def with_memory(cls, engine: Engine, sources: Sequence[Source] = ()) -> Self:
        """One that knows what mended the user's earlier failures, and goes on learning.

        Args:
            engine: What runs the trials.
            sources: What else proposes candidates beside the rules.
        """
        recall = Recall(Memory(data_folder()))
        return cls(engine, [recall.candidates, *sources], recall.tried)

    async def fixes(self, failure: Failure, found: Found | None = None) -> list[Fix]:
        """Fixes for a failure that have been run and worked, best first.

        Args:
            failure: What failed.
            found: Told of those so far whenever one more has worked; none is preferred yet.
        """
        async with Ground() as ground:
            search = Search(self._engine, failure, self._heard, found, ground)
            await self._search(failure, search)
        return search.ranked()

    async def _search(self, failure: Failure, search: Search) -> None:
        # In threads: making candidates parses and compares, and editors wait on the loop. What was
        # seen to help before is tried while the rules still think.
        known = await asyncio.to_thread(_from_sources, failure, self._sources)
        trying = asyncio.create_task(search.try_out(known))
        if any(each.likely >= ACCEPTED for each in known):
            # What a person has taken for this very failure shares no processor with the rules.
            await _begun(trying)
        thinking = asyncio.create_task(asyncio.to_thread(_from_rules, failure, known))
        try:
            await trying
            await search.try_out(await thinking)
            if search.is_at_a_loss():
                await search.try_out(await asyncio.to_thread(_from_guesses, failure))
        finally:
            thinking.cancel()


async def _begun(trying: asyncio.Task[None]) -> None:
    """Give trials a head start; who is cancelled meanwhile ends them."""
    try:
        await asyncio.wait([trying], timeout=_HEAD_START_SECONDS)
    except asyncio.CancelledError:
        trying.cancel()
        await asyncio.wait([trying])
        raise


def _from_sources(failure: Failure, sources: Sequence[Source]) -> list[Candidate]:
    return _safe(failure, recalled(failure.job.plan, failure.error, sources), _MOST_KNOWN)


def _from_rules(failure: Failure, known: Sequence[Candidate]) -> list[Candidate]:
    made = proposed(failure.job.plan, failure.error)
    return _safe(failure, made, _MOST_TRIALS - len(known))


def _from_guesses(failure: Failure) -> list[Candidate]:
    made = guessed(failure.job.plan, failure.error, 2 * _MOST_GUESSES)
    return _safe(failure, made, _MOST_GUESSES)


def _safe(
    failure: Failure, candidates: Sequence[Candidate], most: int = _MOST_TRIALS
) -> list[Candidate]:
    return sound(failure.job, failure.error.node, candidates[: 2 * most])[:most]

"""Try candidates for one failure, a few at a time, until enough of them have worked."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from time import monotonic

from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.ground import Ground
from codeact_lsp.repair.ranking import SURE_ENOUGH, is_enough, ranked
from codeact_lsp.repair.verify import Failure, Fix, verify

_BUDGET_SECONDS = 20.0
# A trial mostly waits for processes to start and end, and one that hangs should not hold up all.
_AT_ONCE = 3
# The likeliest works more often than not, and is there sooner where nothing runs beside it.
_LEAD_SECONDS = 0.1

Heard = Callable[[Candidate, Fix | None], None]
"""Told of a trial, with the fix if the candidate worked."""
Found = Callable[[list[Fix]], None]
"""Told of the fixes so far, best first."""


class Search:
    """The trials for one failure, and what has worked.

    Args:
        engine: What runs the trials.
        failure: What failed.
        heard: Told of each trial.
        found: Told whenever one more has worked; none is preferred yet.
        ground: Where the trials write; None is one of its own for each.
    """

    def __init__(
        self,
        engine: Engine,
        failure: Failure,
        heard: Heard | None,
        found: Found | None,
        ground: Ground | None = None,
    ) -> None:
        self._engine = engine
        self._failure = failure
        self._heard = heard
        self._found = found
        self._ground = ground
        # Of trials alone: on a busy machine the rules may think for longer than that.
        self._left = _BUDGET_SECONDS
        # By the text that each makes, in the order in which they are tried.
        self._candidates: dict[str, Candidate] = {}
        self._fixes: dict[str, Fix] = {}

    async def try_out(self, candidates: Iterable[Candidate]) -> None:
        """Run candidates, the likeliest first, and none that makes a text of before."""
        fresh = [(text, each) for each in candidates if (text := self._noted(each))]
        start = monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._left):
                # What only hides a failure is not tried beside what may yet mend it.
                for hides in (False, True):
                    waiting = deque(text for text, each in fresh if each.hides is hides)
                    await self._all_of(waiting)
        self._left = max(self._left - (monotonic() - start), 0)

    async def _all_of(self, waiting: deque[str]) -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(min(trials_at_once(self._failure.job), len(waiting))):
                group.create_task(self._work_off(waiting, number * _LEAD_SECONDS))

    def is_at_a_loss(self) -> bool:
        """Whether nothing has worked that could be preferred, or that keeps from a failure."""
        return not any(fix.hides or fix.likely >= SURE_ENOUGH for fix in self._fixes.values())

    def ranked(self) -> list[Fix]:
        """What has worked, best first, whatever ended first."""
        worked = [text for text in self._candidates if text in self._fixes]
        titles = ((text, self._candidates[text].title) for text in worked)
        return ranked([replace(self._fixes[text], label=title) for text, title in titles])

    def _noted(self, candidate: Candidate) -> str:
        """The text that a candidate makes; nothing if another one makes it too."""
        text = candidate.edit.apply(self._failure.job.plan.source.text)
        known = self._candidates.setdefault(text, candidate)
        if known.says_less and not candidate.says_less:
            self._candidates[text] = replace(known, title=candidate.title, says_less=False)
        return text if known is candidate else ""

    async def _work_off(self, waiting: deque[str], lead: float) -> None:
        await asyncio.sleep(lead)
        while waiting:
            text = waiting.popleft()
            candidate = self._candidates[text]
            if not is_enough([*self._fixes.values()], candidate):
                fix = await verify(self._engine, self._failure, candidate, ground=self._ground)
                self._took(text, candidate, fix)

    def _took(self, text: str, candidate: Candidate, fix: Fix | None) -> None:
        if fix:
            self._fixes[text] = fix
            if self._found:
                self._found([replace(each, preferred=False) for each in self.ranked()])
        if self._heard:
            self._heard(candidate, fix)


def trials_at_once(job: Job) -> int:
    """How many trials run side by side: one where they could get in each other's way.

    What nodes may only use in turn is counted for each run alone, and there is one copy of what
    they write; of what they send, or write where nothing confines them, there is none.
    """
    is_apart = all(each.confined and not (each.write or each.hosts) for each in job.allowances)
    return _AT_ONCE if is_apart and not job.capacities else 1

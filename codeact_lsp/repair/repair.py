"""Make candidates for a failure, run them, and keep what works, best first."""

import asyncio
from dataclasses import replace
from itertools import islice

from codeact_lsp.engine.session import Engine
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.rules import RULES
from codeact_lsp.repair.safety import sound
from codeact_lsp.repair.verify import Failure, Fix, verify

_MOST_TRIALS = 4
# Below this similarity a name that works is a guess, and a guess is offered but never preferred.
_SURE = 0.75


class Repairer:
    """Finds fixes with the means of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def fixes(self, failure: Failure) -> list[Fix]:
        """Fixes for a failure that have been run and worked, best first."""
        # In a thread: making candidates parses and compares, and editors wait on the loop.
        candidates = await asyncio.to_thread(self._candidates, failure)
        # One after another: a trial may use all workers that a run may.
        tried = [await verify(self._engine, failure, candidate) for candidate in candidates]
        return _ranked([fix for fix in tried if fix])

    def _candidates(self, failure: Failure) -> list[Candidate]:
        """Distinct candidates that can be tried, the likeliest first."""
        made = [candidate for rule in RULES for candidate in rule(failure.job.plan, failure.error)]
        distinct = {candidate.edit: candidate for candidate in made}
        likeliest = sorted(distinct.values(), key=lambda candidate: -candidate.likely)
        return list(islice(sound(failure.job, failure.error.node, likeliest), _MOST_TRIALS))


def _ranked(fixes: list[Fix]) -> list[Fix]:
    # A value that is not what the node declares did run, but says that the fix is a wrong one;
    # unless it is so with all of them, and the declaration is what is wrong.
    sound = [fix for fix in fixes if fix.result.breach is None]
    ranked = sorted(sound or fixes, key=lambda fix: (-fix.passed, -fix.likely))
    if ranked and ranked[0].likely >= _SURE:
        ranked[0] = replace(ranked[0], preferred=True)
    return ranked

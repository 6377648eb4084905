"""What the rules propose for a failure, before anything of it is tried."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan
from codeact_lsp.repair.candidates import Candidate, Source
from codeact_lsp.repair.rules import RULES, UPSTREAM
from codeact_lsp.repair.scene import Scene


def proposed(plan: Plan, error: CodeError, sources: Sequence[Source] = ()) -> list[Candidate]:
    """Distinct candidates, the likeliest first and what only hides a failure last.

    Args:
        plan: The plan.
        error: What happened.
        sources: What proposes candidates beside the rules.
    """
    made = [*_by_rules(plan, error), *_by_others(plan, error, sources)]
    distinct: dict[str, Candidate] = {}
    for candidate in sorted(made, key=lambda each: (each.hides, -each.likely)):
        text = candidate.edit.apply(plan.source.text)
        known = distinct.setdefault(text, candidate)
        if known.says_less and not candidate.says_less:
            distinct[text] = replace(candidate, likely=known.likely)
    distinct.pop(plan.source.text, None)
    return list(distinct.values())


def _by_rules(plan: Plan, error: CodeError) -> Iterator[Candidate]:
    """Where it failed, and where the bad value came from."""
    here = Scene(plan, error, error.span)
    for rule in RULES:
        yield from rule.candidates(here)
    for origin in error.origins:
        there = Scene(plan, error, origin.span)
        for rule in UPSTREAM:
            yield from rule.candidates(there)


def _by_others(plan: Plan, error: CodeError, sources: Sequence[Source]) -> Iterator[Candidate]:
    scene = Scene(plan, error, error.span)
    for source in sources:
        yield from source(scene)

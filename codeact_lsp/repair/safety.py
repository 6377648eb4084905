"""Drop the candidates that bring more than a repair: what deserves a look before it is run."""

from collections.abc import Iterable, Iterator

from codeact_lsp.engine.job import Job
from codeact_lsp.plan import Plan, Problem
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.safety import NoAdviceError, added, findings, imported
from codeact_lsp.sandbox.levels import Level


def sound(job: Job, node: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates that add no import that is not allowed or of no use, and no risky call.

    Neither may one ask for a right. What the plan had before is no fault of a candidate, and a
    comment that switches a problem off is no excuse for it.
    """
    level = job.policy(node).level
    before: tuple[Problem, ...] | None = None
    for candidate in candidates:
        plan = job.plan.edited(candidate.edit.span, candidate.edit.new)
        before = _found(job.plan, level, job) if before is None else before
        if not (_needs(plan) - _needs(job.plan) or added(before, _found(plan, level, job))):
            yield candidate


def _found(plan: Plan, level: Level, job: Job) -> tuple[Problem, ...]:
    try:
        return findings(plan, level, job.imports)
    except NoAdviceError:
        # Whoever has the plan open is told so, and a trial is confined all the same.
        return imported(plan, level, job.imports)


def _needs(plan: Plan) -> set[str]:
    return {need for node in plan.table.nodes.values() for need in node.directives.needs}

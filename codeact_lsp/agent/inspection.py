"""What is wrong with a plan that a model has written, as far as that shows without running it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan, Problem
from codeact_lsp.safety import NoAdviceError, added, findings, imported
from codeact_lsp.sandbox.levels import Level

Inspect = Callable[[str], Awaitable[list[str]]]
"""Says in words what is wrong with the text of a plan."""

_MOST = 10
_MOST_SAID = 400


def inspector(job: Callable[[Plan], Job], before: Plan | None) -> Inspect:
    """Looks at texts that are to be run as `job` says.

    Args:
        job: What would be run of a plan: see `Workplace`.
        before: The plan that is to be changed, if one is: what is wrong with it is nobody's fault.
    """

    async def inspect(text: str) -> list[str]:
        found = await _wrong(Plan.from_text(text), job, before)
        # What a model writes is quoted in it, and goes back to the model.
        return [said if len(said) <= _MOST_SAID else f"{said[:_MOST_SAID]}…" for said in found]

    return inspect


async def _wrong(plan: Plan, job: Callable[[Plan], Job], before: Plan | None) -> list[str]:
    if not plan.nodes and not plan.document.broken:
        return ["The plan has no node: no public function at its top level."]
    # Who runs the plan grants rights; what writes it does not get to ask.
    asked = [
        f"Needs: {right}: a plan of yours may not ask for rights. Do without."
        for right in sorted(_rights(plan) - (_rights(before) if before else set()))
    ]
    try:
        made = job(plan)
    except PlanError as error:
        found = _said(plan, error.problems)
    except InputError as error:
        found = [str(error)]
    else:
        # In a thread: a linter reads it, and editors wait on the loop.
        found = await asyncio.to_thread(_risks, plan, made, before)
    return [*asked, *found][:_MOST]


def _risks(plan: Plan, job: Job, before: Plan | None) -> list[str]:
    """What one would have to look at before one runs it, and was not there before."""
    level = min((job.policy(node).level for node in job.nodes), key=list(Level).index)
    known = _found(before, level, job) if before else ()
    return _said(plan, added(known, _found(plan, level, job)))


def _found(plan: Plan, level: Level, job: Job) -> tuple[Problem, ...]:
    try:
        return findings(plan, level, job.imports)
    except NoAdviceError:
        # The sandbox holds all the same.
        return imported(plan, level, job.imports)


def _said(plan: Plan, problems: Iterable[Problem]) -> list[str]:
    return [
        f"line {plan.source.line_at(problem.span.start) + 1}: {problem.message}"
        for problem in problems
    ]


def _rights(plan: Plan) -> set[str]:
    return {str(need) for node in plan.table.nodes.values() for need in node.directives.needs}

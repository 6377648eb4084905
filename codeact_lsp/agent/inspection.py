"""What is wrong with a plan that a model has written, as far as that shows without running it."""

from collections.abc import Callable, Iterable, Iterator

from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan, Problem
from codeact_lsp.safety import NoAdviceError, added, findings, imported
from codeact_lsp.sandbox.levels import Level

Inspect = Callable[[str], list[str]]
"""Says in words what is wrong with the text of a plan."""

_MOST = 10


def inspector(job: Callable[[Plan], Job], before: Plan | None) -> Inspect:
    """Looks at texts that are to be run as `job` says.

    Args:
        job: What would be run of a plan: see `Workplace`.
        before: The plan that is to be changed, if one is: what is wrong with it is nobody's fault.
    """
    return lambda text: list(_wrong(Plan.from_text(text), job, before))[:_MOST]


def _wrong(plan: Plan, job: Callable[[Plan], Job], before: Plan | None) -> Iterator[str]:
    if not plan.nodes and not plan.document.broken:
        yield "The plan has no node: no public function at its top level."
        return
    for right in sorted(_rights(plan) - (_rights(before) if before else set())):
        # Who runs the plan grants rights; what writes it does not get to ask.
        yield f"Needs: {right}: a plan of yours may not ask for rights. Do without."
    try:
        made = job(plan)
    except PlanError as error:
        yield from _said(plan, error.problems)
        return
    except InputError as error:
        yield str(error)
        return
    level = min((made.policy(node).level for node in made.nodes), key=list(Level).index)
    known = _found(before, level, made) if before else ()
    yield from _said(plan, added(known, _found(plan, level, made)))


def _found(plan: Plan, level: Level, job: Job) -> tuple[Problem, ...]:
    try:
        return findings(plan, level, job.imports)
    except NoAdviceError:
        # The sandbox holds all the same.
        return imported(plan, level, job.imports)


def _said(plan: Plan, problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        yield f"line {plan.source.line_at(problem.span.start) + 1}: {problem.message}"


def _rights(plan: Plan) -> set[str]:
    return {str(need) for node in plan.table.nodes.values() for need in node.directives.needs}

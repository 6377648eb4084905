"""The job that tries a candidate: of the plan as it would be, what the failure held up."""

from dataclasses import replace
from typing import TYPE_CHECKING

from codeact_lsp.engine.choosing import PlanError, make_job
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.permissions.policies import carried_over
from codeact_lsp.engine.values import Result
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan
from codeact_lsp.repair.candidates import Candidate

if TYPE_CHECKING:
    from codeact_lsp.repair.verify import Failure

TRIAL_SECONDS = 30.0
"""How long a trial may take, and each node of it."""


def trial_of(failure: "Failure", candidate: Candidate) -> Job | None:
    """The job that tries the candidate on the part of the plan that the failure held up."""
    job = failure.job
    plan = job.plan.edited(candidate.edit.span, candidate.edit.new)
    wanted = plan.graph.downstream([failure.error.node]) if failure.error.node in plan.nodes else ()
    targets = tuple(name for name in job.nodes if name in wanted)
    if not targets:
        return None
    try:
        trial = make_job(plan, job.file, targets, inputs=job.inputs, imports=job.imports)
    except (PlanError, InputError):
        return None
    limit = min(job.timeout or TRIAL_SECONDS, TRIAL_SECONDS)
    return replace(
        trial,
        given=_given(failure, plan),
        timeout=limit,
        workers=job.workers,
        capacities=job.capacities,
        origin="trial",
        # A candidate may not ask for more rights than what it repairs.
        policies=carried_over(job.policies, plan),
        minimum_tier=job.minimum_tier,
    )


def _given(failure: "Failure", plan: Plan) -> dict[str, Result]:
    """The recorded results that the candidate leaves as they are."""
    before = failure.job.plan
    given: dict[str, Result] = {}
    for name in plan.graph.order:
        same = plan.code_keys[name] == before.code_keys.get(name)
        rests_on_given = all(other in given for other in plan.graph.dependencies(name))
        if same and rests_on_given and name in failure.results:
            given[name] = failure.results[name]
    return given

"""A run of an open plan as it is now, made ready."""

from typing import TYPE_CHECKING

from codeact_lsp.engine.choosing import make_job
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan
from codeact_lsp.server.sandbox import decision

if TYPE_CHECKING:
    from codeact_lsp.engine.session import Engine
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.session import Session


def prepare(
    session: "Session", opened: "OpenPlan", targets: tuple[str, ...], plan: Plan | None = None
) -> "tuple[Engine, Job]":
    """A run of the plan as it is now, and what would carry it out.

    Args:
        session: What the server knows.
        opened: The plan.
        targets: The nodes that are wanted.
        plan: What the plan may come to be; None is what it is.

    Raises:
        PlanError: The plan has errors.
        InputError: It cannot be run as it is, or here; the message says why.
        OSError: The interpreter or the store cannot be used.
    """
    if opened.path is None:
        raise InputError("Save the plan first: its folder is where its nodes run.")
    if opened.inputs_error:
        raise InputError(opened.inputs_error)
    if not session.trusted:
        raise InputError("The workspace is not trusted: nothing of it is run. Trust it first.")
    settings = session.settings_for(opened.path)
    review = session.review(opened)
    wanted = plan or opened.plan
    decided = decision(session, wanted, opened.path)
    job = make_job(
        wanted,
        opened.path.resolve(),  # What a link leads to is all that nodes see of it.
        targets,
        inputs=opened.inputs,
        timeout=settings.timeout or None,
        workers=settings.workers,
        mode=settings.mode,
        capacities=settings.resources,
        problems=review.problems if plan is None else None,
        imports=review.rules,
        policies=decided.policies,
        minimum_tier=decided.minimum_tier,
        run_time=decided.run_time,
        notes=decided.notes,
        lines=settings.coverage,
    )
    return session.engine(opened.path), job

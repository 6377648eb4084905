"""What to tell of a plan's problems."""

from collections.abc import Collection, Iterable

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.check import check
from codeact_lsp.plan.problems.ignores import without_ignored
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.problems.severities import Severities, weighed


def report(
    plan: Plan, given: Collection[str] = (), severities: Severities | None = None
) -> list[Problem]:
    """The problems of `plan` that its comments and the user's settings leave, in order.

    Args:
        plan: The plan.
        given: Names of the inputs that have a value from outside the plan.
        severities: How much each kind of problem weighs; None is as each check has it.
    """
    return told(plan, check(plan, given), severities or {})


def told(plan: Plan, problems: Iterable[Problem], severities: Severities) -> list[Problem]:
    """As `report`, of the problems that `check` has found."""
    return list(weighed(without_ignored(plan, problems), severities))

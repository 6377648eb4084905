"""What to tell of a plan's problems."""

from collections.abc import Collection, Iterable

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.check import check
from codeact_lsp.plan.problems.ignores import ignores, uncovered, without_ignored
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.problems.severities import Severities, weighed


def report(
    plan: Plan,
    given: Collection[str] = (),
    severities: Severities | None = None,
    rules: ImportRules = NO_RULES,
    advice: Collection[Problem] | None = (),
) -> list[Problem]:
    """The problems of `plan` that its comments and the user's settings leave, in order.

    Args:
        plan: The plan.
        given: Names of the inputs that have a value from outside the plan.
        severities: How much each kind of problem weighs; None is as each check has it.
        rules: Which modules may be imported.
        advice: What a linter found in it; None if it was not asked.
    """
    return told(plan, check(plan, given, rules), severities or {}, advice)


def told(
    plan: Plan,
    problems: Iterable[Problem],
    severities: Severities,
    advice: Collection[Problem] | None = (),
) -> list[Problem]:
    """As `report`, of the problems that `check` has found. Those of `advice` are not among them."""
    return list(weighed(without_ignored(plan, problems, advice), severities))


def told_of_advice(
    plan: Plan, advice: Collection[Problem], severities: Severities
) -> list[Problem]:
    """What a linter found, as far as the plan's comments and the user's settings leave it."""
    if not advice:
        return []
    return list(weighed(uncovered(list(ignores(plan)), advice), severities))

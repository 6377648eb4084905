"""Run all checks over a plan."""

from collections.abc import Callable, Collection, Iterable

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems import (
    cycle,
    duplicate,
    inputs,
    references,
    sections,
    syntax,
    unsupported,
)
from codeact_lsp.plan.problems.problem import Problem

CHECKS: tuple[Callable[[Plan, Collection[str]], Iterable[Problem]], ...] = (
    syntax.problems,
    duplicate.problems,
    sections.problems,
    references.problems,
    cycle.problems,
    unsupported.problems,
    inputs.problems,
)


def check(plan: Plan, given: Collection[str] = ()) -> list[Problem]:
    """All problems of `plan`, in the order of the text.

    Args:
        plan: The plan.
        given: Names of the inputs that have a value from outside the plan.
    """
    found = [problem for run in CHECKS for problem in run(plan, given)]
    return sorted(found, key=lambda problem: (problem.span, problem.code))

"""Leave one node of a name."""

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import removed as without
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem


def removed(plan: Plan, problem: Problem) -> Correction | None:
    """Remove the definition at which the problem stands."""
    function = Function.at(plan, problem.span.start)
    if function is None:
        return None
    return Correction(f"Remove this definition of '{function.name}'", (without(function),))


def private(plan: Plan, problem: Problem) -> Correction | None:
    """Make the definition at which the problem stands a helper."""
    name = f"_{plan.source.text[problem.span.start : problem.span.end]}"
    if name in plan.names:
        return None
    return Correction(f"Make it a helper named '{name}'", (TextEdit(problem.span, name),))

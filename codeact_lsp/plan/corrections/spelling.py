"""Write a name as it was probably meant."""

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.edits.rename import rename_parameter
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem


def correction(plan: Plan, problem: Problem) -> Correction | None:
    """Change to the name that the problem suggests; a parameter takes its uses along."""
    replacement = problem.data.get("replacement")
    if replacement is None:
        return None
    title = f"Change to '{replacement}'"
    if problem.code == "unknown-input":
        written = plan.source.text[problem.span.start : problem.span.end]
        edits = rename_parameter(plan, problem.data["node"], written, replacement)
        return Correction(title, edits) if edits else None
    return Correction(title, (TextEdit(problem.span, replacement),), preferred=True, certain=True)

"""What is wrong with a plan, as values: one check a file, all listed in `check`."""

from codeact_lsp.plan.problems.check import Review, check
from codeact_lsp.plan.problems.problem import Problem, Related, Severity

__all__ = ["Problem", "Related", "Review", "Severity", "check"]

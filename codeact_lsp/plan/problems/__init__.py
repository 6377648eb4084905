"""What is wrong with a plan, as values: one check a file, all listed in `CHECKS`."""

from codeact_lsp.plan.problems.check import CHECKS, check
from codeact_lsp.plan.problems.problem import Problem, Related, Severity

__all__ = ["CHECKS", "Problem", "Related", "Severity", "check"]

"""Ways out of problems, as edits: one a file, computed only when they are asked for."""

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.corrections.table import combined, corrections

__all__ = ["Correction", "combined", "corrections"]

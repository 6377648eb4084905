"""Advice on a plan's code while it is typed: imports of no use, calls that deserve a look.

The sandbox is what protects; nothing here is a boundary, and nothing here says that a plan is safe.
"""

from codeact_lsp.safety.findings import added, advice, findings, findings_in_each, imported
from codeact_lsp.safety.ruff import NoAdviceError
from codeact_lsp.safety.withheld import import_rules

__all__ = [
    "NoAdviceError",
    "added",
    "advice",
    "findings",
    "findings_in_each",
    "import_rules",
    "imported",
]

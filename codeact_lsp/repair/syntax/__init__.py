"""Repairs of code that does not parse: tried by parsing, so they need no run."""

from codeact_lsp.repair.syntax.mending import Mend, mends

__all__ = ["Mend", "mends"]

"""Edits of a plan as minimal text edits: bytes outside the edited function stay as they are."""

from codeact_lsp.plan.edits.text import TextEdit, minimal

__all__ = ["TextEdit", "minimal"]

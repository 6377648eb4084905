"""Edits of a plan as minimal text edits: bytes outside the edited function stay as they are."""

from codeact_lsp.plan.edits.rename import rename_parameter
from codeact_lsp.plan.edits.rewrite import rewrite
from codeact_lsp.plan.edits.text import TextEdit, minimal

__all__ = ["TextEdit", "minimal", "rename_parameter", "rewrite"]

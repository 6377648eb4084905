"""Keep a statement for when the file is run as a script."""

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits.layout import line_end
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.source import Span

_GUARD = 'if __name__ == "__main__":'


def correction(plan: Plan, problem: Problem) -> Correction | None:
    """Put a call that stands for itself, on a line of its own, under a guard."""
    text, span = plan.source.text, problem.span
    piece = plan.document.pieces[plan.document.piece_at(span.start)]
    call = text[span.start : span.end]
    if not problem.data["whole"] or len(piece.tree.body) != 1 or "\n" in call or "\r" in call:
        return None
    newline = line_end(plan.source, span.start)
    edit = TextEdit(Span(span.start, span.start), f"{_GUARD}{newline}    ")
    return Correction("Keep it for when the file is run as a script", (edit,))

"""A piece that Python cannot compile, in the interpreter's own words and place."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem


def problems(plan: Plan, _given: Collection[str]) -> Iterator[Problem]:
    """One problem for each piece that does not compile."""
    document = plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True):
        if piece.issue:
            message = f"SyntaxError: {piece.issue.message}"
            yield Problem("syntax", message, piece.issue.span.shifted(start))

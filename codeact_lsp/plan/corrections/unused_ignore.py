"""Take away a comment that ignores nothing."""

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits.text import TextEdit, list_item
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.ignores import Ignore, ignores
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.source import Encoding, Span


def correction(plan: Plan, problem: Problem) -> Correction | None:
    """Remove the comment, or the code that it names in vain."""
    for comment in ignores(plan):
        if problem.span.overlaps(comment.span):
            alone = problem.span == comment.span or len(comment.codes) == 1
            span = _comment(plan, comment) if alone else list_item(plan.source.text, problem.span)
            written = plan.source.text[problem.span.start : problem.span.end]
            title = "Remove the comment" if alone else f"Remove '{written}' from the comment"
            return Correction(title, (TextEdit(span, ""),), preferred=True, certain=True)
    return None


def _comment(plan: Plan, comment: Ignore) -> Span:
    """The comment with the blanks before it; its line, if there is nothing else on it.

    Where a remark follows in the same comment, only what the remark can do without.
    """
    text = plan.source.text
    line = plan.source.position(comment.span.start, Encoding.CODE_POINTS).line
    start = plan.source.line_starts[line]
    end = start + len(plan.source.line(line))
    before, behind = text[start : comment.span.start], text[comment.span.end : end]
    if not before.strip() and not behind.strip():
        return Span(start, start + len(plan.source.lines[line]))
    if behind.strip() and not behind.lstrip().startswith("#"):
        return Span(comment.span.start + 1, comment.span.end)
    return Span(start + len(before.rstrip()), comment.span.end)

"""Switch a problem off where it stands, by a comment."""

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.codes import UNDENIABLE
from codeact_lsp.plan.problems.ignores import can_comment, ignores
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.source import Encoding, Span

_NEVER = {UNDENIABLE, "unused-ignore"}


def correction(plan: Plan, problem: Problem) -> Correction | None:
    """Add the comment to the problem's line, or to the `def` where that line is in a docstring."""
    if problem.code in _NEVER:
        return None
    for offset in _places(plan, problem):
        end = _end_of_line(plan, offset)
        if can_comment(plan, end):
            title = f"Ignore '{problem.code}' here"
            return Correction(title, (_edit(plan, offset, end, problem.code),))
    return None


def _places(plan: Plan, problem: Problem) -> list[int]:
    index = plan.document.piece_at(problem.span.start)
    start = plan.document.starts[index]
    headers = (
        node.header.shifted(start).end
        for node in plan.document.pieces[index].nodes
        if problem.span.start in node.span.shifted(start)
    )
    return [problem.span.start, *headers]


def _end_of_line(plan: Plan, offset: int) -> int:
    """Where the code and comments of a line end."""
    number = plan.source.position(offset, Encoding.CODE_POINTS).line
    return plan.source.line_starts[number] + len(plan.source.line(number).rstrip())


def _edit(plan: Plan, offset: int, end: int, code: str) -> TextEdit:
    """Name `code` in the comment that is there, or in a new one."""
    for comment in ignores(plan):
        if offset <= comment.span.start <= end and comment.codes:
            behind = comment.codes[-1][1].end
            return TextEdit(Span(behind, behind), f", {code}")
    return TextEdit(Span(end, end), f"  # codeact: ignore[{code}]")

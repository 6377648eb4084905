"""Take a name out of the section that names it: to cut a cycle, or to forget what is not there."""

import re

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits.text import TextEdit, list_item
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.source import Encoding, Span

_SECTION_LINE = re.compile(r"[ \t]*(After|Wait):[^\r\n]*?[ \t]*(?=[\r\n]|\Z)")
_QUOTE = re.compile(r"\"\"\"|'''|\"|'")


def correction(plan: Plan, problem: Problem) -> Correction | None:
    """Remove the name, or the whole line where it is the only one.

    A parameter that makes the edge is left alone: the body needs its value. So is a line that also
    holds a quote, for the docstring may be nothing without it.
    """
    text = plan.source.text
    line = plan.source.position(problem.span.start, Encoding.CODE_POINTS).line
    start = plan.source.line_starts[line]
    match = _SECTION_LINE.match(text, start)
    if match is None or _QUOTE.search(match[0]):
        return _of_one_line(plan, problem, start)
    name = text[problem.span.start : problem.span.end]
    if match[1] == "After" and "," in match[0]:
        title = f"Remove '{name}' from After"
        return Correction(title, (TextEdit(list_item(text, problem.span), ""),))
    ends = [*plan.source.line_starts[line + 1 : line + 2], len(text)]
    edit = TextEdit(Span(start, ends[0]), "")
    return Correction(f"Remove '{match[0].strip()}'", (edit,))


def _of_one_line(plan: Plan, problem: Problem, start: int) -> Correction | None:
    """The name is one of several in a docstring of one line, such as `'After: a, b'`."""
    text = plan.source.text
    before = text[start : problem.span.start]
    item = list_item(text, problem.span)
    if item == problem.span or not re.search(r"After:[^\r\n]*\Z", before):
        return None
    name = text[problem.span.start : problem.span.end]
    return Correction(f"Remove '{name}' from After", (TextEdit(item, ""),))

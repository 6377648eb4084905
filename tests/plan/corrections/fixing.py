"""Apply a correction, and look at the whole text that comes out."""

from collections.abc import Collection
from itertools import pairwise

from codeact_lsp.plan import Plan
from codeact_lsp.plan.corrections import Correction, corrections
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.problems.report import report
from tests.carets import dedent


def applied(text: str, edits: Collection[TextEdit]) -> str:
    """The text after edits, which are in order and do not overlap."""
    spans = [edit.span for edit in edits]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for edit in reversed(list(edits)):
        text = edit.apply(text)
    return text


def offered(text: str, code: str, given: Collection[str] = ()) -> dict[str, Correction]:
    """The corrections of all problems of a kind, by title; not those that ignore it."""
    plan = Plan.from_text(text)
    return {
        correction.title: correction
        for problem in report(plan, given)
        if problem.code == code
        for correction in corrections(plan, problem)
        if not correction.title.startswith("Ignore ")
    }


def check_correction(
    before: str,
    title: str,
    after: str,
    code: str,
    *,
    given: Collection[str] = (),
    newline: str = "\n",
) -> None:
    """The correction of that title turns one text into the other, which parses and lacks it."""
    before = dedent(before).replace("\n", newline)
    found = offered(before, code, given)
    assert title in found
    text = applied(before, sorted(found[title].edits, key=lambda edit: edit.span))
    assert text == dedent(after).replace("\n", newline)
    assert "syntax" not in {problem.code for problem in report(Plan.from_text(text))}

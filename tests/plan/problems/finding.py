"""Problems of a plan, drawn under its text."""

from collections.abc import Collection

from codeact_lsp.plan import Plan, Problem, Severity
from codeact_lsp.plan.problems.report import report
from codeact_lsp.plan.problems.severities import Severities
from tests.carets import dedent, render, source_of


def problems(text: str, given: Collection[str] = ()) -> list[Problem]:
    return report(Plan.from_text(text), given)


def check_problems(
    drawing: str,
    given: Collection[str] = (),
    newline: str = "\n",
    only: Collection[str] = (),
    severities: Severities | None = None,
) -> None:
    """The problems of the drawn text are those that are drawn.

    Args:
        drawing: A text with its problems.
        given: Names of the inputs that have a value.
        newline: What the lines of the text end in.
        only: The codes to draw; all if there are none.
        severities: How much each kind of problem weighs.
    """
    text = source_of(drawing, newline)
    marks = []
    for problem in report(Plan.from_text(text), given, severities):
        if only and problem.code not in only:
            continue
        weight = "" if problem.severity is Severity.ERROR else f"{problem.severity.value} "
        marks.append((problem.span, f"{weight}{problem.code}: {problem.message}"))
        marks += [(near.span, f"({problem.code}) {near.message}") for near in problem.related]
    assert render(text, marks) == dedent(drawing)

"""What deserves a look in a plan, drawn under its text."""

from codeact_lsp.plan import Plan
from codeact_lsp.safety import findings
from codeact_lsp.sandbox.levels import Level
from tests.carets import dedent, render, source_of


def codes(text: str, level: Level = Level.STRICT) -> list[str]:
    """The codes of all that is found in a text, in order."""
    return [found.code for found in findings(Plan.from_text(dedent(text)), level)]


def check_found(drawing: str, level: Level = Level.STRICT, newline: str = "\n") -> None:
    """What is found in the drawn text is what is drawn: codes, and names where there are some."""
    text = source_of(drawing, newline)
    found = findings(Plan.from_text(text), level)
    marks = [(one.span, f"{one.code} {one.data.get('name') or ''}".rstrip()) for one in found]
    assert render(text, marks) == dedent(drawing)

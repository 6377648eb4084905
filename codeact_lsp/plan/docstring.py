"""Find a function's docstring, its prose and its one-line sections, with exact places."""

import ast
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from codeact_lsp.plan.directives import SECTION_NAMES, Malformed, Section
from codeact_lsp.plan.source import Span

if TYPE_CHECKING:
    from codeact_lsp.plan.document import Piece

# Not `^` and `$`, which know no line end but `\n`: a file may have been written on another system.
_LINE = re.compile(
    r"(?:\A|(?<=[\r\n]))[ \t]*([A-Z][A-Za-z]+):(?:[ \t]+([^\s][^\r\n]*?))?[ \t]*(?=[\r\n]|\Z)"
)
_QUOTES = re.compile(r"""[A-Za-z]*(\"\"\"|'''|"|')""")
# Headings of the Google style, which open a block and are no business of the engine's.
_HEADINGS = (
    "Args Arguments Attributes Example Examples Note Notes Raises References Returns See Todo "
    "Warning Warnings Warns Yields Deprecated Parameters Keyword Methods Hint Tip"
)
_PROSE = frozenset(_HEADINGS.split())


@dataclass(frozen=True, slots=True)
class Docstring:
    """What a docstring says: its text for people and its sections for the engine."""

    text: str = ""
    sections: tuple[Section, ...] = ()
    malformed: tuple[Malformed, ...] = ()

    @property
    def summary(self) -> str:
        """The first paragraph, on one line."""
        return " ".join(self.text.strip().split("\n\n", 1)[0].split())


def docstring(piece: "Piece", function: ast.FunctionDef | ast.AsyncFunctionDef) -> Docstring:
    """Read the docstring of a top-level function of `piece`."""
    text = ast.get_docstring(function)
    constant = function.body[0].value if isinstance(function.body[0], ast.Expr) else None
    if text is None or constant is None:
        return Docstring()
    span = _inside(piece.text, piece.span(constant))
    sections: list[Section] = []
    malformed: list[Malformed] = []
    for match in _LINE.finditer(piece.text[span.start : span.end]):
        section = _section(match, span.start)
        if not _at_margin(match, function.body[0].col_offset, section.name_span.start, span.start):
            continue
        if section.name in SECTION_NAMES:
            sections.append(section)
        elif section.name not in _PROSE and section.value:
            malformed += _misspelt(section)
    return Docstring(text, tuple(sections), tuple(malformed))


def _inside(text: str, literal: Span) -> Span:
    """The span between the quotes of a string literal."""
    opening = _QUOTES.match(text, literal.start)
    if opening is None:
        return literal
    return Span(opening.end(), literal.end - len(opening[1]))


def _section(match: re.Match[str], start: int) -> Section:
    value = match[2] or ""
    value_span = Span(*match.span(2)) if value else Span(match.end(1) + 1, match.end(1) + 1)
    name_span = Span(*match.span(1)).shifted(start)
    return Section(match[1], name_span, value, value_span.shifted(start))


def _at_margin(match: re.Match[str], margin: int, name_start: int, first: int) -> bool:
    """Whether the line stands at the docstring's own margin and not inside a block such as Args."""
    indent = match.start(1) - match.start()
    return indent <= margin or name_start - indent == first


def _misspelt(section: Section) -> list[Malformed]:
    close = get_close_matches(section.name, SECTION_NAMES, n=1, cutoff=0.75)
    if not close:
        return []
    message = f"Unknown section '{section.name}'; did you mean '{close[0]}'?"
    return [Malformed(message, section.name_span)]

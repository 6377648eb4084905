"""Find a function's docstring, what it describes and its one-line sections, with exact places."""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import TYPE_CHECKING, NamedTuple

from codeact_lsp.plan.docstrings.directives import Malformed, Reference, Section, reference
from codeact_lsp.plan.docstrings.doclines import DocLine, Lines, read_lines
from codeact_lsp.plan.docstrings.forms import accepts
from codeact_lsp.plan.docstrings.meant import meant_name
from codeact_lsp.plan.docstrings.sections import corrected
from codeact_lsp.plan.docstrings.vocabulary import SECTION_NAMES
from codeact_lsp.plan.source import Span
from codeact_lsp.plan.spelling import did_you_mean

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece

_NAMED = re.compile(r"([A-Za-z](?:[A-Za-z _-]{0,24}?))([ \t]*):(?!:)[ \t]*(.*)")
_INLINE = re.compile(rf"\b({'|'.join(SECTION_NAMES)}):[ \t]+(\S.*)")
# The headings of the Google style that open a list of parameters.
ARGUMENT_HEADINGS = frozenset(
    {"Args", "Arguments", "Parameters", "Params", "Keyword Args", "Keyword Arguments"}
)
_ENTRY = re.compile(r"\*{0,2}(\w+)[ \t]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?[ \t]*:")


class Docstring(NamedTuple):
    """What a docstring says: its text for people, its sections for the engine.

    Attributes:
        written: The text as Python reads it, with the indentation of the function.
        described: The parameters that its `Args:` describe.
        span: The literal, quotes included; None if there is no docstring.
    """

    written: str = ""
    sections: tuple[Section, ...] = ()
    malformed: tuple[Malformed, ...] = ()
    described: tuple[Reference, ...] = ()
    span: Span | None = None

    @property
    def text(self) -> str:
        """The text without that indentation."""
        return cleandoc(self.written)

    @property
    def summary(self) -> str:
        """The first paragraph, on one line."""
        return first_paragraph(self.text)


def first_paragraph(text: str) -> str:
    """The first paragraph of a docstring's text, on one line."""
    return " ".join(text.strip().split("\n\n", 1)[0].split())


def docstring(piece: "Piece", function: ast.FunctionDef | ast.AsyncFunctionDef) -> Docstring:
    """Read the docstring of a top-level function of `piece`."""
    constant = function.body[0].value if isinstance(function.body[0], ast.Expr) else None
    if not isinstance(constant, ast.Constant) or not isinstance(constant.value, str):
        return Docstring()
    literal = piece.span(constant)
    # All that there is to find ends with one; most docstrings are a sentence.
    if ":" not in constant.value:
        return Docstring(constant.value, span=literal)
    reader = _Reader(read_lines(piece.text, literal, constant.value), _names(function))
    reader.read()
    return Docstring(
        constant.value,
        tuple(reader.sections),
        tuple(reader.malformed),
        tuple(reader.described),
        literal,
    )


def _names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
    taken = function.args
    return frozenset(one.arg for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs))


@dataclass
class _Reader:
    """Goes through the lines of a docstring once."""

    lines: Lines
    parameters: Collection[str]
    sections: list[Section] = field(default_factory=list)
    malformed: list[Malformed] = field(default_factory=list)
    described: list[Reference] = field(default_factory=list)

    def read(self) -> None:
        """Read all lines; what stands deeper than the margin belongs to the line above it."""
        heading, entry_indent, section = "", None, False
        for line in self.lines:
            if not line.text:
                section = False
            elif line.at_margin:
                heading, entry_indent = line.text.removesuffix(":"), None
                section = self._read_line(line)
            else:
                if section:
                    self._continue(line)
                section = False
                entry_indent = line.indent if entry_indent is None else entry_indent
                if heading in ARGUMENT_HEADINGS and line.indent == entry_indent:
                    self._read_entry(line)

    def _read_line(self, line: DocLine) -> bool:
        """Read a line at the margin; tell whether it is a section."""
        match = _NAMED.match(line.text)
        if match and match[1] in SECTION_NAMES and not match[2]:
            self.sections.append(
                Section(
                    name=match[1],
                    name_span=self._span(line, *match.span(1)),
                    value=match[3],
                    value_span=self._span(line, *match.span(3)),
                    exact=line.start is not None,
                )
            )
            return True
        if match:
            self.malformed += self._misspelt(line, match)
        if line.is_first:
            self.malformed += self._inline(line)
        return False

    def _continue(self, line: DocLine) -> None:
        last = self.sections.pop()
        rest = self._span(line, 0, len(line.text))
        self.sections.append(
            Section(last.name, last.name_span, last.value, last.value_span, rest, last.exact)
        )

    def _misspelt(self, line: DocLine, match: re.Match[str]) -> Iterator[Malformed]:
        """A line whose name is close to a section's and whose value that section would take.

        The value decides: `Requires: Python 3.12` and `Memory use: a lot` are prose.
        """
        name, value = match[1], match[3]
        known = meant_name(name) if value and name not in self.parameters else None
        if known and (accepts(known, value) or corrected(known, value)):
            message = f"There is no section '{name}'.{did_you_mean(known)}"
            span = self._span(line, match.start(1), match.end(2))
            yield Malformed(message, span, "unknown-name", self._replacement(line, known))

    def _inline(self, line: DocLine) -> Iterator[Malformed]:
        match = _INLINE.search(line.text, 1) if ":" in line.text else None
        if match and accepts(match[1], match[2]):
            message = f"{match[1]}: is only read on a line of its own, at the docstring's margin."
            yield Malformed(message, self._span(line, *match.span()), "inline")

    def _read_entry(self, line: DocLine) -> None:
        if (match := _ENTRY.match(line.text)) and not match[1][0].isdigit():
            span = self._span(line, *match.span(1))
            self.described.append(reference(match[1], span, exact=line.start is not None))

    def _span(self, line: DocLine, start: int, end: int) -> Span:
        """The place of a part of a line; the whole literal where that is all that is certain."""
        if line.start is None:
            return self.lines.literal
        return Span(line.start + start, line.start + end)

    @staticmethod
    def _replacement(line: DocLine, text: str) -> str | None:
        return None if line.start is None else text

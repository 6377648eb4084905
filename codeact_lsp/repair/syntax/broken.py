"""Code that does not parse, and a change that may mend it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from codeact_lsp.plan.source import LINE_END, Span
from codeact_lsp.plan.syntax import SyntaxIssue

SURE = 0.95
"""Nothing else can have been meant."""
LIKELY = 0.85
"""What is nearly always meant where it parses."""
POSSIBLE = 0.6
"""One way of several."""


@dataclass(frozen=True, slots=True)
class Change:
    """A proposal: the whole text as it would read, and how sure that is, from 0 to 1."""

    title: str
    text: str
    likely: float


@dataclass(frozen=True)
class Broken:
    """A text that Python does not compile, and what Python says of it."""

    text: str
    issue: SyntaxIssue

    @cached_property
    def line(self) -> Span:
        """The line that Python complains of, without its end."""
        return self.line_at(self.issue.span.start)

    @cached_property
    def written(self) -> str:
        """That line as it is written."""
        return self.text[self.line.start : self.line.end]

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """All lines, without their ends."""
        ends = [(end.start(), end.end()) for end in LINE_END.finditer(self.text)]
        starts = [0, *(end for _, end in ends)]
        stops = [*(start for start, _ in ends), len(self.text)]
        return tuple(Span(start, stop) for start, stop in zip(starts, stops, strict=True))

    def line_at(self, offset: int) -> Span:
        """The line that holds an offset."""
        return next(line for line in reversed(self.lines) if line.start <= offset)

    def text_of(self, line: Span) -> str:
        """A line as it is written."""
        return self.text[line.start : line.end]

    def moved(self, lines: Sequence[Span], change: Callable[[str], str]) -> str:
        """The text with another margin for each of some lines that have anything in them."""
        text = self.text
        for line in reversed(lines):
            old = margin_of(self.text_of(line))
            if self.text_of(line).strip():
                text = text[: line.start] + change(old) + text[line.start + len(old) :]
        return text

    def with_line(self, new: str) -> str:
        """The text with another line for the one that Python complains of."""
        return self.replaced(self.line, new)

    def replaced(self, span: Span, new: str) -> str:
        """The text with something else at a place."""
        return self.text[: span.start] + new + self.text[span.end :]

    def said(self, *words: str) -> bool:
        """Whether Python's message has any of these in it."""
        return any(word in self.issue.message for word in words)


Proposer = Callable[[Broken], Iterator[Change]]
"""What proposes changes for a text that does not parse."""


def margin_of(written: str) -> str:
    """What stands in front of the code of a line."""
    return written[: len(written) - len(written.lstrip(" \t"))]


def end_of_code(line: str) -> int:
    """Where the code of a line ends: before the comment, if one follows it, and the blanks."""
    quote = ""
    for at, char in enumerate(line):
        if quote:
            quote = "" if char == quote and line[at - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char == "#":
            return len(line[:at].rstrip())
    return len(line.rstrip())

"""The lines of a docstring's value, each with its place in the literal that it is written as.

A literal may hold escapes, or be several literals side by side. Then the characters of its value
cannot all be found in the text, and a wrong place is worse than none: only lines that stand before
the first or behind the last such spot keep theirs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, takewhile
from typing import NamedTuple

from codeact_lsp.plan.source import LINE_END, Span

_QUOTES = re.compile(r"""([A-Za-z]*)(\"\"\"|'''|"|')""")


class DocLine(NamedTuple):
    """One line, without the blanks around it.

    Attributes:
        indent: Columns before the text, a tab going to the next multiple of eight.
        at_margin: Whether it stands at the docstring's own margin, not inside a block such as Args.
        start: Offset of the text in the piece; None where that is not certain.
    """

    text: str
    indent: int
    at_margin: bool
    is_first: bool
    start: int | None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a docstring, and the whole literal, quotes included."""

    literal: Span
    lines: Sequence[DocLine]

    def __iter__(self) -> Iterator[DocLine]:
        return iter(self.lines)


def read_lines(text: str, literal: Span, value: str) -> Lines:
    """The lines of `value`, which stands as `literal` in `text`."""
    lines = value.split("\n")
    stripped = [line.strip() for line in lines]
    blanks = [len(line) - len(line.lstrip()) for line in lines]
    indents = blanks
    if "\t" in value:
        indents = [
            len(line[:blank].expandtabs()) for line, blank in zip(lines, blanks, strict=True)
        ]
    margin = min(compress(indents[1:], stripped[1:]), default=0)
    starts = _starts(text, literal, lines)
    return Lines(
        literal,
        [
            DocLine(
                stripped[index],
                indents[index],
                index == 0 or indents[index] <= margin,
                index == 0,
                None if start is None else start + blanks[index],
            )
            for index, start in enumerate(starts)
        ],
    )


def _starts(text: str, literal: Span, lines: list[str]) -> list[int | None]:
    """Where each line of the value begins in `text`."""
    opening = _QUOTES.match(text, literal.start)
    if opening is None:
        return [None] * len(lines)
    first, last = opening.end(), literal.end - len(opening[2])
    written = LINE_END.split(text[first:last])
    starts = [first, *(match.end() for match in LINE_END.finditer(text, first, last))]
    is_raw = "r" in opening[1].lower()
    if written == lines and (is_raw or text.find("\\", first, last) < 0):
        return list(starts)

    def same(pair: tuple[str, str]) -> bool:
        return pair[0] == pair[1] and (is_raw or "\\" not in pair[0])

    head = sum(1 for _ in takewhile(same, zip(written, lines, strict=False)))
    tail = sum(1 for _ in takewhile(same, zip(reversed(written), reversed(lines), strict=False)))
    tail = min(tail, len(lines) - head, len(written) - head)
    between = [None] * (len(lines) - head - tail)
    return [*starts[:head], *between, *starts[len(starts) - tail :]]

"""A text with its line index, and the one place where offsets change their unit.

Inside the plan core a place is a `Span`: half-open offsets in code points. `ast` counts UTF-8
bytes, editors count UTF-16 code units unless they negotiated otherwise; both are converted here.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from codeact_lsp.plan.characters import Characters
from codeact_lsp.plan.starts import Starts

# LSP knows these three line ends and no other; `str.splitlines` also splits at form feeds,
# U+2028 and more, which would put every later line out of step with the editor.
LINE_END = re.compile(r"\r\n|\r|\n")


class Encoding(Enum):
    """The unit in which a `Position.character` counts."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    CODE_POINTS = "utf-32"


class Position(NamedTuple):
    """A 0-based line and a 0-based character, in the unit of some `Encoding`."""

    line: int
    character: int


class Span(NamedTuple):
    """Half-open range of code-point offsets."""

    start: int
    end: int

    def shifted(self, by: int) -> "Span":
        """The same span, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def __contains__(self, offset: int) -> bool:  # type: ignore[override] # No pair of numbers.
        """Whether a caret at `offset` touches the span; both ends count."""
        return self.start <= offset <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a point, ends included."""
        return self.start <= other.end and other.start <= self.end


class Source:
    """An immutable text with a lazily built line index.

    Attributes:
        characters: The text; of an edited source it is in blocks until `text` is asked for.
        version: The editor's number of it.
    """

    def __init__(self, text: str | Characters, version: int | None = None) -> None:
        self.characters = text
        self.version = version

    @cached_property
    def text(self) -> str:
        """The text in one."""
        return str(self.characters)

    def __eq__(self, other: object) -> bool:
        """Whether the other one is the same version of the same text."""
        return isinstance(other, Source) and self._content == other._content

    def __hash__(self) -> int:
        """As equality has it."""
        return hash(self._content)

    @property
    def _content(self) -> tuple[str, int | None]:
        return self.text, self.version

    @cached_property
    def line_starts(self) -> Sequence[int]:
        """Offset of the first character of each line, in code points."""
        return line_starts(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines, each with its line end."""
        ends = [*self.line_starts[1:], len(self.text)]
        return [self.text[start:end] for start, end in zip(self.line_starts, ends, strict=True)]

    def line(self, number: int) -> str:
        """Line `number` (0-based) without its line end; empty past the end of the text."""
        starts = self.line_starts
        if not 0 <= number < len(starts):
            return ""
        end = starts[number + 1] if number + 1 < len(starts) else len(self.characters)
        return self.characters[starts[number] : end].rstrip("\r\n")

    def offset(self, position: Position, encoding: Encoding) -> int:
        """The offset of `position`; one past a line's or the text's end is clamped to that end."""
        if position.line >= len(self.line_starts):
            return len(self.characters)
        line = self.line(position.line)
        return self.line_starts[position.line] + _FROM_UNITS[encoding](line, position.character)

    def position(self, offset: int, encoding: Encoding) -> Position:
        """The line and character of `offset`, clamped to the text."""
        offset = min(max(offset, 0), len(self.characters))
        line = self.line_at(offset)
        before = self.characters[self.line_starts[line] : offset]
        return Position(line, _TO_UNITS[encoding](before))

    def span_of_lines(self, first: int, last: int) -> Span:
        """From the first non-blank character of line `first` to the end of line `last`, 0-based."""
        text = self.line(first)
        indent = len(text) - len(text.lstrip())
        start = self.offset(Position(first, indent), Encoding.CODE_POINTS)
        return Span(start, self.offset(Position(last, len(self.line(last))), Encoding.CODE_POINTS))

    def line_at(self, offset: int) -> int:
        """The line that holds `offset`."""
        starts = self.line_starts
        if isinstance(starts, Starts):
            return starts.part_at(offset)
        return bisect_right(starts, offset) - 1

    def replaced(self, span: Span, new: str, version: int | None = None) -> "Source":
        """A source in which `span` reads `new`; its line index is made from this one's."""
        known = self.characters
        characters = known if isinstance(known, Characters) else Characters.of(known)
        source = Source(characters.replaced(span.start, span.end, new), version)
        # Where a cached property keeps its value.
        vars(source)["line_starts"] = self._line_starts_after(span, source, len(new))
        return source

    def _line_starts_after(self, span: Span, edited: "Source", inserted: int) -> Starts:
        """The line starts of `edited`, which differs from this one at `span` only."""
        starts = self.line_starts
        known = starts if isinstance(starts, Starts) else Starts.of(starts)
        # One line further back: a line feed that comes behind a carriage return joins it.
        first = max(known.part_at(span.start) - 1, 0)
        end = span.start + inserted
        # One character further on, to see whether a line end goes on there; that one is kept.
        start = known[first]
        found = LINE_END.finditer(edited.characters[start : end + 1])
        between = [start + match.end() for match in found if start + match.end() <= end]
        by = inserted - (span.end - span.start)
        return known.replaced(first + 1, known.part_at(span.end) + 1, between, by)


def line_starts(text: str) -> list[int]:
    """Offset of the first character of each line of `text`."""
    if "\r" in text:
        return [0, *(match.end() for match in LINE_END.finditer(text))]
    # The same in a fraction of the time, and each piece has lines to be counted.
    lengths = [len(line) + 1 for line in text.split("\n")]
    return [0, *accumulate(lengths[:-1])]


def encoded(text: str) -> bytes:
    """UTF-8 in which a lone surrogate, legal in a Python string, also has a form."""
    return text.encode("utf-8", "surrogatepass")


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _from_utf8(line: str, units: int) -> int:
    return _from_wide(line, units, "utf-8", lambda char: len(encoded(char)))


def _from_utf16(line: str, units: int) -> int:
    return _from_wide(line, 2 * units, "utf-16-le", lambda char: 2 * _utf16_length(char))


def _from_wide(line: str, size: int, codec: str, width: Callable[[str], int]) -> int:
    """How many characters of `line` take `size` bytes; one that is cut through counts."""
    if line.isascii():
        return min(max(size // width("a"), 0), len(line))
    try:
        data = line.encode(codec)
    except UnicodeEncodeError:  # Two lone surrogates side by side would be read as one character.
        return _counted(line, size, width)
    data = data[: max(size, 0)]
    whole = data.decode(codec, "ignore")
    return len(whole) + (len(whole.encode(codec)) < len(data))


def _counted(line: str, size: int, width: Callable[[str], int]) -> int:
    seen = 0
    for index, char in enumerate(line):
        if seen >= size:
            return index
        seen += width(char)
    return len(line)


_FROM_UNITS: dict[Encoding, Callable[[str, int], int]] = {
    Encoding.UTF8: _from_utf8,
    Encoding.UTF16: _from_utf16,
    Encoding.CODE_POINTS: lambda line, units: min(max(units, 0), len(line)),
}
_TO_UNITS: dict[Encoding, Callable[[str], int]] = {
    Encoding.UTF8: lambda text: len(encoded(text)),
    Encoding.UTF16: _utf16_length,
    Encoding.CODE_POINTS: len,
}

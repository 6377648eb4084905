"""Show places of a text as people like to see them: the line, and carets under the exact part."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions
from rich.text import Text

from codeact_lsp.plan import Encoding, Source, Span
from codeact_lsp.plan.visible import visible

# How much of a long line is shown before what is marked, and the least that is shown of it.
_MARGIN = 8
_NARROWEST = 20


@dataclass(frozen=True)
class Carets:
    """The lines of `span` with their numbers, and carets under what belongs to it.

    A line that is too long for the terminal is shown around its carets; in a pipe nothing is cut.
    """

    source: Source
    span: Span
    style: str = "bold red"
    most_lines: int = 4

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Draw it."""
        first = self.source.position(self.span.start, Encoding.CODE_POINTS)
        last = self.source.position(self.span.end, Encoding.CODE_POINTS)
        gutter = len(str(last.line + 1))
        room = max(options.max_width - gutter - 5, _NARROWEST) if console.is_terminal else None
        for number in range(first.line, min(last.line + 1, first.line + self.most_lines)):
            line = self.source.line(number)
            begin = first.character if number == first.line else len(line) - len(line.lstrip())
            end = last.character if number == last.line else len(line)
            shown, begin, end = _window(*_visible(line, begin, end), room)
            yield _row(f"{number + 1:>{gutter}}", Text(shown))
            marks = "^" * max(cell_len(shown[begin:end]), 1)
            yield _row(" " * gutter, Text(" " * cell_len(shown[:begin]) + marks, self.style))
        if last.line >= first.line + self.most_lines:
            yield _row(" " * gutter, Text("…"))


def place(source: Source, span: Span, file: str) -> str:
    """`file:line:column`, as editors and terminals recognise it; both count from 1."""
    start = source.position(span.start, Encoding.CODE_POINTS)
    return f"{visible(file)}:{start.line + 1}:{start.character + 1}"


def _row(gutter: str, text: Text) -> Text:
    return Text(f"  {gutter} │ ", no_wrap=True, overflow="ignore").append_text(text)


def _visible(line: str, begin: int, end: int) -> tuple[str, int, int]:
    """A line as it can be printed, and where the marked part is then."""
    before, marked = visible(line[:begin]), visible(line[begin:end])
    shown_end = len(before) + len(marked)
    return before + marked + visible(line[end:]), len(before), shown_end


def _window(line: str, begin: int, end: int, room: int | None) -> tuple[str, int, int]:
    """The part of a line that fits into so many cells, with the marked part in it."""
    if room is None or cell_len(line) <= room:
        return line, begin, end
    start = max(begin - _MARGIN, 0)
    # Near the end of the line there is room for more of what comes before.
    while start > 0 and cell_len(line[start - 1 :]) < room:
        start -= 1
    cut = "…" if start else ""
    shown = cut + _fitting(line[start:], room - len(cut))
    moved = len(cut) - start
    return shown, begin + moved, min(end + moved, len(shown))


def _fitting(text: str, room: int) -> str:
    return text if cell_len(text) <= room else set_cell_size(text, room - 1) + "…"

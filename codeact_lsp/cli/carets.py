"""Show places of a text as people like to see them: the line, and carets under the exact part."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.text import Text

from codeact_lsp.plan import Encoding, Source, Span

_MARGIN = 8


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
        room = options.max_width - gutter - 5 if console.is_terminal else None
        for number in range(first.line, min(last.line + 1, first.line + self.most_lines)):
            line = _flat(self.source.line(number))
            begin = first.character if number == first.line else len(line) - len(line.lstrip())
            end = last.character if number == last.line else len(line)
            shown, begin, end = _window(line, begin, end, room)
            yield _row(f"{number + 1:>{gutter}}", Text(shown))
            marks = "^" * max(cell_len(shown[begin:end]), 1)
            yield _row(" " * gutter, Text(" " * cell_len(shown[:begin]) + marks, self.style))
        if last.line >= first.line + self.most_lines:
            yield _row(" " * gutter, Text("…"))


def place(source: Source, span: Span, file: str) -> str:
    """`file:line:column`, as editors and terminals recognise it; both count from 1."""
    start = source.position(span.start, Encoding.CODE_POINTS)
    return f"{file}:{start.line + 1}:{start.character + 1}"


def _row(gutter: str, text: Text) -> Text:
    return Text(f"  {gutter} │ ", no_wrap=True, overflow="ignore").append_text(text)


def _window(line: str, begin: int, end: int, room: int | None) -> tuple[str, int, int]:
    """The part of a line that fits, with the marked part in it."""
    if room is None or cell_len(line) <= room:
        return line, begin, end
    skipped = max(min(begin - _MARGIN, len(line) - room), 0)
    if skipped == 0:
        return line[: room - 1] + "…", begin, min(end, room)
    return "…" + line[skipped + 1 : skipped + room], begin - skipped, min(end - skipped, room)


def _flat(text: str) -> str:
    """One cell for each tab, so that carets stand where they should."""
    return text.replace("\t", " ")

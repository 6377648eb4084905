"""Show places of a text as people like to see them: the line, and carets under the exact part."""

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from codeact_lsp.plan import Encoding, Position, Source, Span

_MOST_LINES = 6


def carets(source: Source, span: Span, style: str = "bold red") -> RenderableType:
    """The lines of `span` with their numbers, and carets under what belongs to it."""
    first = source.position(span.start, Encoding.CODE_POINTS)
    last = source.position(span.end, Encoding.CODE_POINTS)
    width = len(str(last.line + 1))
    rows: list[RenderableType] = []
    for number in range(first.line, min(last.line, first.line + _MOST_LINES) + 1):
        line = source.line(number)
        begin = first.character if number == first.line else len(line) - len(line.lstrip())
        end = last.character if number == last.line else len(line)
        rows.append(Text(f"  {number + 1:>{width}} │ {_flat(line)}", no_wrap=True))
        marks = max(cell_len(_flat(line[begin:end])), 1)
        indent = " " * cell_len(_flat(line[:begin]))
        rows.append(
            Text(f"  {'':>{width}} │ ", no_wrap=True).append(indent + "^" * marks, style=style)
        )
    return Group(*rows)


def place(source: Source, span: Span, file: str) -> str:
    """`file:line:column`, as editors and terminals recognise it; both count from 1."""
    start: Position = source.position(span.start, Encoding.CODE_POINTS)
    return f"{file}:{start.line + 1}:{start.character + 1}"


def _flat(text: str) -> str:
    """One cell for each tab, so that carets stand where they should."""
    return text.replace("\t", " ")

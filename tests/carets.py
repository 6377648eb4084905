"""Places in a text, drawn as carets under it, so that a range can be reviewed by eye.

    def growth(orders, previuos): ...
                       ^^^^^^^^ unknown-input: Did you mean 'previous'?

A test holds one such text. `source_of` takes the carets away, the code under test runs on what is
left, `render` draws what it found, and the two drawings are compared.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator

from codeact_lsp.plan import Encoding, Source, Span

WIDTH = 88
# Carets under a span, a bar where an empty span stands, dots before the rest of a long label.
_DRAWN = re.compile(r"[ \t]*(?:(?:\^+|\|)(?: .*)?|\.\.\. .+)")


def render(text: str, marks: Iterable[tuple[Span, str]]) -> str:
    """Draw `marks`, each a span with its label, under the lines of `text`.

    Lines end in `\\n` in the result, whatever they end in in the text. A span of several lines is
    underlined in each and labelled in the last.
    """
    source = Source(text)
    drawn: dict[int, list[str]] = {}
    for span, label in sorted(marks):
        for line, underline in _underlines(source, span):
            drawn.setdefault(line, []).append(underline)
        drawn[line][-1:] = _labelled(drawn[line][-1], label)
    lines = range(len(source.line_starts))
    return "\n".join(part for line in lines for part in (source.line(line), *drawn.get(line, ())))


def source_of(drawing: str, newline: str = "\n") -> str:
    """The text of a drawing: without indentation, the first line end, and all that is drawn."""
    lines = dedent(drawing).split("\n")
    return newline.join(line for line in lines if not _DRAWN.fullmatch(line))


def dedent(drawing: str) -> str:
    """A triple-quoted text as it is meant: without indentation and without its first line end."""
    return textwrap.dedent(drawing).removeprefix("\n")


def _underlines(source: Source, span: Span) -> Iterator[tuple[int, str]]:
    first, start = source.position(span.start, Encoding.CODE_POINTS)
    last, end = source.position(span.end, Encoding.CODE_POINTS)
    for line in range(first, last + 1):
        text = source.line(line)
        column = start if line == first else len(text) - len(text.lstrip())
        width = (end if line == last else len(text)) - column
        # Tabs stay, so that what follows them keeps its place.
        indent = re.sub(r"[^\t]", " ", text[:column].ljust(column))
        if width > 0 or line == last:
            yield line, indent + ("^" * width or "|")


def _labelled(underline: str, label: str) -> list[str]:
    indent = re.sub(r"[^\t ]", "", underline)
    room = max(WIDTH - len(underline) - 1, 30)
    head, *rest = textwrap.wrap(label, room, break_long_words=False) or [""]
    more = textwrap.wrap(" ".join(rest), max(WIDTH - len(indent) - 4, 30))
    return [f"{underline} {head}".rstrip(), *(f"{indent}... {line}" for line in more)]

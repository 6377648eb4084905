"""A replacement of one span of a text."""

import re
from dataclasses import dataclass

from codeact_lsp.plan.source import Span

_COMMA = re.compile(r"[ \t]*,[ \t]*")


@dataclass(frozen=True, slots=True)
class TextEdit:
    """`span` of the text is to read `new`."""

    span: Span
    new: str

    def apply(self, text: str) -> str:
        """The edited text."""
        return text[: self.span.start] + self.new + text[self.span.end :]


def minimal(old: str, new: str, start: int = 0) -> TextEdit:
    """The smallest edit that turns `old`, which stands at offset `start`, into `new`."""
    before = shared_prefix(old, new)
    after = shared_prefix(old[before:][::-1], new[before:][::-1])
    span = Span(start + before, start + len(old) - after)
    return TextEdit(span, new[before : len(new) - after])


def list_item(text: str, span: Span) -> Span:
    """An entry of a list on one line, with the comma that the list does not need without it."""
    if behind := _COMMA.match(text, span.end):
        return Span(span.start, behind.end())
    before = text[: span.start].rstrip(" \t")
    if not before.endswith(","):
        return span
    return Span(len(before[:-1].rstrip(" \t")), span.end)


def shared_prefix(one: str, other: str) -> int:
    """How many characters the two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:  # By halves: comparing slices is far faster than comparing characters.
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

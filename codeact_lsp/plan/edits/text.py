"""A replacement of one span of a text."""

import os
from dataclasses import dataclass

from codeact_lsp.plan.source import Span


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
    before = len(os.path.commonprefix([old, new]))
    after = len(os.path.commonprefix([old[before:][::-1], new[before:][::-1]]))
    span = Span(start + before, start + len(old) - after)
    return TextEdit(span, new[before : len(new) - after])

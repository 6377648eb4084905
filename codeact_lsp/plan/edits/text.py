"""A replacement of one span of a text."""

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
    before = shared_prefix(old, new)
    after = shared_prefix(old[before:][::-1], new[before:][::-1])
    span = Span(start + before, start + len(old) - after)
    return TextEdit(span, new[before : len(new) - after])


def shared_prefix(one: str, other: str) -> int:
    """How many characters the two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))

"""Where a place of an earlier snapshot stands now."""

from codeact_lsp.plan.edits.text import shared_prefix
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Span


def relocate(old: Plan, new: Plan, span: Span, *, exact: bool = False) -> Span | None:
    """The place in `new` of what stands at `span` in `old`.

    A place moves with its piece. If the piece itself was edited, the place is found as long as the
    edit lies wholly before or wholly behind it.

    Args:
        old: The snapshot that the span belongs to.
        new: A later (or earlier) snapshot.
        span: The place.
        exact: Accept an unchanged piece only.

    Returns:
        The place, or None if it is gone.
    """
    if old.document is new.document:
        return span
    index = old.document.piece_at(span.start)
    start, text = old.document.starts[index], old.document.pieces[index].text
    if span.end > start + len(text):
        return None
    inside = span.shifted(-start)
    if (target := _same(new, text, index)) is not None:
        return inside.shifted(new.document.starts[target])
    target = None if exact else _successor(old, new, index)
    if target is None:
        return None
    moved = _through_edit(text, new.document.pieces[target].text, inside)
    return moved.shifted(new.document.starts[target]) if moved else None


def _same(plan: Plan, text: str, index: int) -> int | None:
    """The piece that reads `text`; of several alike, the one nearest to where it was."""
    alike = [at for at, piece in enumerate(plan.document.pieces) if piece.text == text]
    return min(alike, key=lambda at: abs(at - index), default=None)


def _successor(old: Plan, new: Plan, index: int) -> int | None:
    """The piece of `new` that defines the same names as piece `index` of `old`."""
    names = old.document.pieces[index].facts.binds
    for at, piece in enumerate(new.document.pieces):
        if names and piece.facts.binds == names:
            return at
    return None


def _through_edit(old: str, new: str, span: Span) -> Span | None:
    before = shared_prefix(old, new)
    if span.end <= before:
        return span
    after = shared_prefix(old[before:][::-1], new[before:][::-1])
    if span.start >= len(old) - after:
        return span.shifted(len(new) - len(old))
    return None

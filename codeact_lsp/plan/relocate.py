"""Where a place of an earlier snapshot stands now."""

from difflib import SequenceMatcher

from codeact_lsp.plan.edits.text import shared_prefix
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Encoding, Span


def relocate(old: Plan, new: Plan, span: Span, *, exact: bool = False) -> Span | None:
    """The place in `new` of what stands at `span` in `old`.

    A place moves with its piece. If the piece itself was edited, the place is found as long as its
    own lines were not.

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
    start, piece = old.document.starts[index], old.document.pieces[index]
    if span.end > start + len(piece.text):
        return None
    inside = span.shifted(-start)
    if (target := _same(new, piece.code, index)) is not None:
        return inside.shifted(new.document.starts[target])
    target = None if exact else _successor(old, new, index)
    if target is None:
        return None
    moved = _through_edits(piece, new.document.pieces[target], inside)
    return moved.shifted(new.document.starts[target]) if moved else None


def _same(plan: Plan, code: str, index: int) -> int | None:
    """The piece that reads `code`; of several alike, the one nearest to where it was."""
    alike = [at for at, piece in enumerate(plan.document.pieces) if piece.code == code]
    return min(alike, key=lambda at: abs(at - index), default=None)


def _successor(old: Plan, new: Plan, index: int) -> int | None:
    """The piece of `new` that defines the same names as piece `index` of `old`."""
    names = old.document.pieces[index].facts.binds
    for at, piece in enumerate(new.document.pieces):
        if names and piece.facts.binds == names:
            return at
    return None


def _through_edits(old: Piece, new: Piece, span: Span) -> Span | None:
    """Where lines that both pieces have, in the same order, have gone."""
    first = old.source.position(span.start, Encoding.CODE_POINTS).line
    last = old.source.position(span.end, Encoding.CODE_POINTS).line
    matcher = SequenceMatcher(None, old.source.lines, new.source.lines, autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.a <= first and last < block.a + block.size:
            before = old.source.line_starts[first]
            after = new.source.line_starts[first - block.a + block.b]
            return span.shifted(after - before)
    return _around_one_edit(old.text, new.text, span)


def _around_one_edit(old: str, new: str, span: Span) -> Span | None:
    """Where a place has gone if all that was edited lies before it or behind it on its line."""
    before = shared_prefix(old, new)
    if span.end <= before:
        return span
    after = shared_prefix(old[before:][::-1], new[before:][::-1])
    if span.start >= len(old) - after:
        return span.shifted(len(new) - len(old))
    return None

"""What can be folded away: nodes, docstrings and their blocks, imports, helpers, comments, code."""

from collections.abc import Iterator
from dataclasses import dataclass

from lsprotocol import types as lsp

from codeact_lsp.plan import Piece
from codeact_lsp.plan.structure.fold_groups import fold_groups
from codeact_lsp.plan.structure.folds import Fold, Kind, folds
from codeact_lsp.plan.structure.latest import latest
from codeact_lsp.server.anchor import Anchor, anchored
from codeact_lsp.server.client import Client
from codeact_lsp.server.snapshot import Snapshot

_KINDS = {
    Kind.IMPORTS: lsp.FoldingRangeKind.Imports,
    Kind.HELPERS: lsp.FoldingRangeKind.Region,
    Kind.DOCSTRING: lsp.FoldingRangeKind.Comment,
    Kind.COMMENT: lsp.FoldingRangeKind.Comment,
}
_RANKS = {kind: rank for rank, kind in enumerate(Kind)}
_Ranked = tuple[int, lsp.FoldingRange]


def folding_ranges(snapshot: Snapshot, _params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
    """All folds in the order of the text, or the most telling ones that the client takes."""
    found = list(_found(snapshot))
    limit = snapshot.client.folding.range_limit
    if limit is not None and len(found) > limit:
        found = sorted(found, key=lambda each: each[0])[:limit]
    return sorted((each for _, each in found), key=lambda fold: (fold.start_line, -fold.end_line))


def _found(snapshot: Snapshot) -> Iterator[_Ranked]:
    style = _style(snapshot.client)
    for fold in fold_groups(snapshot.plan.document):
        place = snapshot.range(fold.span)
        if place.start.line < place.end.line:
            yield _ranked(fold, place, style)
    for piece, anchor in anchored(snapshot.plan.document, snapshot.encoding):
        yield from _ranges(piece, anchor, style)


@dataclass(frozen=True, slots=True)
class _Style:
    """How the client wants its folds.

    Attributes:
        kinds: Those that it knows; None if it does not say.
    """

    whole_lines: bool
    shows_text: bool
    kinds: frozenset[lsp.FoldingRangeKind | str] | None


def _style(client: Client) -> _Style:
    said = client.folding
    kinds = said.folding_range_kind.value_set if said.folding_range_kind else None
    return _Style(
        whole_lines=said.line_folding_only is True,
        shows_text=bool(said.folding_range and said.folding_range.collapsed_text),
        kinds=None if kinds is None else frozenset(kinds),
    )


@latest
def _ranges(piece: Piece, anchor: Anchor, style: _Style) -> tuple[_Ranked, ...]:
    return tuple(_ranked(fold, anchor.range(piece, fold.span), style) for fold in folds(piece))


def _ranked(fold: Fold, place: lsp.Range, style: _Style) -> _Ranked:
    kind = _KINDS.get(fold.kind)
    return _RANKS[fold.kind], lsp.FoldingRange(
        start_line=place.start.line,
        start_character=None if style.whole_lines else place.start.character,
        end_line=place.end.line,
        end_character=None if style.whole_lines else place.end.character,
        kind=kind if style.kinds is None or kind in style.kinds else None,
        collapsed_text=fold.summary or None if style.shows_text else None,
    )

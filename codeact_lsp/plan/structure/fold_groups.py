"""What of a plan can be folded away across pieces: runs of imports and of helper functions."""

import ast
from collections.abc import Iterator
from itertools import groupby

from codeact_lsp.plan.document import Document
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.source import Encoding, Span
from codeact_lsp.plan.structure.folds import Fold, Kind
from codeact_lsp.plan.structure.latest import latest
from codeact_lsp.plan.structure.outline import Kind as Entry
from codeact_lsp.plan.structure.outline import outline

_NAMES_SHOWN = 4


def fold_groups(document: Document) -> Iterator[Fold]:
    """The groups, with spans of the document."""
    for kind, run in groupby(enumerate(document.pieces), key=lambda each: _kind(each[1])):
        indices = [index for index, _ in run]
        if kind is Kind.IMPORTS:
            yield _imports(document, indices)
        elif kind is Kind.HELPERS and len(indices) > 1:
            yield from _helpers(document, indices)


@latest
def _kind(piece: Piece) -> Kind | None:
    body = piece.tree.body
    if body and all(isinstance(part, ast.Import | ast.ImportFrom) for part in body):
        return Kind.IMPORTS
    entries = outline(piece)
    helpers = entries and all(entry.kind is Entry.HELPER for entry in entries)
    return Kind.HELPERS if helpers else None


def _imports(document: Document, indices: list[int]) -> Fold:
    first = document.pieces[indices[0]]
    start = document.starts[indices[0]] + first.span(first.tree.body[0]).start
    return Fold(Span(start, _end(document, indices[-1])), Kind.IMPORTS)


def _helpers(document: Document, indices: list[int]) -> Iterator[Fold]:
    """A run of helpers, folded into the line above: the first one's own line folds that one."""
    start = document.starts[indices[0]]
    line = document.source.position(start, Encoding.CODE_POINTS).line - 1
    above = document.source.line(line)
    if line >= 0 and (not above.strip() or above.startswith("#")):
        names = [entry.name for index in indices for entry in outline(document.pieces[index])]
        anchor = document.source.line_starts[line] + len(above)
        yield Fold(Span(anchor, _end(document, indices[-1])), Kind.HELPERS, _summary(names))


def _summary(names: list[str]) -> str:
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    return f"{len(names)} helpers: {', '.join(names[:_NAMES_SHOWN])}{more}"


def _end(document: Document, index: int) -> int:
    return document.starts[index] + len(document.pieces[index].code.rstrip())

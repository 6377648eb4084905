"""Replace expressions of one piece through its lossless tree."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, cast

from codeact_lsp.plan.edits.text import TextEdit, minimal
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Encoding, Position, Span

if TYPE_CHECKING:
    import libcst as cst

Change = Callable[["cst.BaseExpression"], "cst.BaseExpression | None"]


def rewrite(plan: Plan, spans: Collection[Span], change: Change) -> TextEdit | None:
    """Replace the expressions at `spans`, which lie in one piece, by what `change` makes of them.

    Args:
        plan: The plan.
        spans: Exact places of expressions, as spans of the document.
        change: Given the expression, returns its replacement, or None to leave it.

    Returns:
        One minimal edit of the document, or None if nothing changed.
    """
    if not spans:
        return None
    index = plan.document.piece_at(min(spans).start)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    # A tree that does not give back its own text, as for some lone `\r`, would change more.
    if piece.cst is None or piece.cst.code != piece.text:
        return None
    relative = {span.shifted(-start) for span in spans}
    new = _changed(piece, piece.cst, relative, change)
    return minimal(piece.text, new, start) if new != piece.text else None


def _changed(piece: Piece, tree: "cst.Module", spans: set[Span], change: Change) -> str:
    import libcst as cst  # noqa: PLC0415 - 200 ms that only an edit should pay.
    from libcst.metadata import MetadataWrapper, PositionProvider  # noqa: PLC0415 - as above.

    wrapper = MetadataWrapper(tree)
    positions = wrapper.resolve(PositionProvider)

    class Replace(cst.CSTTransformer):
        def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:  # type: ignore[override]  # narrower than libcst declares
            if isinstance(original_node, cst.BaseExpression) and original_node in positions:
                place = positions[original_node]
                span = Span(
                    _offset(piece, place.start.line, place.start.column),
                    _offset(piece, place.end.line, place.end.column),
                )
                if span in spans:
                    return change(cast("cst.BaseExpression", updated_node)) or updated_node
            return updated_node

    return wrapper.module.visit(Replace()).code


def _offset(piece: Piece, line: int, column: int) -> int:
    return piece.source.offset(Position(line - 1, column), Encoding.CODE_POINTS)

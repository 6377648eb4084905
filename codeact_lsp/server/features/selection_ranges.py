"""What a selection grows to: from a word through its section or statement to the whole plan."""

from lsprotocol import types as lsp

from codeact_lsp.plan.structure.selection import enclosing
from codeact_lsp.server.snapshot import Snapshot


def selection_ranges(
    snapshot: Snapshot, params: lsp.SelectionRangeParams
) -> list[lsp.SelectionRange]:
    """One chain of ranges for each position that was asked about, in that order."""
    return [_chain(snapshot, position) for position in params.positions]


def _chain(snapshot: Snapshot, position: lsp.Position) -> lsp.SelectionRange:
    outermost, *inner = enclosing(snapshot.plan.document, snapshot.offset(position))
    chain = lsp.SelectionRange(range=snapshot.range(outermost))
    for span in inner:
        chain = lsp.SelectionRange(range=snapshot.range(span), parent=chain)
    return chain

"""The outline: nodes with what they need, and the helpers, classes and constants around them."""

from collections.abc import Iterator, Sequence

from lsprotocol import types as lsp

from codeact_lsp.plan import Piece
from codeact_lsp.plan.structure.latest import latest
from codeact_lsp.plan.structure.outline import Entry, Kind, outline
from codeact_lsp.server.anchor import Anchor, anchored
from codeact_lsp.server.session import Snapshot

_KINDS = {
    Kind.NODE: lsp.SymbolKind.Function,
    Kind.HELPER: lsp.SymbolKind.Function,
    Kind.CLASS: lsp.SymbolKind.Class,
    Kind.METHOD: lsp.SymbolKind.Method,
    Kind.FIELD: lsp.SymbolKind.Field,
    Kind.CONSTANT: lsp.SymbolKind.Constant,
    Kind.VARIABLE: lsp.SymbolKind.Variable,
}
# So many names fit beside a node's own in the outline of an editor.
_NAMES_SHOWN = 6


def document_symbols(
    snapshot: Snapshot, _params: lsp.DocumentSymbolParams
) -> Sequence[lsp.DocumentSymbol] | Sequence[lsp.SymbolInformation]:
    """The outline, as a tree if the client shows trees."""
    tree = [symbol for part in _pieces(snapshot) for symbol in part]
    return tree if snapshot.client.nests_symbols else list(_flat(snapshot.uri, tree))


def _pieces(snapshot: Snapshot) -> Iterator[tuple[lsp.DocumentSymbol, ...]]:
    nodes = snapshot.plan.nodes.keys() | snapshot.plan.broken
    replaced = _replaced(snapshot)
    tagged = snapshot.client.tags_symbols
    pieces = anchored(snapshot.plan.document, snapshot.encoding)
    for index, (piece, anchor) in enumerate(pieces):
        if entries := outline(piece):
            known = frozenset(name for entry in entries for name in entry.needs if name in nodes)
            again = replaced.get(index, frozenset())
            yield _symbols(piece, anchor, known, again, tagged)


def _replaced(snapshot: Snapshot) -> dict[int, frozenset[str]]:
    """By piece, the nodes of it that a later piece defines again."""
    plan = snapshot.plan
    if len(plan.definitions) == len(plan.nodes):
        return {}
    found: dict[int, frozenset[str]] = {}
    for one in plan.definitions:
        if one.piece != plan.nodes[one.node.name].piece:
            found[one.piece] = found.get(one.piece, frozenset()) | {one.node.name}
    return found


@latest
def _symbols(
    piece: Piece,
    anchor: Anchor,
    nodes: frozenset[str],
    replaced: frozenset[str],
    tagged: bool,  # noqa: FBT001 - remembered results are told apart by position.
) -> tuple[lsp.DocumentSymbol, ...]:
    """The symbols of a piece, given which of the names in it are nodes."""

    def symbol(entry: Entry) -> lsp.DocumentSymbol:
        again = entry.kind is Kind.NODE and entry.name in replaced
        return lsp.DocumentSymbol(
            name=entry.name,
            detail=_detail(entry, nodes, again=again),
            kind=_KINDS[entry.kind],
            tags=[lsp.SymbolTag.Deprecated] if again and tagged else None,
            range=anchor.range(piece, entry.span),
            selection_range=anchor.range(piece, entry.name_span),
            children=[symbol(child) for child in entry.children] or None,
        )

    return tuple(symbol(entry) for entry in outline(piece))


def _detail(entry: Entry, nodes: frozenset[str], *, again: bool) -> str:
    needs = [name for name in entry.needs if name in nodes]
    inputs = [name for name in entry.needs if name not in nodes and name not in entry.after]
    parts = [
        "defined again below" if again else "",
        f"← {_some(needs)}" if needs else "",
        f"inputs: {_some(inputs)}" if inputs else "",
    ]
    return " · ".join(part for part in parts if part)


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _flat(
    uri: str, symbols: Sequence[lsp.DocumentSymbol], container: str | None = None
) -> Iterator[lsp.SymbolInformation]:
    for symbol in symbols:
        yield lsp.SymbolInformation(
            name=symbol.name,
            kind=symbol.kind,
            tags=symbol.tags,
            location=lsp.Location(uri=uri, range=symbol.range),
            container_name=container,
        )
        yield from _flat(uri, symbol.children or (), symbol.name)

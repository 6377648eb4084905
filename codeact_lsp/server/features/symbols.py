"""The outline: nodes with what they need, and the helpers, classes and constants around them."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lsprotocol import types as lsp

from codeact_lsp.plan import Piece
from codeact_lsp.plan.pieces import PieceBlock
from codeact_lsp.plan.structure.latest import latest
from codeact_lsp.plan.structure.outline import Entry, Kind, outline
from codeact_lsp.server.anchor import Anchor, anchored
from codeact_lsp.server.snapshot import Snapshot
from codeact_lsp.server.written import Movable, Written, array

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

_Symbol = dict[str, Any]
_Replaced = tuple[tuple[int, frozenset[str]], ...]
"""By their number in a block: of pieces, the nodes that a later piece defines again."""


def document_symbols(snapshot: Snapshot, _params: lsp.DocumentSymbolParams) -> Written:
    """The outline, as a tree if the client shows trees."""
    return array(part for part in _blocks(snapshot) if part)


def _blocks(snapshot: Snapshot) -> Iterator[str]:
    """The symbols of some pieces in a row each: of most of them nothing changes at a keystroke."""
    document = snapshot.plan.document
    nodes = snapshot.plan.nodes.keys() | snapshot.plan.broken
    replaced = _replaced(snapshot)
    look = _Look(snapshot.client.tags_symbols, snapshot.client.nests_symbols, snapshot.uri)
    for first, block in zip(document.pieces.firsts, document.pieces.blocks, strict=False):
        ((_, anchor),) = anchored(document, snapshot.encoding, slice(first, first + 1))
        again = tuple(
            (index - first, names)
            for index, names in replaced.items()
            if first <= index < first + len(block)
        )
        place = anchor._replace(line=0)
        yield _of_block(block, place, _needs(block) & nodes, again, look).at(anchor.line)


@latest
def _needs(block: PieceBlock) -> frozenset[str]:
    """The names by which the nodes of some pieces are tied to what they need."""
    return frozenset(name for piece in block for entry in outline(piece) for name in entry.needs)


@latest
def _of_block(
    block: PieceBlock, anchor: Anchor, nodes: frozenset[str], replaced: _Replaced, look: "_Look"
) -> Movable:
    """The symbols of some pieces in a row, of which the first is anchored."""
    again = dict(replaced)
    parts: list[tuple[int, Movable]] = []
    place = anchor
    for number, piece in enumerate(block):
        if entries := outline(piece):
            known = nodes.intersection(name for entry in entries for name in entry.needs)
            of_later = again.get(number, frozenset())
            symbols = _symbols(piece, place._replace(line=0), known, of_later, look)
            parts.append((place.line, symbols))
        place = place.behind(piece)
    return Movable.joined(parts)


class _Look(NamedTuple):
    """How symbols are told: with tags, as a tree, and else as those of which document."""

    tagged: bool
    nested: bool
    uri: str


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
    piece: Piece, anchor: Anchor, nodes: frozenset[str], replaced: frozenset[str], look: _Look
) -> Movable:
    """The symbols of a piece, given which of the names in it are nodes."""

    def symbol(entry: Entry) -> _Symbol:
        again = entry.kind is Kind.NODE and entry.name in replaced
        return {
            "name": entry.name,
            "detail": _detail(entry, nodes, again=again),
            "kind": _KINDS[entry.kind].value,
            **({"tags": [lsp.SymbolTag.Deprecated.value]} if again and look.tagged else {}),
            "range": anchor.place(piece, entry.span),
            "selectionRange": anchor.place(piece, entry.name_span),
            "children": [symbol(child) for child in entry.children],
        }

    tree = [symbol(entry) for entry in outline(piece)]
    return Movable.of(*(tree if look.nested else _flat(look.uri, tree)))


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


def _flat(uri: str, symbols: Iterable[_Symbol], container: str | None = None) -> Iterator[_Symbol]:
    for symbol in symbols:
        yield {
            **{key: symbol[key] for key in ("name", "kind", "tags") if key in symbol},
            "location": {"uri": uri, "range": symbol["range"]},
            **({"containerName": container} if container else {}),
        }
        yield from _flat(uri, symbol["children"], symbol["name"])

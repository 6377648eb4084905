"""What a name is in the plan, for the editor to colour: a node, a dependency, an input, a section.

Only what Python's own server cannot know is told, so that both can colour the same text.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lsprotocol import types as lsp

from codeact_lsp.plan import Encoding, Piece
from codeact_lsp.plan.names.scopes import Role
from codeact_lsp.plan.structure.latest import latest
from codeact_lsp.plan.structure.tokens import Kind, Mark, marks
from codeact_lsp.server import convert
from codeact_lsp.server.anchor import anchored
from codeact_lsp.server.snapshot import Snapshot

_TYPES = ("function", "parameter", "keyword", "variable", "number", "string")
# The first three are the protocol's. A client ignores a modifier that it does not know.
_MODIFIERS = (
    *("declaration", "documentation", "modification"),
    *("node", "dependency", "input", "resource"),
)
LEGEND = lsp.SemanticTokensLegend(token_types=_TYPES, token_modifiers=_MODIFIERS)

_IN_DOCSTRINGS = {
    Kind.REFERENCE: ("function", "node"),
    Kind.SECTION: ("keyword",),
    Kind.RESOURCE: ("variable", "resource"),
    Kind.KEYWORD: ("keyword",),
    Kind.NUMBER: ("number",),
    Kind.VALUE: ("string",),
}
_ROLES = {
    Role.PARAMETER: ("declaration",),
    Role.WRITE: ("modification",),
    Role.UPDATE: ("modification",),
}
# Integers a token: line and character after those of the token before it, length, type, modifiers.
_WIDTH = 5


def full(snapshot: Snapshot, _params: lsp.SemanticTokensParams) -> lsp.SemanticTokens | None:
    """The tokens of a whole document; None for a client that would then colour nothing else."""
    if not snapshot.client.mixes_tokens:
        return None
    return _answer(snapshot, _data(snapshot))


def delta(
    snapshot: Snapshot, params: lsp.SemanticTokensDeltaParams
) -> lsp.SemanticTokens | lsp.SemanticTokensDelta | None:
    """What has changed since an earlier answer; all tokens if that is not known any more."""
    if not snapshot.client.mixes_tokens:
        return None
    before, data = snapshot.tokens.recall(params.previous_result_id), _data(snapshot)
    if before is None:
        return _answer(snapshot, data)
    name = snapshot.tokens.remember(data)
    return lsp.SemanticTokensDelta(edits=_edits(before, data), result_id=name)


def within(snapshot: Snapshot, params: lsp.SemanticTokensRangeParams) -> lsp.SemanticTokens | None:
    """The tokens that touch a range."""
    if not snapshot.client.mixes_tokens:
        return None
    document = snapshot.plan.document
    span = convert.to_span(params.range, document.source, snapshot.encoding)
    pieces = slice(document.piece_at(span.start), document.piece_at(span.end) + 1)
    start = document.source.position(span.start, snapshot.encoding)
    end = document.source.position(span.end, snapshot.encoding)
    return lsp.SemanticTokens(data=_between(_data(snapshot, pieces), start, end).tolist())


def _answer(snapshot: Snapshot, data: "array[int]") -> lsp.SemanticTokens:
    return lsp.SemanticTokens(data=data.tolist(), result_id=snapshot.tokens.remember(data))


def _data(snapshot: Snapshot, pieces: slice = slice(None)) -> "array[int]":
    """The tokens of some of the pieces, as the protocol wants them."""
    nodes = snapshot.plan.nodes.keys() | snapshot.plan.broken
    data, last = array("I"), 0
    for piece, anchor in anchored(snapshot.plan.document, snapshot.encoding, pieces):
        found = marks(piece)
        tokens = _tokens(piece, snapshot.encoding, found.names & nodes) if found.marks else None
        if tokens is None or not tokens.data:
            continue
        at = len(data)
        data += tokens.data
        # No line holds tokens of two pieces, so that the character is the line's in any case.
        data[at] += anchor.line - last
        data[at + 1] += 0 if tokens.data[0] else anchor.character
        last = anchor.line + tokens.last_line
    return data


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of a piece, the first relative to its start, and the line of the last one."""

    data: "array[int]"
    last_line: int


@latest
def _tokens(piece: Piece, encoding: Encoding, nodes: frozenset[str]) -> _Tokens:
    """The tokens of a piece, given which of the names in it are nodes."""
    data, line, character = array("I"), 0, 0
    for mark in marks(piece).marks:
        if (look := _look(mark, nodes)) is None:
            continue
        start = piece.source.position(mark.span.start, encoding)
        end = piece.source.position(mark.span.end, encoding)
        base = character if start.line == line else 0
        data.extend((start.line - line, start.character - base, end.character - start.character))
        data.extend(look)
        line, character = start
    return _Tokens(data, line)


def _look(mark: Mark, nodes: AbstractSet[str]) -> tuple[int, int] | None:
    """Type and modifiers of a mark; None if it says nothing."""
    if mark.kind is Kind.NODE:
        return _encoded("function", "declaration", "node")
    if mark.kind in {Kind.PARAMETER, Kind.DESCRIBED}:
        says = "dependency" if mark.name in nodes else "input"
        role = ("documentation",) if mark.kind is Kind.DESCRIBED else _ROLES.get(mark.role, ())
        return _encoded("parameter", says, *role)
    if mark.kind is Kind.REFERENCE and mark.name not in nodes:
        return None
    return _encoded(*_IN_DOCSTRINGS[mark.kind], "documentation")


def _encoded(kind: str, *modifiers: str) -> tuple[int, int]:
    return _TYPES.index(kind), sum(1 << _MODIFIERS.index(modifier) for modifier in modifiers)


def _between(data: "array[int]", start: tuple[int, int], end: tuple[int, int]) -> "array[int]":
    kept, last = array("I"), (0, 0)
    for line, character, *rest in _absolute(data):
        if start <= (line, character + rest[0]) and (line, character) <= end:
            base = last[1] if line == last[0] else 0
            kept.extend((line - last[0], character - base, *rest))
            last = line, character
    return kept


def _absolute(data: "array[int]") -> Iterator[tuple[int, int, int, int, int]]:
    line = character = 0
    for at in range(0, len(data), _WIDTH):
        down, right, length, kind, modifiers = data[at : at + _WIDTH]
        line, character = line + down, right if down else character + right
        yield line, character, length, kind, modifiers


def _edits(old: "array[int]", new: "array[int]") -> list[lsp.SemanticTokensEdit]:
    """The shortest single edit that makes `new` of `old`; none if they are equal."""
    most = min(len(old), len(new))
    sizes = range(1, most + 1)
    head = bisect_left(sizes, 1, key=lambda size: old[:size] != new[:size])
    sizes = sizes[: most - head]
    tail = bisect_left(sizes, 1, key=lambda size: old[-size:] != new[-size:])
    if head + tail == len(old) == len(new):
        return []
    data = new[head : len(new) - tail].tolist()
    return [lsp.SemanticTokensEdit(start=head, delete_count=len(old) - head - tail, data=data)]

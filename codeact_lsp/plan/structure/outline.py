"""What a piece defines, for an outline: nodes, and the helpers, classes and constants around them.

A piece that does not parse still lists what it seems to define.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.source import Span
from codeact_lsp.plan.structure.latest import latest

_HEAD = re.compile(r"(?:\A|(?<=[\r\n]))(?:async[ \t]+)?(def|class)[ \t]+(\w+)")
_KEYWORD = re.compile(r"(?:def|class)(?:[ \t\f]|\\(?:\r\n|\r|\n))+")
# As it is written: in its tree, Python normalises a name.
_NAME = re.compile(r"\w+")
_BLANK = " \t\f\r\n"


class Kind(Enum):
    """What an entry of the outline is."""

    NODE = "node"
    HELPER = "helper"
    CLASS = "class"
    METHOD = "method"
    FIELD = "field"
    CONSTANT = "constant"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline. Spans are relative to the piece.

    Attributes:
        needs: The names by which a node is tied to what it needs: other nodes, or inputs.
        after: Those among them that only a node can bear.
    """

    name: str
    kind: Kind
    span: Span
    name_span: Span
    needs: tuple[str, ...] = ()
    after: frozenset[str] = frozenset()
    children: "tuple[Entry, ...]" = ()


@latest
def outline(piece: Piece) -> tuple[Entry, ...]:
    """What `piece` defines, in the order of its text."""
    if piece.issue is not None:
        return tuple(_supposed(piece.text))
    nodes = tuple(_node(node) for node in piece.nodes)
    taken = {entry.name_span for entry in nodes}
    context = (one for one in _context(piece, piece.tree.body) if one.name_span not in taken)
    return tuple(sorted((*nodes, *context), key=lambda entry: entry.span.start))


def _node(node: Node) -> Entry:
    links = node.links
    after = frozenset((*links.control, *links.temporal))
    return Entry(node.name, Kind.NODE, node.span, node.name_span, links.ordering, after)


def _supposed(text: str) -> Iterator[Entry]:
    heads = list(_HEAD.finditer(text))
    starts = (*(head.start() for head in heads), len(text))
    for head, end in zip(heads, starts[1:], strict=True):
        whole = Span(head.start(), head.start() + len(text[head.start() : end].rstrip(_BLANK)))
        kind = Kind.CLASS if head[1] == "class" else _function_kind(head[2])
        yield Entry(head[2], kind, whole, Span(*head.span(2)))


def _function_kind(name: str) -> Kind:
    return Kind.HELPER if name.startswith("_") else Kind.NODE


def _context(piece: Piece, body: Sequence[ast.stmt], *, inside: bool = False) -> Iterator[Entry]:
    """What the statements define, read as Python alone; `inside` a class or not."""
    for statement in body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield _defined(piece, statement, Kind.METHOD if inside else Kind.HELPER)
            case ast.ClassDef(body=members):
                children = tuple(_context(piece, members, inside=True))
                yield _defined(piece, statement, Kind.CLASS, children)
            case ast.Assign(targets=targets):
                yield from _assigned(piece, statement, targets, inside=inside)
            case ast.AnnAssign(target=target):
                yield from _assigned(piece, statement, [target], inside=inside)
            case _:
                pass


def _defined(
    piece: Piece,
    statement: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    kind: Kind,
    children: tuple[Entry, ...] = (),
) -> Entry:
    span = piece.span(statement)
    keyword = _KEYWORD.search(piece.text, span.start)
    written = _NAME.match(piece.text, keyword.end()) if keyword else None
    place = Span(*written.span()) if written else span
    return Entry(statement.name, kind, whole(piece, statement), place, children=children)


def whole(piece: Piece, statement: ast.stmt) -> Span:
    """Where a statement stands, with its decorators."""
    span = piece.span(statement)
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    if not decorators:
        return span
    return Span(piece.text.rindex("@", 0, piece.span(decorators[0]).start), span.end)


def _assigned(
    piece: Piece, statement: ast.stmt, targets: Sequence[ast.expr], *, inside: bool
) -> Iterator[Entry]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _assigned(piece, statement, target.elts, inside=inside)
        elif isinstance(target, ast.Name):
            kind = Kind.CONSTANT if target.id.isupper() else Kind.VARIABLE
            kind = Kind.FIELD if inside else kind
            yield Entry(target.id, kind, piece.span(statement), piece.span(target))

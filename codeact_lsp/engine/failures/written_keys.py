"""Which keys and columns a node writes, and how often a plan mentions each."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from codeact_lsp.engine.failures.helpers import called_helpers
from codeact_lsp.plan import Piece, Plan, Span

_Place = ast.expr | ast.keyword

# Calls whose keywords name what is made.
_NAMING = frozenset({"agg", "aggregate", "assign", "dict"})
_LISTING = frozenset({"columns", "names", "fieldnames"})


@dataclass(frozen=True, slots=True)
class Written:
    """A key that is given to something.

    Attributes:
        function: The node or helper that does.
        place: Where it stands.
        among: Where all that stand that are listed with it.
    """

    function: str
    key: str
    place: Span
    among: Span


def written_keys(plan: Plan, node: str) -> Iterator[Written]:
    """The keys that a node, or a helper that it calls, gives to what it makes.

    Args:
        plan: The plan.
        node: The node.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    start = definition.span(Span(0, 0)).start
    yield from _written_by(node, piece.tree, piece, start)
    for inside, begin, helper in called_helpers(plan, piece.tree):
        yield from _written_by(helper.name, helper, inside, begin)


def _written_by(function: str, tree: ast.AST, piece: Piece, start: int) -> Iterator[Written]:
    for part in ast.walk(tree):
        for key, place, among in _written(part):
            spans = (piece.span(each).shifted(start) for each in (place, among))
            yield Written(function, key, *spans)


def mentions(plan: Plan) -> Counter[str]:
    """How often a plan mentions each name: as a text, the word of a text, a keyword, a member."""
    return Counter(name for piece in plan.document.pieces for name in _named(piece.tree))


def _written(part: ast.AST) -> Iterator[tuple[str, _Place, _Place]]:
    match part:
        case ast.Dict(keys=keys):
            yield from ((str(key.value), key, key) for key in keys if _is_text(key))
        case ast.Subscript(slice=ast.Constant(value=str(key)) as place, ctx=ast.Store()):
            yield key, place, place
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=words):
            for word in words:
                if name in _NAMING and word.arg:
                    yield word.arg, word, word
                elif word.arg in _LISTING and isinstance(word.value, ast.List | ast.Tuple):
                    elts = word.value.elts
                    yield from (
                        (str(each.value), each, word.value) for each in elts if _is_text(each)
                    )
            if name == "rename":
                yield from ((str(each.value), each, each) for each in _renamed(part))
        case _:
            pass


def _renamed(call: ast.AST) -> Iterator[ast.Constant]:
    """The new names that a call gives to columns."""
    for part in ast.walk(call):
        if isinstance(part, ast.Dict):
            yield from (each for each in part.values if _is_text(each))


def _is_text(node: ast.expr | None) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _named(tree: ast.AST) -> Iterator[str]:
    for part in ast.walk(tree):
        match part:
            case ast.Constant(value=str(text)):
                yield text
                words = {*text.replace("{", " ").replace("}", " ").split()}
                yield from words - {text}
            case ast.keyword(arg=str(name)) | ast.Attribute(attr=name):
                yield name
            case _:
                pass

"""Which keys and columns a node writes, and how often a plan mentions each."""

import ast
from collections import Counter
from collections.abc import Iterator
from typing import TypeGuard

from codeact_lsp.plan import Plan, Span

# Calls whose keywords name what is made.
_NAMING = frozenset({"agg", "aggregate", "assign", "dict"})
_LISTING = frozenset({"columns", "names", "fieldnames"})


def written_keys(plan: Plan, node: str) -> Iterator[tuple[str, Span]]:
    """The keys that a node gives to what it makes, each with its place.

    Args:
        plan: The plan.
        node: The node.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    for part in ast.walk(piece.tree):
        for key, place in _written(part):
            yield key, definition.span(piece.span(place))


def mentions(plan: Plan) -> Counter[str]:
    """How often a plan mentions each name: as a text, the word of a text, a keyword, a member."""
    return Counter(name for piece in plan.document.pieces for name in _named(piece.tree))


def _written(part: ast.AST) -> Iterator[tuple[str, ast.expr | ast.keyword]]:
    match part:
        case ast.Dict(keys=keys):
            yield from ((str(key.value), key) for key in keys if _is_text(key))
        case ast.Subscript(slice=ast.Constant(value=str(key)) as place, ctx=ast.Store()):
            yield key, place
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=words):
            for word in words:
                if name in _NAMING and word.arg:
                    yield word.arg, word
                elif word.arg in _LISTING and isinstance(word.value, ast.List | ast.Tuple):
                    elts = word.value.elts
                    yield from ((str(each.value), each) for each in elts if _is_text(each))
            if name == "rename":
                yield from ((str(each.value), each) for each in _renamed(part))
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

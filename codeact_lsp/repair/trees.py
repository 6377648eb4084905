"""What is read from a tree alone, and is kept: many rules ask the same of it."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache

from codeact_lsp.plan import Piece, Span

Part = ast.expr | ast.stmt | ast.arg | ast.keyword | ast.excepthandler
"""What has a place in the text."""


# Many places are looked at within one class of a thousand lines, each with a scene of its own.
@lru_cache(maxsize=32)
def nodes(tree: ast.AST) -> list[ast.AST]:
    """All parts of a tree."""
    return list(ast.walk(tree))


@lru_cache(maxsize=32)
def parents(tree: ast.AST) -> Mapping[ast.AST, ast.AST]:
    """What each of them is directly a part of."""
    return {child: node for node in nodes(tree) for child in ast.iter_child_nodes(node)}


@lru_cache(maxsize=32)
def placed(tree: ast.AST, piece: Piece) -> "list[tuple[Part, Span]]":
    """Those that have a place in the text of a piece, with that."""
    return [(node, piece.span(node)) for node in nodes(tree) if isinstance(node, Part)]


def bound_by(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What an import binds: each name, and the full name of what it stands for."""
    match node:
        case ast.Import(names=names):
            for each in names:
                yield each.asname or each.name, each.name
        case ast.ImportFrom(module=str(module), names=names):
            # What a star stands for is not told by the text.
            for each in (each for each in names if each.name != "*"):
                yield each.asname or each.name, f"{module}.{each.name}"
        case _:
            return


def made_by(node: ast.AST) -> Iterator[str]:
    """The names that a part gives in another way than by setting them."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (each.asname or each.name.partition(".")[0] for each in names)
        case _:
            return

"""Whether a change reaches for anything that the plan did not reach for before.

Most candidates only spell a name otherwise, move an index by one or convert a value. To ask ruff
about those is a process for nothing, and the first fix would come that much later.
"""

import ast
from collections import Counter
from collections.abc import Iterator

from codeact_lsp.plan import Piece, Plan

# Builtins that make a value of others, and can do nothing else.
_PLAIN = frozenset(
    ["abs", "all", "any", "bool", "bytes", "dict", "divmod", "enumerate", "filter", "float",
     "frozenset", "int", "isinstance", "len", "list", "map", "max", "min", "next", "range", "repr",
     "reversed", "round", "set", "sorted", "str", "sum", "super", "tuple", "zip"]
)  # fmt: skip


def asks_nothing_new(before: Plan, after: Plan) -> bool:
    """Whether a changed plan names nothing more of modules and builtins than it did before.

    Args:
        before: The plan.
        after: The plan with a change in one function.
    """
    imported = {name for piece in before.document.pieces for name in _imported(piece)}
    old, new = before.document.pieces, after.document.pieces
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if any(piece.imports.statements for piece in (*gone, *come)):
        return False
    had = Counter(text for piece in gone for text in _reached(piece, imported))
    return not Counter(text for piece in come for text in _reached(piece, imported)) - had


def _imported(piece: Piece) -> Iterator[str]:
    """The names that the imports of a piece bind."""
    for node in ast.walk(piece.tree) if piece.imports.statements else ():
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((each.asname or each.name).partition(".")[0] for each in node.names)


def _reached(piece: Piece, imported: set[str]) -> Iterator[str]:
    """What is named of other modules, with the way to it, and names that nobody here binds."""
    nodes = list(ast.walk(piece.tree))
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and _is_bound(node)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    for node in nodes:
        match node:
            case ast.Attribute() if node.attr.startswith("__") or _root(node) in imported:
                yield ast.unparse(node)
            case ast.Name(id=name) if name in imported or name not in bound | _PLAIN:
                yield name
            case ast.Import() | ast.ImportFrom() | ast.ExceptHandler():
                yield ast.dump(node)
            case ast.keyword():
                # Ruff has something to say of some: `shell`, `verify`, `autoescape`.
                yield ast.unparse(node)
            case _:
                pass


def _is_bound(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _root(node: ast.expr) -> str:
    """The name that a way of attributes begins with; nothing if it begins with something else."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""

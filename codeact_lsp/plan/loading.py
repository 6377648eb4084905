"""Which modules a piece loads: what is worth to be there before its code runs."""

import ast
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece


def modules(piece: "Piece") -> frozenset[str]:
    """What `piece` imports at module level and in functions, whichever way they go.

    Each node has a process of its own, so what a function imports is loaded anew by each call.
    What it imports in a branch may never be wanted, and what it tries to import may not be there:
    both are left to it. So is what comes with Python, which takes no time worth it.
    """
    if "import" not in piece.text:
        return frozenset()
    own = (name for part in piece.tree.body for name in _named(part))
    inner = (name for part in _sure(piece.tree.body) for name in _named(part))
    return frozenset((*own, *filter(_is_installed, inner)))


def _is_installed(name: str) -> bool:
    return name.partition(".")[0] not in sys.stdlib_module_names


def _sure(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements, and those in functions and in blocks that run as they are."""
    for part in statements:
        yield part
        if isinstance(part, _BODIES):
            yield from _sure(part.body)


_BODIES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.With, ast.AsyncWith)


def _named(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        yield statement.module
        # Modules have names in lower case; what is a class, or everything, is not worth a look.
        members = (alias.name for alias in statement.names if alias.name.islower())
        yield from (f"{statement.module}.{member}" for member in members)

"""Which lines of a piece's functions can run: those that Python makes instructions of."""

import inspect
import warnings
from collections.abc import Iterator
from types import CodeType

from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.structure.latest import latest


@latest
def executable(piece: Piece) -> frozenset[int]:
    """The lines inside of functions that can run, 0-based and relative to the piece.

    What stands at the level of the module runs whenever the plan is loaded, so it tells nothing;
    nor do signatures and docstrings.
    """
    return frozenset(line - 1 for code in _functions(_compiled(piece)) for line in _lines(code))


def _compiled(piece: Piece) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return compile(piece.tree, "<piece>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            return compile("", "<piece>", "exec")  # Of a draft, of which nothing has run.


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The code of all functions, those inside of classes and of others too."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_flags & inspect.CO_OPTIMIZED:
                yield constant
            yield from _functions(constant)


def _lines(code: CodeType) -> set[int]:
    """The lines of a function's body; where all of it stands on one line, that one."""
    lines = {line for _, _, line in code.co_lines() if line}
    return lines - {code.co_firstlineno} or lines

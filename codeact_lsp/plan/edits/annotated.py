"""Annotations that are written in one place of a plan and are to hold in another."""

import ast
import builtins

from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.plan import Plan

_BUILTIN = frozenset(vars(builtins))


def placed_annotation(plan: Plan, text: str, index: int) -> str | None:
    """The annotation `text` as it can stand in piece `index`; None if it cannot.

    Python evaluates annotations where a function is defined, so what is only bound further down
    has to be written as a string.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names = {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)}
    above = _bound(plan, names - _BUILTIN, index)
    if names - _BUILTIN <= above:
        return text
    if not names <= plan.names | _BUILTIN or '"' in text or "\\" in text:
        return None
    return f'"{text}"'


def check_bound_above(plan: Plan, parameter: str, index: int) -> None:
    """Refuse a parameter, with its annotation and default, that means nothing in piece `index`.

    Raises:
        UnsoundError: It names what is only bound further down, or nowhere.
    """
    tree = ast.parse(f"def f({parameter}): ...")
    parts = [part for part in ast.walk(tree) if isinstance(part, ast.Name)]
    names = {part.id for part in parts} - _BUILTIN
    if unknown := names - _bound(plan, names, index):
        raise UnsoundError(
            f"The parameter '{parameter}' would stand above where '{min(unknown)}' is bound."
        )


def _bound(plan: Plan, names: set[str], index: int) -> set[str]:
    """Which of the names the pieces above `index` bind."""
    pieces = plan.document.pieces[:index] if names else ()
    return {name for piece in pieces for name in names & piece.facts.binds}

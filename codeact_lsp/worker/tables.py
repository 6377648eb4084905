"""Tables of pandas: whether one was cut from another, and which one a result was made from."""

import ast
from typing import Any

from .expressions import Scope, is_of_a_library

# To compare more takes long, and a failure is to be told of within seconds.
_MOST_CELLS = 1_000_000


def is_cut(value: Any, owner: Any) -> bool:
    """Whether `value` is a column, or some rows and columns, of `owner` as they are there."""
    columns, others = _columns(value), _columns(owner)
    if columns is None or others is None or len(owner) * len(others) > _MOST_CELLS:
        return False
    try:
        part = owner.loc[value.index]
        if hasattr(owner, "columns"):
            part = part[columns if hasattr(value, "columns") else value.name]
        return bool(part.equals(value))
    except Exception:  # Labels that are not there, or not comparable.
        return False


def lacks(owner: Any, name: Any) -> bool:
    """Whether an input is a table that does not have a column of this name."""
    if not is_of_a_library(owner) or not hasattr(owner, "columns"):
        return False
    try:
        return name not in owner.columns and name not in owner.index.names
    except Exception:  # What nobody could look up, as a list.
        return False


def made_from(node: ast.expr, scope: Scope) -> ast.expr | None:
    """The table with which a chain of calls begins, such as `sales.groupby("region")["amount"]`."""
    inner = begun_with(node)
    known = scope.known(inner) if isinstance(inner, ast.Name) else ()
    return inner if isinstance(inner, ast.Name) and known and is_of_a_library(known[0]) else None


def begun_with(node: ast.AST) -> ast.AST:
    """What a chain of calls, attributes and subscripts begins with."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def _columns(value: Any) -> list[Any] | None:
    """The columns of a table, or the name of the only one; None if it is no table of pandas."""
    if not is_of_a_library(value) or not hasattr(value, "loc"):
        return None
    return list(value.columns) if hasattr(value, "columns") else [value.name]

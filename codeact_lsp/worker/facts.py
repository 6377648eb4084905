"""What exists where a misspelt name was looked up: the raw material of a spelling repair."""

import ast
import builtins
import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from .expressions import Place, Scope, Unknown, parts

_MOST_OPTIONS = 8
_MOST_KEYS = 5_000
_CUTOFF = 0.5


def facts(error: BaseException, tree: ast.AST, place: Place, scope: Scope) -> dict[str, Any] | None:
    """For a name, attribute or key that does not exist: what it is, and what there is like it.

    Returns:
        `kind` (name, attribute or key), `name`, `options` (closest first), and `place` of the name
        itself where that is known; None for other errors.
    """
    if isinstance(error, UnboundLocalError):
        return None
    if isinstance(error, NameError):
        return _missing_name(error, tree, place, scope)
    if isinstance(error, AttributeError):
        return _missing_attribute(error, tree, place, scope)
    if isinstance(error, KeyError):
        return _missing_key(error, tree, place, scope)
    return None


def _missing_name(
    error: NameError, tree: ast.AST, place: Place, scope: Scope
) -> dict[str, Any] | None:
    """The name must stand in the expression: a library can misspell one of its own."""
    spelt = [node.id for node in parts(tree, place) if isinstance(node, ast.Name)]
    if error.name not in spelt:
        return None
    names = {*scope.local, *scope.module, *vars(builtins)}
    return _fact("name", error.name, names)


def _missing_attribute(
    error: AttributeError, tree: ast.AST, place: Place, scope: Scope
) -> dict[str, Any] | None:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr != (error.name or node.attr):
            continue
        # Of a method call over several lines, Python marks the name of the method alone.
        if place.holds(_attribute_place(node)):
            owner = error.obj if error.obj is not None else _value(scope, node.value)
            fact = _fact("attribute", node.attr, _members(owner))
            return {**fact, "place": _attribute_place(node).as_list()}
    return None


def _attribute_place(node: ast.Attribute) -> Place:
    end = Place.of(node)
    start = end.end_column - len(node.attr.encode())
    return Place(end.end_line, start, end.end_line, end.end_column)


def _missing_key(
    error: KeyError, tree: ast.AST, place: Place, scope: Scope
) -> dict[str, Any] | None:
    """The key must stand in the expression, and a container that lacks it too."""
    key = error.args[0] if error.args else None
    if not isinstance(key, str):
        return None
    inside = list(parts(tree, place))
    spelt = [node for node in inside if isinstance(node, ast.Constant) and node.value == key]
    keys = [name for node in inside for name in _keys(_value(scope, node))]
    if not spelt or not keys:
        return None
    return {**_fact("key", key, keys), "place": Place.of(spelt[0]).as_list()}


def _value(scope: Scope, node: ast.expr) -> Any:
    try:
        return scope.value(node)
    except Unknown:
        return None


def _keys(value: Any) -> list[str]:
    columns = getattr(value, "columns", None)
    names: Iterable[Any] | None = value if isinstance(value, Mapping) else columns
    if names is None or isinstance(value, type):
        return []
    try:
        return [name for name, _ in zip(names, range(_MOST_KEYS), strict=False) if _is_text(name)]
    except Exception:
        return []


def _is_text(name: Any) -> bool:
    return isinstance(name, str)


def _members(owner: Any) -> list[str]:
    try:
        return dir(owner)
    except Exception:
        return []


def _fact(kind: str, name: str, names: Iterable[str]) -> dict[str, Any]:
    candidates = [
        candidate
        for candidate in dict.fromkeys(names)
        if candidate != name and (name.startswith("_") or not candidate.startswith("_"))
    ]
    options = difflib.get_close_matches(name, candidates, _MOST_OPTIONS, _CUTOFF)
    return {"kind": kind, "name": name, "options": options}

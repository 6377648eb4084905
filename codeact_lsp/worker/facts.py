"""What exists where a misspelt name was looked up: the raw material of a spelling repair."""

import ast
import builtins
import difflib
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from . import previews
from .expressions import Place, Scope, Unknown, parts

_MOST_OPTIONS = 8
_MOST_KEYS = 5_000
_CUTOFF = 0.5
# In Python's own words, of functions in Python and in C.
_UNEXPECTED = re.compile(
    r"got an unexpected keyword argument '(\w+)'|'(\w+)' is an invalid keyword argument"
)


def facts(error: BaseException, tree: ast.AST, place: Place, scope: Scope) -> dict[str, Any] | None:
    """For what does not exist but was asked for: what it is, and what there is like it.

    Returns:
        `kind` (name, attribute, key, keyword of a call, or item: an index, or a key that is not
        written out), `name`, `options` (closest first), and `place` of the name itself where that
        is known; None for other errors.
    """
    if isinstance(error, UnboundLocalError):
        return None
    for kind, find in _FINDERS:
        if isinstance(error, kind):
            return find(error, tree, place, scope)
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
        # Of a method over several lines, Python marks the name alone. A wider range is that of a
        # call or an operation, and what it says of an attribute is about one somewhere inside.
        if place in {Place.of(node), _attribute_place(node)}:
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
    inside = list(parts(tree, place))
    written = [node for node in inside if isinstance(node, ast.Constant) and node.value == key]
    keys = [name for node in inside for name in _keys(_value(scope, node))]
    if isinstance(key, str) and written and keys:
        return {**_fact("key", key, keys), "place": Place.of(written[0]).as_list()}
    # What stands between the brackets is the culprit too where the key is a variable's value.
    lacking = [node for node in _subscripts(inside) if _lacks(scope, node, key)]
    if len(lacking) != 1:
        return None
    return _item(lacking[0])


def _item(node: ast.Subscript) -> dict[str, Any]:
    name, place = ast.unparse(node.slice), Place.of(node.slice).as_list()
    return {"kind": "item", "name": name, "options": [], "place": place}


def _lacks(scope: Scope, node: ast.Subscript, key: Any) -> bool:
    """Whether a dictionary is asked for `key`, which it does not have."""
    owner = _value(scope, node.value)
    try:
        return type(owner) is dict and scope.value(node.slice) == key and key not in owner
    except Exception:
        return False


def _missing_index(
    _error: IndexError, tree: ast.AST, place: Place, scope: Scope
) -> dict[str, Any] | None:
    """An index that is certainly beyond the sequence whose item it asks for."""
    beyond = [node for node in _subscripts(parts(tree, place)) if _is_beyond(scope, node)]
    if len(beyond) != 1:
        return None
    return _item(beyond[0])


def _is_beyond(scope: Scope, node: ast.Subscript) -> bool:
    owner, index = _value(scope, node.value), _value(scope, node.slice)
    if isinstance(node.slice, ast.UnaryOp) and isinstance(node.slice.operand, ast.Constant):
        index = ast.literal_eval(node.slice)  # As in `rows[-1]`.
    is_sequence = type(owner) in {list, tuple, str, bytes}
    return is_sequence and type(index) is int and not -len(owner) <= index < len(owner)


def _subscripts(nodes: Iterable[ast.expr]) -> Iterator[ast.Subscript]:
    return (node for node in nodes if isinstance(node, ast.Subscript))


def _unknown_keyword(
    error: TypeError, tree: ast.AST, place: Place, scope: Scope
) -> dict[str, Any] | None:
    """A keyword that the function which is called does not take."""
    said = _UNEXPECTED.search(previews.message(error))
    name = said[1] or said[2] if said else None
    calls = [node for node in parts(tree, place) if isinstance(node, ast.Call)]
    named = [(call, word) for call in calls for word in call.keywords if word.arg == name]
    if name is None or len(named) != 1:
        return None
    call, word = named[0]
    end = word.col_offset + len(name.encode())
    fact = _fact("keyword", name, _takes(_value(scope, call.func)))
    return {**fact, "place": [word.lineno, word.col_offset, word.lineno, end]}


def _takes(function: Any) -> list[str]:
    """The names that a plain function can be called with; those of others take code to learn."""
    if not isinstance(function, types.FunctionType):
        return []
    code = function.__code__
    most = code.co_argcount + code.co_kwonlyargcount
    return list(code.co_varnames[code.co_posonlyargcount : most])


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


_FINDERS: tuple[tuple[type[BaseException], Callable[..., dict[str, Any] | None]], ...] = (
    (NameError, _missing_name),
    (AttributeError, _missing_attribute),
    (KeyError, _missing_key),
    (IndexError, _missing_index),
    (TypeError, _unknown_keyword),
)

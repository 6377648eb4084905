"""Which part of a failing lookup is the key or the index that is not there."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from . import exceptions
from .expressions import Scope, is_of_a_library

_MOST_KEYS = 5_000
_TABLES = ("/pandas/", "/polars/")
_SEQUENCES = frozenset({bytes, list, str, tuple})

Found = tuple[ast.expr, str | None, list[str]]
"""What is not there, its name if that is written there, and the names that there are."""


def missing_key(
    error: BaseException, operation: ast.AST | None, scope: Scope, like: Scope, surfaced: str | None
) -> Found | None:
    """The key of a `KeyError`, if it is certain which part of the operation it is.

    Args:
        error: The error.
        operation: What failed.
        scope: The names where it failed.
        like: The same, with a guess at names whose values are not certain.
        surfaced: The file outside the plan that raised, if one did.
    """
    key = next(iter(exceptions.arguments(error)), None)
    match operation:
        case ast.Subscript(value=owner, slice=index):
            names = _names_near(owner, like)
            return _of_subscript(key, index, names, scope, surfaced)
        case ast.Call():
            return _of_call(key, operation, scope, surfaced)
        case _:
            return None


def missing_index(operation: ast.AST | None, scope: Scope, surfaced: str | None) -> ast.expr | None:
    """The index of an `IndexError`, if it is certain which part of the operation it is."""
    match operation:
        case ast.Subscript(value=owner, slice=index) if surfaced is None or _is_table(surfaced):
            return index if _may_be_beyond(scope.known(owner), scope.known(index)) else None
        case ast.Call(func=ast.Attribute(value=owner, attr="pop"), args=[index]):
            known, at = scope.known(owner), scope.known(index)
            return index if known and at and known[0] and _may_be_beyond(known, at) else None
        case _:
            return None


def _of_subscript(
    key: Any, index: ast.expr, names: list[str], scope: Scope, surfaced: str | None
) -> Found | None:
    if isinstance(index, ast.List | ast.Tuple):
        return _of_several(key, index, names, surfaced)
    same = _is_table(surfaced) or any(_equal(value, key) for value in scope.known(index))
    if isinstance(index, ast.Constant) and isinstance(index.value, str):
        return (index, index.value, names) if same else None
    # Python itself asks for nothing but what stands between the brackets; a library may.
    return (index, None, []) if same or surfaced is None else None


def _of_several(
    key: Any, index: ast.List | ast.Tuple, names: list[str], surfaced: str | None
) -> Found | None:
    """One of several columns or labels: the one that the error names, or the one there is not."""
    written = [part for part in index.elts if isinstance(part, ast.Constant)]
    lacking = [part for part in written if _equal(part.value, key)]
    if not lacking and isinstance(index, ast.List) and len(written) == len(index.elts) and names:
        lacking = [part for part in written if part.value not in names]
    if len(lacking) != 1:
        return (index, None, []) if surfaced is None or _is_table(surfaced) else None
    name = lacking[0].value
    return (lacking[0], name, names) if isinstance(name, str) else (lacking[0], None, [])


def _of_call(key: Any, call: ast.Call, scope: Scope, surfaced: str | None) -> Found | None:
    given = [*call.args, *(word.value for word in call.keywords)]
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    around = [each for each in (owner, *given) if each is not None]
    containers = [value for each in around for value in scope.known(each)]
    names = [names_of(value) for value in containers]
    lacking = [name for known in names if known and key not in known for name in known]
    is_lacked = lacking or any(_lacks((value,), key) for value in containers)
    written = [part for part in _written(given) if _equal(part.value, key)]
    if len(written) == 1 and isinstance(key, str) and (is_lacked or _is_table(surfaced)):
        return written[0], key, lacking
    known = scope.known(owner) if owner else ()
    only = given[0] if len(given) == 1 and not isinstance(given[0], ast.Starred) else None
    if only and not written and surfaced is None and _lacks(known, key):
        return only, None, []
    return None


def _written(given: Iterable[ast.expr]) -> Iterator[ast.Constant]:
    """The literals among arguments, and in lists that are written there: all that is evaluated."""
    for each in given:
        match each:
            case ast.Constant():
                yield each
            case ast.List(elts=inner) | ast.Tuple(elts=inner) | ast.Set(elts=inner):
                yield from _written(inner)
            case ast.Dict(keys=names):
                yield from _written(name for name in names if name is not None)
            case _:
                pass


def _lacks(owner: tuple[Any, ...], key: Any) -> bool:
    """Whether it is a dictionary without that key."""
    try:
        return bool(owner) and type(owner[0]) is dict and key not in owner[0]
    except Exception:
        return False


def _may_be_beyond(owner: tuple[Any, ...], index: tuple[Any, ...]) -> bool:
    """Whether nothing that is known speaks against it."""
    if not owner or type(owner[0]) not in _SEQUENCES or not index or type(index[0]) is not int:
        return True
    return not -len(owner[0]) <= index[0] < len(owner[0])


def _equal(one: Any, other: Any) -> bool:
    try:
        return type(one) is type(other) and bool(one == other)
    except Exception:
        return False


def _names_near(owner: ast.expr, scope: Scope) -> list[str]:
    """The keys of a container; if it is not known, those of what it is made of."""
    known = scope.known(owner)
    inner = (part for part in ast.walk(owner) if isinstance(part, ast.Name))
    values = known or tuple(value for part in inner for value in scope.known(part))
    return [name for value in values for name in names_of(value)]


def _is_table(surfaced: str | None) -> bool:
    """Whether a library of tables raised, which looks up nothing but what it was asked for."""
    return surfaced is not None and any(name in surfaced for name in _TABLES)


def names_of(value: Any) -> list[str]:
    """The keys, columns or labels that are text, and the names of what they are labels of."""
    if isinstance(value, type) or not (isinstance(value, Mapping) or is_of_a_library(value)):
        return []
    try:
        return [name for name in islice(_labels(value), _MOST_KEYS) if isinstance(name, str)]
    except Exception:
        return []


def _labels(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        yield from value
        return
    index = getattr(value, "index", None)
    yield from getattr(value, "columns", () if index is None or callable(index) else index)
    yield from getattr(index, "names", ())

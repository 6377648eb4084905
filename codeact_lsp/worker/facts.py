"""What exists where a misspelt name was looked up: the raw material of a spelling repair."""

import ast
import builtins
import errno
import pkgutil
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from . import exceptions, keys, previews, words
from .columns import is_near, lacking_column
from .expressions import Place, Scope, parts
from .likeness import closest
from .nearby import files_like
from .operation import attribute_place

_MOST_OPTIONS = 8
_MOST_PATH = 1_000
_CUTOFF = 0.5
# Of names as short as those of modules, many are a little alike.
_CUTOFF_OF_MODULES = 0.75
# Of Polars, whose errors are none of Python's.
_NO_COLUMN = "ColumnNotFoundError"
# In Python's own words, of functions in Python and in C.
_UNEXPECTED = re.compile(
    r"got an unexpected keyword argument '(\w+)'|'(\w+)' is an invalid keyword argument"
)
_NO_MEMBER = re.compile(
    r"cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'"
)


@dataclass(frozen=True)
class Failing:
    """An operation that failed.

    Attributes:
        operation: The node of it; None if it is not known which it is.
        scope: The names where it failed.
        like: The same, with a guess at names whose values are not certain.
        surfaced: The file outside the plan that raised, if one did.
    """

    error: BaseException
    tree: ast.Module
    place: Place
    operation: ast.AST | None
    scope: Scope
    like: Scope
    surfaced: str | None


def facts(failing: Failing) -> dict[str, Any] | None:
    """For what does not exist but was asked for: what it is, and what there is like it.

    Returns:
        `kind` (name, attribute, module, member of a module, file, key, keyword of a call, column
        in a text, or item: an index, or a key that is not written out), `name`, `options` (closest
        first), and `place` of the name itself where that is known; None for other errors.
    """
    if exceptions.is_a(failing.error, UnboundLocalError):
        return None
    for kind, find in _FINDERS:
        if exceptions.is_a(failing.error, kind):
            return find(failing)
    if exceptions.class_name(failing.error) == _NO_COLUMN:
        return _missing_column(failing)
    return _missing_file(failing) if words.number_of(failing.error) == errno.ENOENT else None


def _missing_name(failing: Failing) -> dict[str, Any] | None:
    """The name must stand in the expression: a library can misspell one of its own."""
    name = exceptions.missing(failing.error)
    spelt = (node.id for node in parts(failing.tree, failing.place) if isinstance(node, ast.Name))
    if name is None or name not in spelt:
        return _missing_column(failing)
    return _fact("name", name, {*failing.scope.local, *failing.scope.module, *vars(builtins)})


def _missing_attribute(failing: Failing) -> dict[str, Any] | None:
    node, missing = failing.operation, exceptions.missing(failing.error)
    if not isinstance(node, ast.Attribute) or node.attr != (missing or node.attr):
        return None
    owner = exceptions.owner(failing.error)
    if owner is None:
        owner = next(iter(failing.scope.known(node.value)), None)
    return _fact("attribute", node.attr, _members(owner), attribute_place(node))


def _missing_module(failing: Failing) -> dict[str, Any] | None:
    """A module that the plan itself imports by a name that nothing has."""
    missing = exceptions.missing(failing.error)
    match failing.operation:
        case ast.Import(names=aliases):
            asked = [alias.name for alias in aliases]
        case ast.ImportFrom(module=str(module)):
            asked = [module]
        case _:
            asked = []
    if missing is None or missing not in asked:
        return None
    return _fact("module", missing, _modules(), cutoff=_CUTOFF_OF_MODULES)


def _missing_member(failing: Failing) -> dict[str, Any] | None:
    """A name that the plan imports from a module that has none such."""
    said = _NO_MEMBER.match(previews.message(failing.error))
    match failing.operation:
        case ast.ImportFrom(names=aliases) if said and said[1] in {each.name for each in aliases}:
            return _fact("member", said[1], _members(sys.modules.get(said[2])))
        case _:
            return None


def _missing_file(failing: Failing) -> dict[str, Any] | None:
    path = getattr(failing.error, "filename", None) or next(words.quoted(failing.error), None)
    if not isinstance(path, str) or len(path) > _MOST_PATH:
        return None
    return {"kind": "file", "name": path, "options": files_like(path)}


def _missing_key(failing: Failing) -> dict[str, Any] | None:
    found = keys.missing_key(
        failing.error, failing.operation, failing.scope, failing.like, failing.surfaced
    )
    if failing.surfaced and (found is None or not found[2]):
        found = lacking_column(failing.error, failing.operation, failing.like) or found
    if found is None:
        return None
    node, name, names = found
    if name is None:
        return _item(node)
    return _fact("key", name, names, Place.of(node))


def _missing_column(failing: Failing) -> dict[str, Any] | None:
    """What a library of tables says in an error of another kind, if there is something like it."""
    if failing.surfaced is None:
        return None
    found = lacking_column(failing.error, failing.operation, failing.like)
    if found is None or not is_near(*found[1:]):
        return None
    text, name, names = found
    return _fact("key" if text.value == name else "column", name, names, Place.of(text))


def _missing_index(failing: Failing) -> dict[str, Any] | None:
    found = keys.missing_index(failing.operation, failing.scope, failing.surfaced)
    return None if found is None else _item(found)


def _unknown_keyword(failing: Failing) -> dict[str, Any] | None:
    """A keyword that the function which is called does not take."""
    said = _UNEXPECTED.search(previews.message(failing.error))
    name = said[1] or said[2] if said else None
    if name is None or not isinstance(failing.operation, ast.Call):
        return None
    for word in failing.operation.keywords:
        if word.arg == name:
            place = Place(
                word.lineno, word.col_offset, word.lineno, word.col_offset + len(name.encode())
            )
            callee = failing.operation.func
            found = [*failing.scope.known(callee), *_methods(failing.scope, callee)]
            return _fact("keyword", name, _takes(next(iter(found), None)), place)
    return None


def _methods(scope: Scope, callee: ast.expr) -> Iterator[Any]:
    """The method that is called, as classes have it: to ask the object could run its code."""
    if isinstance(callee, ast.Attribute):
        for owner in scope.known(callee.value):
            kinds = type.mro(type(owner))
            yield from (
                kind.__dict__[callee.attr] for kind in kinds if callee.attr in kind.__dict__
            )


def _item(node: ast.expr) -> dict[str, Any]:
    name, place = ast.unparse(node), Place.of(node).as_list()
    return {"kind": "item", "name": name, "options": [], "place": place}


def _takes(function: Any) -> list[str]:
    """The names that a plain function or class can be called with; of others it takes code."""
    kinds = type.mro(function) if type(function) is type else ()
    inits = (each.__dict__["__init__"] for each in kinds if "__init__" in each.__dict__)
    function = next(inits, function)
    if not isinstance(function, types.FunctionType):
        return []
    code = function.__code__
    most = code.co_argcount + code.co_kwonlyargcount
    return list(code.co_varnames[max(code.co_posonlyargcount, bool(kinds)) : most])


def _modules() -> list[str]:
    """What can be imported: of Python, installed, or in the plan's folder."""
    try:
        installed = [module.name for module in pkgutil.iter_modules()]
    except Exception:
        installed = []
    return sorted({*sys.stdlib_module_names, *installed})


def _members(owner: Any) -> list[str]:
    try:
        return dir(owner)
    except Exception:
        return []


def _fact(
    kind: str,
    name: str,
    names: Iterable[str],
    place: Place | None = None,
    cutoff: float = _CUTOFF,
) -> dict[str, Any]:
    candidates = [
        candidate
        for candidate in dict.fromkeys(names)
        if candidate != name and (name.startswith("_") or not candidate.startswith("_"))
    ]
    options = closest(name, candidates, _MOST_OPTIONS, cutoff)
    where = {"place": place.as_list()} if place else {}
    return {"kind": kind, "name": name, "options": options, **where}


_FINDERS: tuple[tuple[type[BaseException], Callable[[Failing], dict[str, Any] | None]], ...] = (
    (NameError, _missing_name),
    (AttributeError, _missing_attribute),
    (ModuleNotFoundError, _missing_module),
    (ImportError, _missing_member),
    (FileNotFoundError, _missing_file),
    (KeyError, _missing_key),
    (IndexError, _missing_index),
    (TypeError, _unknown_keyword),
    (ValueError, _missing_column),
)

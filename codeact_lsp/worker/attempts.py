"""Do an operation again, where that does nothing but raise: on plain data, with Python's own means.

The same interpreter says the same of the same operation on the same values. So values with which it
says what it said are values with which it failed.
"""

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from . import exceptions
from .expressions import Scope, Unknown

_ATOMS = frozenset({type(None), bool, int, float, complex, str, bytes})
PLAIN = _ATOMS | {list, tuple, dict, set, frozenset, range}
_ITERABLES = frozenset({str, list, tuple, dict, set, frozenset, range})
# Powers, shifts and products of texts can take for ever.
_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Mult: operator.mul,
    ast.Sub: operator.sub,
}
_LARGEST = 10_000
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function for function in (abs, chr, float, int, len, ord, round)
}
_VIEWS: Mapping[str, Callable[[dict[Any, Any]], Iterable[Any]]] = {
    "items": dict.items,
    "keys": dict.keys,
    "values": dict.values,
}


def fails_like(error: BaseException, node: ast.AST, scope: Scope) -> bool:
    """Whether an operation raises what `error` is.

    Raises:
        Unknown: That is not known without running code.
    """
    try:
        _perform(node, scope)
    except Unknown:
        raise
    except Exception as raised:
        same = type(raised) is type(error)
        return same and exceptions.arguments(raised) == exceptions.arguments(error)
    return False


def items(node: ast.expr, scope: Scope) -> Iterator[Any]:
    """What a loop over an expression goes through.

    Raises:
        Unknown: That is not known without running code.
    """
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr=name), args=[], keywords=[]) if (
            name in _VIEWS
        ):
            value = scope.value(owner)
            _demand(type(value) is dict)
            yield from _VIEWS[name](value)
        case ast.Call(func=ast.Attribute(value=owner, attr="get"), args=[key, default]):
            value, found = scope.value(owner), _literal(key, scope)
            _demand(type(value) is dict and type(found) in _ATOMS)
            chosen = value[found] if found in value else list(items(default, scope))
            _demand(type(chosen) in _ITERABLES)
            yield from chosen
        case ast.Call(func=ast.Name(id="range") as function, args=arguments, keywords=[]) if (
            scope.is_builtin(function)
        ):
            yield from range(*(_number(argument, scope) for argument in arguments))
        case ast.Call(func=ast.Name(id=name) as function, args=arguments, keywords=[]) if (
            scope.is_builtin(function)
        ):
            yield from _of_call(name, [items(argument, scope) for argument in arguments])
        case ast.Subscript(value=owner, slice=ast.Slice() as cut):
            value = scope.value(owner)
            _demand(type(value) in {list, tuple, str})
            yield from value[
                slice(*(_bound(end, scope) for end in (cut.lower, cut.upper, cut.step)))
            ]
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            yield from [_literal(part, scope) for part in parts]
        case _:
            value = scope.value(node)
            _demand(type(value) in _ITERABLES)
            yield from value


def assigned(target: ast.expr, value: Any) -> dict[str, Any]:
    """The names that a target binds, and to what.

    Raises:
        Unknown: That is not known without running code.
        TypeError: The value cannot be unpacked.
        ValueError: It has too few parts, or too many.
    """
    match target:
        case ast.Name():
            return {target.id: value}
        case ast.Tuple() | ast.List():
            _demand(type(value) in PLAIN)
            _demand(not any(isinstance(part, ast.Starred) for part in target.elts))
            found: dict[str, Any] = {}
            for part, item in zip(target.elts, _unpacked(value, len(target.elts)), strict=True):
                found |= assigned(part, item)
            return found
        case _:
            raise Unknown


def _bound(end: ast.expr | None, scope: Scope) -> int | None:
    value = None if end is None else scope.value(end)
    _demand(value is None or type(value) is int)
    return value


def _number(node: ast.expr, scope: Scope) -> int:
    """A whole number, which may be the length of something."""
    match node:
        case ast.Call(func=ast.Name(id="len") as function, args=[counted], keywords=[]) if (
            scope.is_builtin(function)
        ):
            value = scope.value(counted)
            _demand(type(value) in _ITERABLES)
            return len(value)
        case _:
            value = scope.value(node)
            _demand(type(value) is int)
            return int(value)


def _literal(node: ast.expr, scope: Scope) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        return scope.value(node)


def _perform(node: ast.AST, scope: Scope) -> None:
    match node:
        case ast.Subscript(value=owner, slice=key):
            value, index = scope.value(owner), scope.value(key)
            _demand(type(value) in PLAIN and type(index) in _ATOMS)
            value[index]
        case ast.Attribute(value=owner, attr=name):
            value = scope.value(owner)
            _demand(type(value) in PLAIN)
            getattr(value, name)
        case ast.BinOp(left=left, op=kind, right=right):
            _binary(kind, scope.value(left), scope.value(right))
        case ast.Call(func=ast.Name(id=name) as function, args=arguments, keywords=[]):
            values = [scope.value(argument) for argument in arguments]
            _demand(scope.is_builtin(function) and name in _FUNCTIONS)
            _demand(all(type(value) in _ATOMS for value in values))
            _FUNCTIONS[name](*values)
        case _:
            raise Unknown


def _binary(kind: ast.operator, left: Any, right: Any) -> None:
    _demand(type(kind) in _BINARY and {type(left), type(right)} <= _ATOMS)
    if type(kind) is ast.Mod:
        _demand(type(left) not in {str, bytes})  # That formats.
    sizes = [len(each) if type(each) in {str, bytes} else 0 for each in (left, right)]
    numbers = [each for each in (left, right) if type(each) is int]
    if type(kind) is ast.Mult and any(sizes) and numbers:
        _demand(sum(sizes) * numbers[0] < _LARGEST)
    _BINARY[type(kind)](left, right)


def _of_call(name: str, given: list[Iterator[Any]]) -> Iterable[Any]:
    match name, given:
        case "enumerate", [only]:
            return zip(count(), only, strict=False)
        case "zip", [_, *_]:
            return zip(*given, strict=False)
        case (("list" | "tuple" | "iter"), [only]):
            return only
        case _:
            raise Unknown


def _unpacked(value: Any, wanted: int) -> list[Any]:
    """The parts of a value; raises what Python does if there are not as many."""
    found = list(zip(range(wanted + 1), value, strict=False))
    if len(found) > wanted:
        raise ValueError(f"too many values to unpack (expected {wanted})")
    if len(found) < wanted:
        raise ValueError(f"not enough values to unpack (expected {wanted}, got {len(found)})")
    return [part for _, part in found]


def _demand(condition: bool) -> None:  # noqa: FBT001 - an assertion, of which that is the point.
    if not condition:
        raise Unknown

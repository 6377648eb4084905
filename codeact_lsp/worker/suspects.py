"""Which values may explain a failure, and what is wrong with them.

Only what the failing operation itself was done to can: of a division the divisor, of `None.strip()`
the `None`, of `sum(rows)` the rows and, as far as Python's message names their types, the items.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from . import attempts, exceptions, previews, tables, wholes
from .expressions import Place, Unknown
from .made_items import made_by
from .operation import operands
from .stack import Stack

_MOST_BAD = 6
_MOST_ALIKE = 2
_SHOWN = 60
# What Python says of a call whose arguments do not fit the function; of no value.
_ABOUT_THE_CALL = re.compile(
    r"positional argument|keyword argument|keyword-only|multiple values for|takes no arguments"
)
# A `ValueError` or a `TypeError`, and of a type in either case.
_ABOUT_A_FORMAT = re.compile(r"format string passed to|format code .* for object of type")
_SEQUENCES = frozenset({"bytes", "list", "str", "tuple"})
_NOTHING = ("NoneType", "None")

Bad = list[tuple[str, str]]
Suspects = dict[ast.expr, Bad]


def suspects(error: BaseException, operation: ast.AST | None, stack: Stack) -> Suspects:
    """The expressions whose values may explain a failure.

    Returns:
        For each the types and looks of the parts that are then wrong with it; none where the
        failure is not about types.
    """
    formats = _ABOUT_A_FORMAT.search(previews.message(error)) is not None
    if operation is None and formats:
        operation = _f_string(stack)
    if operation is None or isinstance(operation, ast.Raise):
        return {}
    if formats:
        return _of_types(error, operation, stack)
    for kind, find in _FINDERS:
        if exceptions.is_a(error, kind):
            return find(error, operation, stack)
    return _anything(error, operation, stack)


def _f_string(stack: Stack) -> ast.JoinedStr | None:
    """The f-string that failed, where Python does not tell which part of it did."""
    for node in ast.walk(stack.tree):
        if isinstance(node, ast.JoinedStr) and Place.of(node) == stack.calls[0].place:
            return node
    return None


def _of_division(_error: BaseException, operation: ast.AST, stack: Stack) -> Suspects:
    """What is zero or empty in the divisor."""
    divisor = operands(operation, stack.above)[-1:]
    nodes = wholes.named(divisor, deep=True, lengths=True)
    return {node: [] for node in nodes for value in stack.known(node) if _is_nothing(value)}


def _is_nothing(value: Any) -> bool:
    return type(value) in attempts.PLAIN and not value


def _of_types(error: BaseException, operation: ast.AST, stack: Stack) -> Suspects:
    """Operands whose types Python complains of; only those that are None if one is."""
    said = previews.message(error)
    if _ABOUT_THE_CALL.search(said):
        return {}
    made = made_by(operation)
    if made and (items := [_look(value) for value in stack.known(made.elt)]):
        return {made.elt: items}
    complained = _complained_of(operation, said, stack)
    found = _misfits(complained, said, stack)
    if not found:
        known = _known(complained, stack)
        found = {node: [_NOTHING] if _is_none(node, stack) else [] for node in known}
    none = {node: bad for node, bad in found.items() if _NOTHING in bad}
    return none or found


def _is_none(node: ast.expr, stack: Stack) -> bool:
    return any(value is None for value in stack.known(node))


def _complained_of(operation: ast.AST, said: str, stack: Stack) -> Sequence[ast.expr]:
    match operation:
        case ast.Subscript(slice=ast.Slice(lower, upper, step)) if "slice indices" in said:
            return [bound for bound in (lower, upper, step) if bound is not None]
        case ast.Subscript(value=owner) if "subscriptable" in said or "item assignment" in said:
            return [owner]
        case ast.Attribute() | ast.Subscript() if "not iterable" in said or "iterator" in said:
            return [operation]
        case ast.Call(func=function) if "not callable" in said:
            return [function]
        case ast.Call(keywords=words) if "not supported between" in said:
            compared = [part for word in words if word.arg == "key" for part in _asked(word.value)]
            return compared or operands(operation, stack.above)
        case _:
            return operands(operation, stack.above)


def _asked(key: ast.expr) -> Iterator[ast.expr]:
    """What a function that things are compared by looks them up in."""
    match key:
        case ast.Attribute(value=owner, attr="get" | "__getitem__"):
            yield owner
        case ast.Lambda(args=taken, body=body):
            own = {each.arg for each in taken.args}
            for part in ast.walk(body):
                match part:
                    case ast.Subscript(value=ast.Name(id=name) as owner) if name not in own:
                        yield owner
                    case _:
                        pass
        case _:
            pass


def _misfits(nodes: Iterable[ast.expr], said: str, stack: Stack) -> Suspects:
    """The expressions that are or hold something of a type that a message names."""
    found: Suspects = {}
    named = _named_types(said)
    for operand in nodes:
        if bad := _bad(wholes.parts(operand, stack), named):
            found |= {node: bad for node in wholes.named([operand], deep=True) if stack.known(node)}
    return found


def _bad(parts: Iterable[Any], named: set[str]) -> Bad:
    """The first of each of the types that are named."""
    kinds: dict[str, Bad] = {}
    for part in parts:
        kind = exceptions.class_name(part)
        if kind in named and len(found := kinds.setdefault(kind, [])) < _MOST_ALIKE:
            found.append(_look(part))
    return [look for found in kinds.values() for look in dict.fromkeys(found)][:_MOST_BAD]


def _named_types(said: str) -> set[str]:
    """The words of a message; `int()` in it is no type, and what cannot be multiplied is one."""
    words = set(re.findall(r"\b\w+\b(?!\()", said))
    return words | _SEQUENCES if "multiply sequence" in said else words


def _of_attribute(error: BaseException, operation: ast.AST, stack: Stack) -> Suspects:
    if not isinstance(operation, ast.Attribute):
        return _anything(error, operation, stack)
    return {node: [_look(value)] for node in [operation.value] for value in stack.known(node)}


def _of_lookup(error: BaseException, operation: ast.AST, stack: Stack) -> Suspects:
    """The container and the key. A dictionary that is asked for an index was to be a list."""
    found = _anything(error, operation, stack)
    key = (exceptions.arguments(error) or (0,))[0]
    nothing = {node: [_NOTHING] for node in found if _is_none(node, stack)}
    if nothing and key is None:
        return nothing
    is_index = exceptions.is_a(error, KeyError) and type(key) is int
    return {
        node: [_look(value) for value in stack.known(node) if is_index and type(value) is dict]
        for node in found
    }


def _of_value(error: BaseException, operation: ast.AST, stack: Stack) -> Suspects:
    """What was converted, if Python shows it, or what could not be unpacked."""
    said = previews.message(error)
    found = _anything(error, operation, stack)
    if isinstance(operation, ast.Tuple | ast.List):
        return {node: _unpacked_badly(operation, stack.known(node), stack) for node in found}
    looks = {node: [_look(value) for value in stack.known(node)] for node in found}
    return {node: [each for each in bad if each[1] in said] for node, bad in looks.items()}


def _unpacked_badly(target: ast.expr, values: tuple[Any, ...], stack: Stack) -> Bad:
    """What could not be unpacked: a value, or the first such item of what is gone through."""
    if not isinstance(stack.above[target], ast.Assign):
        texts = [value for value in values if type(value) is str]
        if texts and isinstance(stack.above[target], ast.Tuple | ast.List):
            return [_look(texts[0])]  # A letter has no parts.
        plain = [value for value in values if type(value) in {list, tuple}]
        values = tuple(item for value in plain for item in value)
    for value in values:
        try:
            attempts.assigned(target, value)
        except Unknown:
            return []
        except (TypeError, ValueError):
            return [_look(value)]
    return []


def _anything(_error: BaseException, operation: ast.AST, stack: Stack) -> Suspects:
    return {node: [] for node in _known(operands(operation, stack.above), stack)}


def _known(nodes: Iterable[ast.expr], stack: Stack) -> Iterator[ast.expr]:
    """What has a value to look up in operands; of what is made from a table, that table."""
    for operand in nodes:
        known = [node for node in wholes.named([operand]) if stack.known(node)]
        table = None if known else tables.made_from(operand, stack.scope)
        yield from known or ([table] if table else [])


def _look(value: Any) -> tuple[str, str]:
    return exceptions.class_name(value), previews.short(value, limit=_SHOWN)


_FINDERS: tuple[tuple[type[BaseException], Callable[..., Suspects]], ...] = (
    (ZeroDivisionError, _of_division),
    (TypeError, _of_types),
    (AttributeError, _of_attribute),
    (LookupError, _of_lookup),
    (ValueError, _of_value),
)

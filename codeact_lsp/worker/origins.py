"""Which input a value comes from, by the way that the plan's code went.

That two small values are equal proves nothing: there is one `None`, and one `0`. So a value is
followed as it was written: from a name to the one thing that is ever stored under it, to the
argument of the call, to what a loop goes through. Then it is looked for in the input itself.
"""

import ast
import functools
from typing import Any

from . import bindings, copies, tables
from .bound import Binder, is_inside, stored
from .copies import Taken
from .expressions import is_of_a_library
from .operation import around, operation
from .stack import Stack

_ATOMS = frozenset({type(None), bool, int, float, complex, str, bytes})
_HOLDERS = frozenset({dict, frozenset, list, set, tuple})
# They return parts of what they are given, or go through it.
_HANDING_ON = frozenset(
    [
        "dict",
        "filter",
        "frozenset",
        "iter",
        "list",
        "max",
        "min",
        "next",
        "reversed",
        "set",
        "sorted",
        "tuple",
    ]
)
_FILLED = frozenset(["dict", "list", "set"])
_HANDING_ON_METHODS = frozenset(["copy", "get", "items", "keys", "pop", "popitem", "values"])

_Seen = frozenset[tuple[ast.AST, int]]


class Origins:
    """Finds where values in a failing expression come from."""

    def __init__(self, stack: Stack, node: str, taken: Taken, missing: Any = None) -> None:
        """Look among the inputs of a node.

        Args:
            stack: The calls that led to the failure.
            node: The name of the node.
            taken: What it takes.
            missing: The key that was not there, if that is why it failed.
        """
        self._missing = missing
        self._stack = stack
        self._node = node
        self._inputs = taken.inputs
        self._as_it_came = functools.cache(taken.as_it_came)

    def of(self, node: ast.expr, value: Any) -> tuple[str | None, str | None]:
        """The input that the value of an expression is, or else the one that it is a part of."""
        name = self._source(node, 0, frozenset())
        if name is not None:
            given = self._inputs[name]
            if given is value:
                return (None, None) if self._has_lost(name) else (name, None)
            if copies.holds(given, value) or copies.is_copy(value, given):
                return None, None if copies.has_gained(self._as_it_came(name), value) else name
            if self._is_taken_from(name, value) or (_is_nothing(given) and _is_nothing(value)):
                return None, name
        if type(value) in _ATOMS:
            return None, None
        same = self._same(value)
        return same if any(same) else (None, self._table(node, value))

    def _table(self, node: ast.expr, value: Any) -> str | None:
        """The input that a table was made from, if what is not in the one is not in the other."""
        if self._missing is None or not is_of_a_library(value):
            return None
        names = self._begun_with(node, frozenset()) & {*self._inputs}
        lacking = [name for name in names if tables.lacks(self._inputs[name], self._missing)]
        return lacking[0] if len(names) == len(lacking) == 1 else None

    def _begun_with(self, node: ast.AST, seen: frozenset[str]) -> set[str]:
        """The variables of the node that a chain of calls begins with, back to its parameters."""
        first, function = tables.begun_with(node), self._stack.calls[0].scope_node
        if not isinstance(first, ast.Name) or first.id in seen:
            return set()
        values = (
            [] if not isinstance(function, bindings.Function) or function.name != self._node
            else bindings.stored_values(first.id, function)
        )  # fmt: skip
        inner = (self._begun_with(value, seen | {first.id}) for value in values if value)
        return {first.id}.union(*inner)

    def _has_lost(self, name: str) -> bool:
        """Whether the node took something out of an input, which its maker had put in."""
        return copies.has_lost(self._as_it_came(name), self._inputs[name])

    def _is_taken_from(self, name: str, value: Any) -> bool:
        """Whether all that a value holds was in an input when it came."""
        came = self._as_it_came(name)
        is_gathered = copies.is_gathered(value, self._inputs[name], came)
        return is_gathered or tables.is_cut(value, came)

    def _same(self, value: Any) -> tuple[str | None, str | None]:
        """The one input that is or holds this very object."""
        same = [name for name, given in self._inputs.items() if given is value]
        if same:
            return (same[0], None) if len(same) == 1 else (None, None)
        holders = [name for name, given in self._inputs.items() if copies.holds(given, value)]
        return (None, holders[0]) if len(holders) == 1 else (None, None)

    def _source(self, node: ast.AST, index: int, seen: _Seen) -> str | None:
        """The input that an expression, as a call evaluates it, is or takes its value from."""
        if (node, index) in seen:
            return None
        seen |= {(node, index)}
        if isinstance(node, ast.Name):
            return self._of_name(node, index, seen)
        found = {self._source(inner, index, seen) for inner in _taken_from(node)}
        return found.pop() if len(found) == 1 else None

    def _of_name(self, name: ast.Name, index: int, seen: _Seen) -> str | None:
        """The input behind a name, which is that of the innermost scope that binds it."""
        for scope in around(name, self._stack.above):
            binds = bindings.binds(scope, name.id)
            if binds and isinstance(scope, bindings.Function):
                return self._of_variable(name.id, scope, index, seen)
            if binds and isinstance(scope, Binder) and is_inside(name, scope):
                return self._of_loop(name.id, scope, index, seen)
            if scope is self._stack.calls[index].scope_node:
                outside = self._stack.outer(index)
                if outside is None:
                    return None
                index = outside
        return None

    def _of_loop(self, name: str, binder: Binder, index: int, seen: _Seen) -> str | None:
        """The input behind a variable of a comprehension, or of a lambda that gets item by item."""
        if isinstance(binder, ast.Lambda):
            place, through = self._stack.outer(index), self._gone_through(binder)
            return None if place is None or through is None else self._source(through, place, seen)
        for number, each in enumerate(binder.generators):
            if name in stored(each.target):
                # The first iterable is evaluated outside, by whoever makes the frame.
                is_outside = number == 0 and self._stack.calls[index].scope_node is binder
                place = self._stack.outer(index) if is_outside else index
                through = bindings.through(name, each.target, each.iter)
                return (
                    None if place is None or through is None else self._source(through, place, seen)
                )
        return None

    def _gone_through(self, binder: ast.Lambda) -> ast.expr | None:
        """What a lambda gets the items of, as that which `max` or `sorted` compares by."""
        call = next(
            (each for each in around(binder, self._stack.above) if isinstance(each, ast.Call)), None
        )
        is_only = len(binder.args.args) == 1
        return bindings.compared(call, binder) if call is not None and is_only else None

    def _of_variable(
        self, name: str, function: bindings.Function, index: int, seen: _Seen
    ) -> str | None:
        """The input behind a variable of a function, if all that is ever stored in it agrees."""
        if self._stack.calls[index].scope_node is not function:
            return None
        found = {
            None if value is None else self._source(value, index, seen)
            for value in bindings.stored_values(name, function)
            if value is None or not _is_empty(value)
        }
        found |= {self._source(value, index, seen) for value in bindings.put_into(name, function)}
        if name in bindings.parameters(function):
            found.add(self._of_parameter(name, function, index, seen))
        return found.pop() if len(found) == 1 else None

    def _of_parameter(
        self, name: str, function: bindings.Function, index: int, seen: _Seen
    ) -> str | None:
        """The input behind a parameter: of a helper, that behind the argument of its call."""
        if index == len(self._stack.calls) - 1:
            return name if function.name == self._node and name in self._inputs else None
        call = operation(self._stack.tree, self._stack.calls[index + 1].place)
        within = self._stack.above.get(function)
        kind = within.name if isinstance(within, ast.ClassDef) else None
        argument = bindings.argument(call, function, name, kind)
        if argument is None and kind is not None:
            argument = bindings.owner(call, function, name)
        return None if argument is None else self._source(argument, index + 1, seen)


def _is_nothing(value: Any) -> bool:
    """Whether it has items, of which there are none."""
    return type(value) in _HOLDERS and not value


def _is_empty(node: ast.expr) -> bool:
    """Whether it makes something with nothing in it, to be filled later."""
    match node:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id=name), args=[], keywords=[]):
            return name in _FILLED
        case _:
            return False


def _taken_from(node: ast.AST) -> list[ast.expr]:
    """The expressions that a value is, or is taken from; none if it is made anew."""
    match node:
        case (
            ast.Attribute(value=inner)
            | ast.Subscript(value=inner)
            | ast.Starred(value=inner)
            | ast.Await(value=inner)
            | ast.NamedExpr(value=inner)
            | ast.ListComp(elt=inner)
            | ast.SetComp(elt=inner)
            | ast.GeneratorExp(elt=inner)
            | ast.DictComp(value=inner)
        ):
            return [inner]
        case ast.IfExp(body=first, orelse=second):
            return [first, second]
        case ast.List(elts=several) | ast.Tuple(elts=several) | ast.Set(elts=several):
            return several
        case ast.BoolOp(values=several) | ast.Dict(values=several):
            return several
        case ast.Call():
            return _handed_on(node)
        case _:
            return []


def _handed_on(call: ast.Call) -> list[ast.expr]:
    """The arguments, or the object, whose parts a call returns; none if it makes something new."""
    match call.func:
        case ast.Name(id="filter") if call.args:
            return call.args[1:]
        case ast.Name(id=name) if name in _HANDING_ON:
            return call.args
        case ast.Attribute(value=owner, attr=name) if name in _HANDING_ON_METHODS:
            return [owner]
        case _:
            return []

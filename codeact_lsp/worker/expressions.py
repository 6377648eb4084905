"""The values in a failing expression, read from its frame without calling anything of the plan's.

Names are looked up; attributes and items only where that cannot run the user's code (instance
dictionaries, slots, named tuples, modules, built-in containers, pandas and numpy objects).
"""

import ast
import builtins
import types
from collections.abc import Container, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, cast

from . import exceptions

_LIBRARIES = ("pandas", "numpy", "polars")


class _Pair(NamedTuple):
    one: None


_PARTS = (ast.Name, ast.Attribute, ast.Subscript)
# What a class has for each of its fields, in both ways without a dictionary.
_SLOTS = (type(vars(_Pair)["one"]), types.MemberDescriptorType)
_PLAIN_WAYS = (object.__getattribute__, tuple.__getattribute__)


@dataclass(frozen=True)
class Place:
    """A range of the plan as Python counts: 1-based lines, 0-based columns in UTF-8 bytes."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, node: ast.expr | ast.stmt | ast.ExceptHandler) -> "Place":
        """Where a tree node stands."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return cls(node.lineno, node.col_offset, end_line, end_column)

    @classmethod
    def around(cls, first: ast.expr, last: ast.expr) -> "Place":
        """From the one to the other."""
        start, end = cls.of(first), cls.of(last)
        return cls(start.line, start.column, end.end_line, end.end_column)

    def as_list(self) -> list[int]:
        """For JSON."""
        return [self.line, self.column, self.end_line, self.end_column]

    def holds(self, other: "Place") -> bool:
        """Whether `other` lies within."""
        start, end = (self.line, self.column), (self.end_line, self.end_column)
        return start <= (other.line, other.column) and (other.end_line, other.end_column) <= end


class Unknown(Exception):  # noqa: N818 - a control flow signal of this module, not an error.
    """The expression's value cannot be had without running code."""


@dataclass(frozen=True)
class Scope:
    """The names of a frame.

    Attributes:
        foreign: The names in the tree that only look like one of them.
        bound: The values of some of these.
    """

    local: Mapping[str, Any]
    module: Mapping[str, Any]
    foreign: Container[ast.AST] = frozenset()
    bound: Mapping[str, Any] = field(default_factory=dict)

    def value(self, node: ast.expr) -> Any:
        """The value of an expression.

        Raises:
            Unknown: It cannot be had without running code.
        """
        match node:
            case ast.Constant():
                return node.value
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return -number
            case ast.Name():
                return self._name(node)
            case ast.Attribute():
                return _attribute(self.value(node.value), node.attr)
            case ast.Subscript():
                return _item(self.value(node.value), self.value(node.slice))
            case _:
                raise Unknown

    def known(self, node: ast.expr) -> tuple[Any, ...]:
        """The value of an expression, alone; nothing if it cannot be had."""
        try:
            return (self.value(node),)
        except Unknown:
            return ()

    def is_builtin(self, node: ast.expr) -> bool:
        """Whether it is a name that Python gives its meaning."""
        return (
            isinstance(node, ast.Name)
            and node not in self.foreign
            and node.id not in self.local
            and node.id not in self.module
            and hasattr(builtins, node.id)
        )

    def _name(self, node: ast.Name) -> Any:
        if node in self.foreign:
            if node.id in self.bound:
                return self.bound[node.id]
            raise Unknown
        for names in (self.local, self.module, vars(builtins)):
            if node.id in names:
                return names[node.id]
        raise Unknown


def parts(tree: ast.AST, place: Place) -> Iterator[ast.expr]:
    """All expressions of `tree` that lie within `place`, outermost first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and place.holds(Place.of(node)):
            yield node


def values(tree: ast.AST, place: Place, scope: Scope) -> Iterator[tuple[ast.expr, Any]]:
    """The parts of the expression at `place` whose values can be told, and these values."""
    unread = _targets(tree)
    for node in parts(tree, place):
        if isinstance(node, _PARTS) and node not in unread:
            for value in scope.known(node):
                if is_data(value):
                    yield node, value


def is_data(value: Any) -> bool:
    """Whether a value is more than a name for code."""
    return not isinstance(value, types.ModuleType | type) and not callable(value)


def _targets(tree: ast.AST) -> set[ast.AST]:
    """What is only stored to: a value that it may have is from before."""
    nodes = list(ast.walk(tree))
    read = {node.target for node in nodes if isinstance(node, ast.AugAssign)}
    stored = (node for node in nodes if isinstance(node, _PARTS) and node not in read)
    return {node for node in stored if isinstance(node.ctx, ast.Store)}


def members(owner: Any) -> Mapping[str, Any]:
    """What an object has of its own; nothing where it would take code to know."""
    if not _is_plain(owner):
        return {}
    found = getattr(owner, "__dict__", None)
    own = found if isinstance(found, Mapping) else {}
    in_slots = _in_slots(owner)
    return {**in_slots, **own} if in_slots else own


def _attribute(owner: Any, name: str) -> Any:
    own = members(owner)
    if name not in own:
        raise Unknown
    return own[name]


def _in_slots(owner: Any) -> dict[str, Any]:
    """What a named tuple, or an object with slots, keeps in fields that Python itself looks up."""
    found, kind = {}, cast("Hashable", type(owner))
    for name, slot in _slots(kind):
        with suppress(Exception):  # It was not set.
            found[name] = slot.__get__(owner)
    return found


@cache
def _slots(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a class, those of the classes that it is built on first."""
    every = (pair for each in reversed(type.mro(kind)) for pair in vars(each).items())
    return tuple(
        (name, slot) for name, slot in every
        if type(slot) in _SLOTS and not name.startswith("__")
    )  # fmt: skip


def _item(owner: Any, key: Any) -> Any:
    known = type(owner) in {dict, list, tuple, str} or is_of_a_library(owner)
    if not known:
        raise Unknown
    try:
        return owner[key]
    except Exception as error:
        raise Unknown from error


def _is_plain(owner: Any) -> bool:
    """Whether to look up what an object has of its own runs nobody's code."""
    if isinstance(owner, types.ModuleType | types.SimpleNamespace):
        return True
    return getattr(type(owner), "__getattribute__", None) in _PLAIN_WAYS


def is_of_a_library(value: Any) -> bool:
    """Whether it is a table or an array of a library whose lookups do nothing else."""
    return exceptions.class_module(value).split(".")[0] in _LIBRARIES

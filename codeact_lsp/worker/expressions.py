"""The values in a failing expression, read from its frame without calling anything of the plan's.

Names are looked up; attributes and items only where that cannot run the user's code (instance
dictionaries, modules, built-in containers, pandas and numpy objects).
"""

import ast
import builtins
import itertools
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import previews

_MOST_VALUES = 12
_MOST_ITEMS = 10_000
_MOST_INNER = 1_000
_MOST_LEVELS = 2
_LIBRARIES = ("pandas", "numpy", "polars")
_PARTS = (ast.Name, ast.Attribute, ast.Subscript)


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
    """The names of a frame; `foreign` are those in the tree that only look like one of them."""

    local: Mapping[str, Any]
    module: Mapping[str, Any]
    foreign: frozenset[ast.AST] = frozenset()

    @classmethod
    def of(cls, frame: types.FrameType, foreign: frozenset[ast.AST] = frozenset()) -> "Scope":
        """The scope of a frame."""
        return cls(frame.f_locals, frame.f_globals, foreign)

    def value(self, node: ast.expr) -> Any:
        """The value of an expression.

        Raises:
            Unknown: It cannot be had without running code.
        """
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return self._name(node)
            case ast.Attribute():
                return _attribute(self.value(node.value), node.attr)
            case ast.Subscript():
                return _item(self.value(node.value), self.value(node.slice))
            case ast.Slice() | ast.Tuple() | _:
                raise Unknown

    def _name(self, node: ast.Name) -> Any:
        for names in (self.local, self.module, vars(builtins)):
            if node.id in names and node not in self.foreign:
                return names[node.id]
        raise Unknown


def parts(tree: ast.AST, place: Place) -> Iterator[ast.expr]:
    """All expressions of `tree` that lie within `place`, outermost first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and place.holds(Place.of(node)):
            yield node


def values(tree: ast.AST, place: Place, scope: Scope, inputs: Mapping[str, Any]) -> list[Any]:
    """The values in the expression at `place`.

    Returns:
        For each part, as JSON: text, place, value, type, and the input that it is, if it is one.
    """
    found: dict[str, dict[str, Any]] = {}
    unread = _targets(tree)
    for node in parts(tree, place):
        if isinstance(node, _PARTS) and node not in unread and len(found) < _MOST_VALUES:
            try:
                value = scope.value(node)
            except Unknown:
                continue
            if not isinstance(value, types.ModuleType | type) and not callable(value):
                found.setdefault(ast.unparse(node), _described(node, value, inputs))
    return [{"text": text, **rest} for text, rest in found.items()]


def _targets(tree: ast.AST) -> set[ast.AST]:
    """What is only stored to: a value that it may have is from before."""
    nodes = list(ast.walk(tree))
    read = {node.target for node in nodes if isinstance(node, ast.AugAssign)}
    stored = (node for node in nodes if isinstance(node, _PARTS) and node not in read)
    return {node for node in stored if isinstance(node.ctx, ast.Store)}


def _described(node: ast.expr, value: Any, inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "place": Place.of(node).as_list(),
        "value": previews.short(value, name=ast.unparse(node)),
        "type": type(value).__name__,
        "input": _origin(value, inputs),
        "part_of": _holder(value, inputs),
    }


def _origin(value: Any, inputs: Mapping[str, Any]) -> str | None:
    """The input that `value` is: the same object, and no other input is that object too."""
    same = [name for name, candidate in inputs.items() if candidate is value]
    return same[0] if len(same) == 1 else None


def _holder(value: Any, inputs: Mapping[str, Any]) -> str | None:
    """The input that holds `value`: that very object, and no other input holds it too.

    Small values are told apart from their equals by nothing: they prove nothing.
    """
    if value is None or isinstance(value, str | bytes | int | float | complex):
        return None
    holders = [name for name, owner in inputs.items() if _holds(owner, value, _MOST_LEVELS)]
    return holders[0] if len(holders) == 1 else None


def _holds(owner: Any, value: Any, levels: int) -> bool:
    if type(owner) not in {dict, list, tuple}:
        return False
    items = owner.values() if isinstance(owner, dict) else owner
    some = list(itertools.islice(items, _MOST_ITEMS))
    return any(item is value for item in some) or (
        levels > 1 and any(_holds(item, value, levels - 1) for item in some[:_MOST_INNER])
    )


def _attribute(owner: Any, name: str) -> Any:
    members = getattr(owner, "__dict__", None)
    if isinstance(members, Mapping) and name in members and _is_plain(owner):
        return members[name]
    raise Unknown


def _item(owner: Any, key: Any) -> Any:
    known = type(owner) in {dict, list, tuple, str} or _is_library(owner)
    if not known:
        raise Unknown
    try:
        return owner[key]
    except Exception as error:
        raise Unknown from error


def _is_plain(owner: Any) -> bool:
    return isinstance(owner, types.ModuleType) or (
        getattr(type(owner), "__getattribute__", None) is object.__getattribute__
    )


def _is_library(value: Any) -> bool:
    return type(value).__module__.split(".")[0] in _LIBRARIES

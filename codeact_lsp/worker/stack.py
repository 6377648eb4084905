"""The calls of the plan's own code that led to a failure, and how their frames stand together."""

import ast
import itertools
import types
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from .bindings import Function
from .bound import Binder, binder_of, foreign, is_inside
from .expressions import Place, Scope
from .operation import Parents, parents


def place_of(code: types.CodeType, last: int) -> Place | None:
    """The range of an instruction (PEP 657), given its offset; None if it was not kept."""
    line, end_line, column, end_column = next(
        itertools.islice(code.co_positions(), last // 2, None), (None, None, None, None)
    )
    if line is None or end_line is None or column is None or end_column is None:
        return None
    return Place(line, column, end_line, end_column)


@dataclass(frozen=True)
class Call:
    """A frame of the plan, and what it was executing.

    Attributes:
        scope_node: The function, comprehension, generator or lambda whose frame it is; None for
            the module, for a class, and if it is not found.
        inlined: Names that look like the frame's own, and what binds them.
    """

    frame: types.FrameType
    place: Place
    scope: Scope
    scope_node: Function | Binder | None
    inlined: dict[ast.Name, Binder]

    @classmethod
    def of(cls, tree: ast.AST, frame: types.FrameType, place: Place) -> "Call":
        """The call whose frame executes what is at a place."""
        code = frame.f_code
        others = foreign(tree, place, code.co_name)
        scope = Scope(frame.f_locals, frame.f_globals, others)
        node = binder_of(tree, place, code.co_name) or _function(tree, code)
        return cls(frame, place, scope, node, others)

    def knowing(self, bound: dict[str, Any]) -> "Call":
        """The same, with values of names that are not the frame's own."""
        return replace(self, scope=replace(self.scope, bound=bound))


@dataclass(frozen=True)
class Stack:
    """The calls, innermost first, in the tree of the plan."""

    tree: ast.Module
    calls: Sequence[Call]

    @cached_property
    def above(self) -> Parents:
        """What each node of the tree stands in."""
        return parents(self.tree)

    @property
    def scope(self) -> Scope:
        """The names where it failed."""
        return self.calls[0].scope

    def known(self, node: ast.expr) -> tuple[Any, ...]:
        """The value of an expression around the failure, alone; nothing if it cannot be had."""
        inner = self.calls[0].scope_node
        # What a comprehension goes through first is evaluated by whoever makes its frame.
        is_outside = isinstance(inner, Binder) and not is_inside(node, inner)
        index = self.outer(0) if is_outside else 0
        return () if index is None else self.calls[index].scope.known(node)

    def outer(self, index: int) -> int | None:
        """The call of the function in which the code of a call is written, if that is next."""
        if index + 1 >= len(self.calls):
            return None
        code, constants = self.calls[index].frame.f_code, self.calls[index + 1].frame.f_code
        return index + 1 if code in constants.co_consts else None


def _function(tree: ast.AST, code: types.CodeType) -> Function | None:
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name == code.co_name:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if first == code.co_firstlineno:
                return node
    return None

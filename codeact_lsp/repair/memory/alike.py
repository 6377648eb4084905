"""Code as it is whatever its names are: what two pieces have in common that say the same.

Names that a plan has chosen become holes, in the order in which they come; so do literals, where
it is only asked whether two pieces are alike. Attributes, keywords, built-ins and what is imported
stay, and so does the order of everything.
"""

import ast
import builtins
from collections.abc import Collection, Iterator
from copy import deepcopy
from functools import cached_property
from typing import Any

_Literal = str | bytes | int | float | complex


class Alike:
    """A piece of a plan, and what its names and literals are called where they are holes.

    Args:
        tree: The piece; it is not changed.
        known: The names that mean the same everywhere, such as those of modules.
    """

    def __init__(self, tree: ast.Module, known: Collection[str]) -> None:
        bound = {*_bound(tree)}
        reader = _Reader({*known, *dir(builtins)} - bound)
        self._holed = reader.visit(_without_prose(tree))
        self.names = reader.names
        self.literals = reader.literals

    @cached_property
    def code(self) -> str:
        """What the piece says, with its literals."""
        return f"{self.form}{[*map(repr, self.literals.values())]}"

    @cached_property
    def form(self) -> str:
        """What it says whatever its literals are."""
        return ast.dump(self._holed)


def _bound(tree: ast.AST) -> Iterator[str]:
    """The names that a piece sets itself: those are its own, whatever else has such a name."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.ExceptHandler(name=str(name)):
                yield name
            case _:
                pass


def is_literal(value: object) -> bool:
    """Whether a constant may be somebody's data, and is no word of the language."""
    return isinstance(value, _Literal) and not isinstance(value, bool)


def literal_key(value: object) -> str:
    """What tells literals apart: 1, 1.0 and True are equal."""
    return f"{type(value).__name__} {value!r}"


def _without_prose(tree: ast.Module) -> ast.Module:
    """A copy in which docstrings say nothing."""
    copy = deepcopy(tree)
    for node in ast.walk(copy):
        match getattr(node, "body", None):
            case [ast.Expr(value=ast.Constant(value=str())) as prose, *_]:
                prose.value = ast.Constant(None)
            case _:
                pass
    return copy


class _Reader(ast.NodeTransformer):
    """Puts holes into code, and notes what each stands for."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self.names: dict[str, str] = {}
        self.literals: dict[str, Any] = {}

    def _hole(self, name: str) -> str:
        if name in self._known:
            return name
        return self.names.setdefault(name, f"_{len(self.names)}_")

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for field in ("id", "name", "rest"):
            value = getattr(node, field, None)
            if isinstance(value, str) and not isinstance(node, ast.alias):
                setattr(node, field, self._hole(value))
        match node:
            case ast.arg(arg=name):
                node.arg = self._hole(name)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                node.names = [self._hole(name) for name in names]
            case _:
                pass
        return super().generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if not is_literal(node.value):
            return node
        key = literal_key(node.value)
        if key not in self.literals:
            self.literals[key] = node.value
        return ast.Constant(f"_{[*self.literals].index(key)}s_")

"""Put holes into code: names, texts, and whole expressions that a change has left as they are."""

import ast
import builtins
from collections.abc import Collection
from typing import Any, TypeVar

from codeact_lsp.repair.memory.private import is_format

_Part = TypeVar("_Part", bound=ast.AST)
# Keywords whose texts say how a call is to work: no data.
_OPTIONS = frozenset(
    ["axis", "delimiter", "dtype", "encoding", "engine", "errors", "format", "freq", "how",
     "inclusive", "keep", "kind", "method", "mode", "newline", "on_bad_lines", "orient",
     "result_type", "sep", "side", "timespec", "tz", "unit"]
)  # fmt: skip
# What may be a hole as a whole where a change has left it as it was.
_LEFT_WHOLE = (
    ast.Attribute, ast.BinOp, ast.BoolOp, ast.Call, ast.Compare, ast.Dict, ast.DictComp,
    ast.GeneratorExp, ast.IfExp, ast.JoinedStr, ast.List, ast.ListComp, ast.Set, ast.SetComp,
    ast.Subscript, ast.Tuple, ast.UnaryOp,
)  # fmt: skip


Part = ast.expr | ast.stmt


def with_same_holes(
    before: Part, after: Part, known: Collection[str], kept: Collection[str] | None = None
) -> tuple[str, str] | None:
    """A change as two templates; None if the new one needs a hole that the old one does not have.

    Args:
        before: What was there.
        after: What has come in its place.
        known: The names that mean the same everywhere.
        kept: The expressions that may be holes as a whole, if any may.
    """
    maker = _Maker(known) if kept is None else _WideMaker(known, kept)
    old = maker.made(before)
    seen = maker.end()
    new = maker.made(after)
    return (old, new) if maker.holes == seen else None


class _Maker(ast.NodeTransformer):
    """Puts holes into code, the same one for the same thing."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._names: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    @property
    def holes(self) -> int:
        """How many there are."""
        return len(self._names) + len(self._texts)

    def end(self) -> int:
        """What was there has been gone through; how many holes that has."""
        return self.holes

    def made(self, part: Part) -> str:
        """The template of a part."""
        return ast.unparse(self.visit(copied(part)))

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id in self._known or hasattr(builtins, node.id):
            return node
        hole = self._names.setdefault(node.id, f"_{len(self._names)}_")
        return ast.Name(hole, node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        hole = self._names.setdefault(node.arg, f"_{len(self._names)}_")
        return ast.arg(hole)

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        is_option = node.arg in _OPTIONS and isinstance(node.value, ast.Constant)
        return node if is_option else ast.keyword(node.arg, self.visit(node.value))

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, str | bytes) or not node.value.strip():
            return node
        if is_format(node.value):
            return node
        hole = self._texts.setdefault(repr(node.value), f"_{len(self._texts)}s_")
        return ast.Name(hole, ast.Load())

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        hole = self._texts.setdefault(ast.dump(node), f"_{len(self._texts)}s_")
        return ast.Name(hole, ast.Load())


class _WideMaker(_Maker):
    """Puts holes in the place of whole expressions that a change leaves as they are."""

    def __init__(self, known: Collection[str], kept: Collection[str]) -> None:
        super().__init__(known)
        self._kept = kept
        self._is_over = False

    def end(self) -> int:
        """No text is a hole that comes from now on; how many holes there are."""
        self._is_over = True
        return self.holes

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, _LEFT_WHOLE) and self._is_own(node):
            text = ast.dump(node)
            if text in self._kept:
                hole = self._names.setdefault(text, f"_{len(self._names)}_")
                return ast.Name(hole, ast.Load())
        return super().visit(node)

    def visit_Call(self, node: ast.Call) -> ast.Call:
        # What is called says what is done; only on what may be anything.
        function = node.func
        if isinstance(function, ast.Attribute):
            function = ast.Attribute(self.visit(function.value), function.attr, ast.Load())
        elif isinstance(function, ast.Name):
            function = self.visit_Name(function)
        given = [self.visit(each) for each in node.args]
        return ast.Call(function, given, [self.visit(each) for each in node.keywords])

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if isinstance(node.value, str) and ast.dump(node) in self._kept:
            return ast.Name(self._names.setdefault(ast.dump(node), f"_{len(self._names)}_"))
        is_new = self._is_over and repr(node.value) not in self._texts
        return node if is_new else super().visit_Constant(node)

    def _is_own(self, node: ast.expr) -> bool:
        """Whether it is nothing that modules give a name to."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return not (isinstance(node, ast.Name) and node.id in self._known)


def copied(part: _Part) -> _Part:
    """A copy that can be changed."""
    copy: ast.AST = ast.parse(ast.unparse(part)).body[0]
    if isinstance(part, ast.expr) and isinstance(copy, ast.Expr):
        copy = copy.value
    return copy  # type: ignore[return-value]  # of the same kind, as it says the same

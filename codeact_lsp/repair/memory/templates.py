"""Code with holes: what a change was made of, without what was particular to its place.

A template is an expression or a statement in which `_0_`, `_1_`, ... stand for any expressions, and
`_0s_`, `_1s_`, ... for any texts. What stays is what Python or a library gave its name: operators,
methods, built-ins, modules, keywords, numbers.
"""

import ast
import builtins
import re
from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from codeact_lsp.repair.memory.private import tells

Part = ast.expr | ast.stmt
_Part = TypeVar("_Part", bound=ast.AST)

HOLE = re.compile(r"_\d+_")
TEXT_HOLE = re.compile(r"_\d+s_")
# Keywords whose texts say how a call is to work: no data.
_OPTIONS = frozenset(
    ["axis", "delimiter", "dtype", "encoding", "engine", "errors", "format", "freq", "how",
     "inclusive", "keep", "kind", "method", "mode", "newline", "on_bad_lines", "orient",
     "result_type", "sep", "side", "timespec", "tz", "unit"]
)  # fmt: skip
# What may be a hole as a whole where a change has left it as it was.
_LEFT_WHOLE = (
    ast.Attribute, ast.BinOp, ast.BoolOp, ast.Call, ast.Compare, ast.Dict, ast.DictComp,
    ast.GeneratorExp, ast.IfExp, ast.List, ast.ListComp, ast.Set, ast.SetComp, ast.Subscript,
    ast.Tuple, ast.UnaryOp,
)  # fmt: skip


def generalised(before: Part, after: Part, known: Collection[str]) -> tuple[str, str] | None:
    """A change as two templates with the same holes.

    Args:
        before: What was there.
        after: What has come in its place.
        known: The names that mean the same everywhere, such as those of modules.

    Returns:
        None if the new code holds something particular that the old one does not.
    """
    return _with_holes(_Maker(known), before, after)


def widened(before: Part, after: Part, known: Collection[str]) -> tuple[str, str] | None:
    """A change as two templates in which all is a hole that it has left as it was.

    Args:
        before: What was there.
        after: What has come in its place.
        known: The names that mean the same everywhere.

    Returns:
        None if the new code holds something particular that the old one does not.
    """
    is_around = ast.dump(before) in _inner(after)  # What was there could be anything then.
    if is_around:
        return None
    made = _with_holes(_WideMaker(known, _inner(before) & _inner(after)), before, after)
    # A text that has come for another would be written wherever there is any.
    is_text_lost = made and not set(TEXT_HOLE.findall(made[0])) <= set(TEXT_HOLE.findall(made[1]))
    return None if is_text_lost else made


def _with_holes(maker: "_Maker", before: Part, after: Part) -> tuple[str, str] | None:
    """A change as two templates, unless something particular has come with it."""
    if not _is_whole(before, after):
        return None
    old = maker.made(before)
    seen = maker.end()
    new = maker.made(after)
    if maker.holes != seen or old == new or not _is_particular(ast.parse(old)):
        return None
    return None if tells(ast.parse(old), ast.parse(new)) else (old, new)


def _inner(part: Part) -> frozenset[str]:
    """The expressions that a part is made of, without itself."""
    nodes = (node for node in ast.walk(part) if isinstance(node, ast.expr) and node is not part)
    return frozenset(map(ast.dump, nodes))


def as_it_is(before: Part, after: Part) -> tuple[str, str] | None:
    """A change without holes, for the very same code; None if its texts may be somebody's data."""
    if not _is_whole(before, after):
        return None
    old, new = ast.unparse(before), ast.unparse(after)
    is_fit = not tells(before, after) and _is_particular(ast.parse(old))
    return (old, new) if is_fit else None


def _is_whole(*parts: Part) -> bool:
    """Whether parts can stand alone, unlike one of a formatted text."""
    return not any(isinstance(part, ast.FormattedValue | ast.Starred | ast.Slice) for part in parts)


def _is_particular(tree: ast.Module) -> bool:
    """Whether more than holes is left of it: else it would fit everything."""
    named = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.keyword))
    names = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    work = (ast.BinOp, ast.Compare, ast.Call, ast.Subscript, ast.AugAssign, ast.For)
    return (
        any(True for _ in named)
        or any(not HOLE.fullmatch(name) for name in names)
        or any(isinstance(node, work) for node in ast.walk(tree))
    )


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
        return ast.unparse(self.visit(_copied(part)))

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
        is_new = self._is_over and repr(node.value) not in self._texts
        return node if is_new else super().visit_Constant(node)

    def _is_own(self, node: ast.expr) -> bool:
        """Whether it is nothing that modules give a name to."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return not (isinstance(node, ast.Name) and node.id in self._known)


def differing(before: ast.AST, after: ast.AST) -> Iterator[tuple[Part, Part]]:
    """The pairs of parts that hold all of a difference, the smallest first."""
    pairs: list[tuple[Part, Part]] = []
    one: object = before
    other: object = after
    while isinstance(one, ast.AST) and type(one) is type(other):
        if isinstance(one, ast.expr | ast.stmt) and isinstance(other, ast.expr | ast.stmt):
            pairs.append((one, other))
        changed = list(_changed(one, other))
        if len(changed) != 1:
            break
        one, other = changed[0]
    if isinstance(one, ast.expr | ast.stmt) and isinstance(other, ast.expr | ast.stmt):
        pairs.append((one, other))
    yield from dict.fromkeys(reversed(pairs))


def _changed(one: ast.AST, other: object) -> Iterator[tuple[object, object]]:
    """The children that differ; a list of another length differs as a whole."""
    for name, value in ast.iter_fields(one):
        new = getattr(other, name, None)
        if isinstance(value, list) and isinstance(new, list) and len(value) == len(new):
            pairs = zip(value, new, strict=True)
            yield from (pair for pair in pairs if _dumped(pair[0]) != _dumped(pair[1]))
        elif _dumped(value) != _dumped(new):
            yield value, new


def _dumped(value: object) -> str:
    if isinstance(value, ast.AST):
        return ast.dump(value)
    if isinstance(value, list):
        return "".join(map(_dumped, value))
    return repr(value)


def _copied(part: _Part) -> _Part:
    """A copy that can be changed."""
    copy: ast.AST = ast.parse(ast.unparse(part)).body[0]
    if isinstance(part, ast.expr) and isinstance(copy, ast.Expr):
        copy = copy.value
    return copy  # type: ignore[return-value]  # of the same kind, as it says the same

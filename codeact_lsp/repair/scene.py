"""A place where something is to be mended: its syntax, and the values that were seen."""

import ast
import builtins
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from codeact_lsp.engine.failures.errors import CodeError, Value
from codeact_lsp.plan import Piece, Plan, Span
from codeact_lsp.repair import trees
from codeact_lsp.repair.standard_library import public

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef
Part = trees.Part
# In the order in which the sides stand.
_TWO_TYPES = (
    r"(?:operand type\(s\) for .*:|between instances of) '([\w.]+)' and '([\w.]+)'$|"
    r"can only concatenate (str|list|tuple) \(not \"([\w.]+)\"\)|"
    r"can't compare ([\w.]+) to ([\w.]+)$"
)
_Node = TypeVar("_Node", bound=ast.AST)
_Part = TypeVar("_Part", bound=Part)


@dataclass(frozen=True)
class Scene:
    """What rules see of a failure.

    Attributes:
        plan: The plan that ran.
        error: What happened.
        place: The expression to mend: the one that failed, or the statement upstream that made the
            value which failed.
    """

    plan: Plan
    error: CodeError
    place: Span

    @cached_property
    def piece(self) -> Piece:
        """The top-level statement around the place."""
        return self.plan.document.pieces[self._index]

    @cached_property
    def _index(self) -> int:
        return self.plan.document.piece_at(self.place.start)

    @cached_property
    def start(self) -> int:
        """Where that statement begins."""
        return self.plan.document.starts[self._index]

    @property
    def parents(self) -> Mapping[ast.AST, ast.AST]:
        """What each part of the statement is directly a part of."""
        return trees.parents(self.piece.tree)

    @cached_property
    def failed(self) -> ast.expr | ast.stmt | None:
        """The part that stands at exactly the place, if one does."""
        return next(self._at_place(ast.expr), None) or next(self._at_place(ast.stmt), None)

    def _at_place(self, kind: type[_Part]) -> Iterator[_Part]:
        return (node for node in self._parts(kind) if self.span(node) == self.place)

    @cached_property
    def first(self) -> ast.AST | None:
        """The outermost part that lies within the place."""
        return self.failed or next(self.inside(ast.expr), None) or next(self.inside(ast.stmt), None)

    @cached_property
    def body(self) -> ast.AST:
        """The function that the place is in; at the top level, the statement."""
        return self.function(self.first) or self.piece.tree

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names of the function: its parameters, and what it assigns.

        The worker sees less: a frame of a comprehension or lambda does not show those around it.
        """
        nodes = list(ast.walk(self.body))
        stored = (node for node in nodes if isinstance(node, ast.Name))
        names = {node.id for node in stored if isinstance(node.ctx, ast.Store)}
        return frozenset(names | {node.arg for node in nodes if isinstance(node, ast.arg)})

    @cached_property
    def _defined(self) -> set[str]:
        """The names that the function has in another way than by setting them."""
        return {name for node in ast.walk(self.body) for name in trees.made_by(node)}

    @cached_property
    def unbound(self) -> list[str]:
        """The names that the function reads and nothing ever makes, in the order of the text."""
        read = (node for node in ast.walk(self.body) if isinstance(node, ast.Name))
        names = sorted((node.lineno, node.col_offset, node.id) for node in read)
        if self.starred is None:
            return []
        known = {*self.bound, *self.plan.names, *self.imported, *dir(builtins), *self.starred}
        known |= self._defined
        return list(dict.fromkeys(name for _, _, name in names if name not in known))

    @property
    def statement(self) -> ast.stmt | None:
        """The innermost statement that the place is in."""
        return next(self.around(self.first, ast.stmt), None)

    @property
    def is_refused(self) -> bool:
        """Whether the plan's own code raised it there, by what it had asked for."""
        is_assertion = self.error.type == "AssertionError" and isinstance(
            self.statement, ast.Assert
        )
        return is_assertion or isinstance(self.failed, ast.Raise)

    def said(self, pattern: str) -> re.Match[str] | None:
        """What Python's message says of something."""
        return re.search(pattern, self.error.message)

    def nearby(self, kind: type[_Node]) -> list[_Node]:
        """The parts of a kind in the function, those within the place first."""
        within = [node for node in ast.walk(self.body) if isinstance(node, kind)]
        inside = {id(node) for node in self.inside(ast.expr)}
        return sorted(within, key=lambda node: id(node) not in inside)

    @property
    def loops(self) -> "list[ast.For | ast.comprehension]":
        """The loops of the function, in statements and in comprehensions."""
        return [*self.nearby(ast.For), *self.nearby(ast.comprehension)]

    def inside(self, kind: type[_Part]) -> Iterator[_Part]:
        """The parts of a kind that lie within the place, outermost first."""
        yield from (node for node in self._within if isinstance(node, kind))

    @cached_property
    def _within(self) -> "list[Part]":
        """All parts that lie within the place: each rule asks for some, and a class may be long."""
        start, end = self.place.shifted(-self.start)
        placed = trees.placed(self.piece.tree, self.piece)
        return [node for node, span in placed if start <= span.start and span.end <= end]

    def calls(self) -> list[ast.Call]:
        """The call that failed; where another part failed, the calls that it is made of."""
        if isinstance(self.failed, ast.Call):
            return [self.failed]
        return list(self.inside(ast.Call))

    def around(self, node: ast.AST | None, kind: type[_Node]) -> Iterator[_Node]:
        """What of a kind a part lies in, innermost first; the part itself may be the first."""
        while node is not None:
            if isinstance(node, kind):
                yield node
            node = self.parents.get(node)

    def function(self, node: ast.AST | None) -> Function | None:
        """The innermost function that a part lies in."""
        for each in self.around(node, ast.stmt):
            if isinstance(each, FUNCTIONS):
                return each
        return None

    def span(self, node: Part) -> Span:
        """Where a part stands in the plan."""
        return self.piece.span(node).shifted(self.start)

    def text(self, node: Part) -> str:
        """A part as it is written."""
        span = self.piece.span(node)
        return self.piece.text[span.start : span.end]

    def value(self, node: ast.expr) -> Value | None:
        """What was seen of the value of a part."""
        text = ast.unparse(node)
        return next((value for value in self.error.values if value.text == text), None)

    def kind(self, node: ast.expr) -> str | None:
        """The name of the type that a part's value had, as far as it was seen."""
        if isinstance(node, ast.Constant):
            return type(node.value).__name__
        if isinstance(node, ast.JoinedStr):
            return "str"
        seen = self.value(node)
        return seen.type if seen else self._named.get(node)

    @cached_property
    def _named(self) -> Mapping[ast.AST, str]:
        """The types that Python's message names, of the two sides that it complains of."""
        said = self.said(_TWO_TYPES)
        match self.failed:
            case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
                sides: tuple[ast.AST, ast.AST] = (left, right)
            case ast.AugAssign(target=left, value=right):
                sides = (left, right)
            case _:
                return {}
        names = [each.rpartition(".")[2] for each in said.groups() if each] if said else []
        return dict(zip(sides, names, strict=False))

    def literal(self, node: ast.expr) -> Any:
        """The very value of a part, if it was shown whole and is made of plain data; else None."""
        seen = self.value(node)
        try:
            return ast.literal_eval(seen.value) if seen else None
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """What the plan's imports bind: each name, and the full name of what it stands for."""
        return dict(bound for node in self._importing() for bound in trees.bound_by(node))

    @cached_property
    def starred(self) -> set[str] | None:
        """What the plan imports by a star; None if that is of a library, and may be anything."""
        homes = (
            public(node.module or "") for node in self._importing()
            if isinstance(node, ast.ImportFrom) and any(each.name == "*" for each in node.names)
        )  # fmt: skip
        known = list(homes)
        return {name for names in known for name in names} if all(known) else None

    def _importing(self) -> Iterator[ast.AST]:
        """All parts of the statements that import something, anywhere in them."""
        for piece in self.plan.document.pieces:
            yield from ast.walk(piece.tree) if piece.imports.statements else ()

    def classes(self) -> Iterator[ast.ClassDef]:
        """The classes of the plan."""
        for piece in self.plan.document.pieces:
            yield from (node for node in piece.tree.body if isinstance(node, ast.ClassDef))

    def everywhere(self, kind: type[_Part]) -> Iterator[tuple["Scene", _Part]]:
        """The parts of a kind in all of the plan, each with the scene of its place."""
        document = self.plan.document
        for piece, start in zip(document.pieces, document.starts, strict=True):
            for node in ast.walk(piece.tree):
                if isinstance(node, kind):
                    yield Scene(self.plan, self.error, piece.span(node).shifted(start)), node

    def _parts(self, kind: "type[_Part]") -> Iterator[_Part]:
        nodes = trees.nodes(self.piece.tree)
        yield from (node for node in nodes if isinstance(node, kind))


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    return last_name(call.func)


def last_name(node: ast.expr) -> str:
    """What stands behind the last dot."""
    return ast.unparse(node).rpartition(".")[2]

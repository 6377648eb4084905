"""A top-level function of a plan, node or helper, with its places in the document."""

import ast
from dataclasses import dataclass
from functools import cached_property

from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Definition, Plan
from codeact_lsp.plan.source import Span

FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """The function `tree`, which piece `index` of the plan's document defines."""

    plan: Plan
    index: int
    tree: FunctionDef

    @classmethod
    def at(cls, plan: Plan, offset: int) -> "Function | None":
        """The function that holds `offset`, if one does."""
        index = plan.document.piece_at(offset)
        functions = (part for part in _functions(plan, index) if offset in part.whole)
        return next(functions, None)

    @classmethod
    def of(cls, plan: Plan, definition: Definition) -> "Function":
        """The function of a node."""
        functions = _functions(plan, definition.piece)
        # A piece holds one statement, save where semicolons join some; the last one holds.
        return [part for part in functions if part.name == definition.node.name][-1]

    @classmethod
    def named(cls, plan: Plan, name: str) -> "Function | None":
        """The top-level function called `name`; of several, the last one holds."""
        indices = range(len(plan.document.pieces)) if name in plan.names else range(0)
        for index in reversed(indices):
            if name in plan.document.pieces[index].facts.binds:
                found = [part for part in _functions(plan, index) if part.name == name]
                return found[-1] if found else None
        return None

    @property
    def name(self) -> str:
        """The function's name, as Python reads it."""
        return self.tree.name

    @property
    def is_async(self) -> bool:
        """Whether it is an `async def`."""
        return isinstance(self.tree, ast.AsyncFunctionDef)

    @property
    def piece(self) -> Piece:
        """The piece that defines it."""
        return self.plan.document.pieces[self.index]

    @property
    def start(self) -> int:
        """Where that piece starts."""
        return self.plan.document.starts[self.index]

    @cached_property
    def whole(self) -> Span:
        """The function with its decorators."""
        span = self.span(self.tree)
        if not self.tree.decorator_list:
            return span
        first = self.span(self.tree.decorator_list[0]).start
        return Span(self.plan.source.text.rindex("@", 0, first), span.end)

    @cached_property
    def body(self) -> list[ast.stmt]:
        """The statements without the docstring."""
        return self.tree.body[1:] if has_docstring(self.tree) else self.tree.body

    @property
    def body_span(self) -> Span:
        """From the first statement behind the docstring to the end of the last."""
        body = self.body or self.tree.body
        return Span(self.span(body[0]).start, self.span(body[-1]).end)

    @cached_property
    def arguments(self) -> dict[str, ast.arg]:
        """The parameters that take a value by name, in order."""
        arguments = self.tree.args
        every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        return {argument.arg: argument for argument in every}

    def span(self, part: ast.expr | ast.stmt | ast.arg | ast.keyword) -> Span:
        """Where a part of the function stands in the document."""
        return self.piece.span(part).shifted(self.start)

    def text(self, part: ast.expr | ast.stmt | ast.arg) -> str:
        """A part of the function as it is written."""
        span = self.piece.span(part)
        return self.piece.text[span.start : span.end]


def node_at(plan: Plan, offset: int) -> Function | None:
    """The function of the node that holds `offset`."""
    definition = plan.node_at(offset)
    return Function.of(plan, definition) if definition else None


def node_on_name(plan: Plan, span: Span) -> Function | None:
    """The function of the node whose own name the selection touches, and nothing beyond it."""
    definition = plan.node_at(span.start)
    place = definition.span(definition.node.name_span) if definition else None
    if definition is None or place is None or place.start > span.start or span.end > place.end:
        return None
    return Function.of(plan, definition)


def has_docstring(function: FunctionDef) -> bool:
    """Whether the first statement is the docstring."""
    return ast.get_docstring(function, clean=False) is not None


def _functions(plan: Plan, index: int) -> list[Function]:
    body = plan.document.pieces[index].tree.body if plan.document.pieces else []
    return [Function(plan, index, part) for part in body if isinstance(part, FunctionDef)]

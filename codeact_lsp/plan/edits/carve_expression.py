"""Move an expression of a node's body into a node of its own, above it."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.edits.carve import check_computed
from codeact_lsp.plan.edits.cut import new_node
from codeact_lsp.plan.edits.effects import check_order, check_unchanged
from codeact_lsp.plan.edits.entry import without_entries
from codeact_lsp.plan.edits.flow import Flow, yields
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import indentation
from codeact_lsp.plan.edits.naming import unique_name
from codeact_lsp.plan.edits.occasion import Occasion
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.edits.signature import parameters_edit
from codeact_lsp.plan.edits.storable import check_storable
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.source import LINE_END, Span


def carve_expression(occasion: Occasion) -> Iterator[TextEdit]:
    """The edits that make a node of one expression in a node's body.

    Raises:
        UnsoundError: The plan would not compute what it does.
    """
    function, flow = occasion.function, Flow(occasion.function)
    span = function.span(occasion.expression)
    needed = flow.reads(span)
    _check(occasion, flow, needed)
    name = unique_name(function.plan, _wanted(occasion), flow.names())
    text = _returning(function, occasion.expression)
    yield new_node(function, name, None, needed, [occasion.expression], text)
    yield from parameters_edit(function, flow.only_in(span) & needed, [name])
    yield from without_entries(function, flow.only_in(span) & needed)
    yield TextEdit(span, _spaced(function, span, name))


def _check(occasion: Occasion, flow: Flow, needed: set[str]) -> None:
    function, expression = occasion.function, occasion.expression
    statement = occasion.path[0]
    flow.check_closed()
    occasion.check_certain()
    if any(isinstance(part, ast.NamedExpr) for part in ast.walk(statement)):
        raise UnsoundError("It stands beside a ':=', which binds a name of the function.")
    if yields([expression]):
        raise UnsoundError("It contains a 'yield'.")
    check_storable(expression)
    check_computed(flow, needed, occasion.before)
    if unset := needed - function.arguments.keys():
        raise UnsoundError(f"It reads '{min(unset)}', which has no value yet.")
    rest = function.body[occasion.index :]
    check_order(function, [*occasion.before, *occasion.calls], [expression], rest)
    check_unchanged(function, expression, rest)


def _returning(function: Function, expression: ast.expr) -> list[str]:
    """The lines of a `return` of the expression."""
    text = function.text(expression)
    statement = f"return ({text})" if LINE_END.search(text) else f"return {text}"
    first, *rest = LINE_END.split(statement)
    return [indentation(function) + first, *rest]


def _wanted(occasion: Occasion) -> str:
    """A name for an expression: of the argument that it is, or of what makes it."""
    parent = occasion.path[-2]
    if isinstance(parent, ast.keyword) and parent.arg:
        return parent.arg
    match occasion.expression:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
        case ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))) if name.isidentifier():
            return name
        case _:
            return f"{occasion.function.name}_part"


def _spaced(function: Function, span: Span, name: str) -> str:
    """The name, apart from the words beside it: `return[1]` has no blank to spare."""
    text = function.plan.source.text
    before = " " if text[span.start - 1 : span.start].isidentifier() else ""
    after = " " if text[span.end : span.end + 1].isidentifier() else ""
    return before + name + after

"""Give a node, in its own body, the code that makes one of its parameters."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codeact_lsp.plan.edits.annotated import check_bound_above
from codeact_lsp.plan.edits.effects import check_order
from codeact_lsp.plan.edits.flow import Flow
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import (
    indentation,
    is_on_header_line,
    line_end,
    top_of,
)
from codeact_lsp.plan.edits.occasion import Occasion, occasion_of
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.edits.signature import Item, Signature, parameters_edit
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.source import LINE_END, Span

_ATOMS = (ast.Name, ast.Call, ast.Attribute, ast.Subscript, ast.List, ast.Dict, ast.Set)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# Where any expression can stand as it is.
_OPEN = (ast.Assign, ast.AnnAssign, ast.Return, ast.Expr, ast.Call, ast.keyword, ast.List)


@dataclass(frozen=True)
class Made:
    """How a value is made, in the terms of the function that takes it in.

    Attributes:
        items: The parameters that this needs.
        lines: Statements that bind the value to the parameter's name.
        expression: The value as one expression, if it is no more than that.
        text: That expression as it is written.
    """

    items: Sequence[Item]
    lines: Sequence[str]
    expression: ast.expr | None = None
    text: str = ""


def absorb(consumer: Function, parameter: str, made: Made) -> Iterator[TextEdit]:
    """The edits that let `consumer` make the value that it took as `parameter`.

    Raises:
        UnsoundError: The consumer would not compute what it does.
    """
    flow = Flow(consumer)
    flow.check_closed()
    uses = flow.uses(parameter)
    if not uses:
        raise UnsoundError(f"'{consumer.name}' takes '{parameter}' but does not read it.")
    added = [item for item in made.items if _is_new(consumer, flow, item)]
    yield from parameters_edit(consumer, {parameter}, [item.text for item in added])
    if place := _sole_place(flow, parameter, uses, made):
        yield TextEdit(uses[0], _fitting(place, made))
    else:
        yield _at_start(consumer, made.lines)


def _is_new(consumer: Function, flow: Flow, item: Item) -> bool:
    """Whether a parameter has to be added to the consumer's own.

    Raises:
        UnsoundError: The consumer means something else by its name.
    """
    if item.name not in consumer.arguments:
        if item.name in flow.names():
            raise UnsoundError(f"'{item.name}' means something else in '{consumer.name}'.")
        check_bound_above(consumer.plan, item.text, consumer.index)
        return True
    own = next(one for one in Signature.of(consumer).items if one.name == item.name)
    if own.has_default and item.has_default and own.default != item.default:
        raise UnsoundError(
            f"The input '{item.name}' has another default in '{consumer.name}': {own.default}."
        )
    return False


def _sole_place(flow: Flow, parameter: str, uses: Sequence[Span], made: Made) -> Occasion | None:
    """Where the expression can stand instead of the parameter, which is read just there."""
    function = flow.function
    if made.expression is None or len(uses) > 1 or parameter in flow.writes(function.whole):
        return None
    place = occasion_of(function, uses[0])
    if place is None:
        return None
    needed = {item.name for item in made.items}
    try:
        place.check_certain()
        check_order(function, [*place.before, *place.calls], [made.expression], [])
    except UnsoundError:
        return None
    return None if needed & flow.writes(function.whole) else place


def _fitting(place: Occasion, made: Made) -> str:
    """The expression, in parentheses where it would fall apart without."""
    expression = made.expression
    is_open = isinstance(place.path[-2], _OPEN) and not isinstance(
        expression, ast.Tuple | ast.NamedExpr
    )
    is_func = isinstance(place.path[-2], ast.Call) and place.path[-2].func is place.expression
    is_whole = isinstance(expression, (*_ATOMS, *_COMPREHENSIONS)) or (is_open and not is_func)
    return made.text if is_whole and not LINE_END.search(made.text) else f"({made.text})"


def _at_start(function: Function, lines: Sequence[str]) -> TextEdit:
    """The edit that puts statements in front of all others in the function."""
    source = function.plan.source
    start = function.span(function.body[0]).start
    newline = line_end(source, function.whole.start)
    if is_on_header_line(function):
        if function.body[0] is not function.tree.body[0]:
            raise UnsoundError(f"All of '{function.name}' stands on one line.")
        blank = len(source.text[:start]) - len(source.text[:start].rstrip(" \t\f"))
        text = "".join(newline + line for line in [*lines, indentation(function)])
        return TextEdit(Span(start - blank, start), text)
    top = source.line_at(start)
    if source.text[source.line_starts[top] : start].strip():
        raise UnsoundError(f"The docstring of '{function.name}' shares its line.")
    place = source.line_starts[top_of(function, function.body[0])]
    return TextEdit(Span(place, place), "".join(line + newline for line in lines))

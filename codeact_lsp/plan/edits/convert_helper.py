"""Convert a helper to a node that the nodes which called it take, and a node to a helper."""

import ast
from collections.abc import Iterator, Sequence

from codeact_lsp.plan.edits.absorb import Made, absorb
from codeact_lsp.plan.edits.calls import Call, calls_of
from codeact_lsp.plan.edits.consumers import check_movable, consumers, sole_consumer
from codeact_lsp.plan.edits.effects import check_apart
from codeact_lsp.plan.edits.flow import Flow, returns
from codeact_lsp.plan.edits.function import Function, node_on_name
from codeact_lsp.plan.edits.layout import indentation
from codeact_lsp.plan.edits.naming import is_bound, is_input, unique_name
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request, UnsoundError, attempt
from codeact_lsp.plan.edits.signature import Signature, parameters_edit
from codeact_lsp.plan.edits.storable import check_storable
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.source import Span


def convert_helper_to_node(request: Request) -> Change | Refused | None:
    """Make a node of the private function whose name is selected."""
    function = Function.at(request.plan, request.span.start)
    if function is None or not function.name.startswith("_") or function.name.startswith("__"):
        return None
    place = _name_span(function)
    if place.start > request.span.start or request.span.end > place.end:
        return None
    title = f"Convert helper '{function.name}' to a node"
    return attempt(request, title, lambda: _to_node(function))


def convert_node_to_helper(request: Request) -> Change | Refused | None:
    """Make a private function of the node whose name is selected, for the one that takes it."""
    function = node_on_name(request.plan, request.span)
    if function is None or not consumers(request.plan, function.name):
        return None
    title = f"Convert node '{function.name}' to a helper"
    return attempt(request, title, lambda: _to_helper(function))


def _name_span(function: Function) -> Span:
    """Where the function's own name is written."""
    scopes = function.piece.scopes
    places = (one.span for one in scopes.named(function.name) if one.role.binds)
    start = function.span(function.tree).start
    return next(
        place.shifted(function.start) for place in places if place.end > start - function.start
    )


def _to_node(function: Function) -> Iterator[TextEdit]:
    check_movable(function)
    for last in returns(function.tree):
        if last.value:
            check_storable(last.value)
    calls = list(calls_of(function))
    if not calls:
        raise UnsoundError("No node calls it.")
    for parameter in function.arguments:
        if parameter not in function.plan.nodes and not is_input(function.plan, parameter):
            raise UnsoundError(f"Its parameter '{parameter}' is neither a node nor an input.")
    for call in calls:
        call.check()
        check_apart(function, _target(call), call.caller)
    taken = set[str]().union(*(Flow(call.caller).names() for call in calls))
    name = unique_name(function.plan, function.name, taken)
    yield TextEdit(_name_span(function), name)
    for call in calls:
        yield from parameters_edit(call.caller, call.spared(), [name])
        yield TextEdit(call.span, name)


def _target(call: Call) -> str:
    """What the caller calls the value, if it gives it a name."""
    match call.place.path[0]:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""


def _to_helper(function: Function) -> Iterator[TextEdit]:
    plan, name = function.plan, f"_{function.name}"
    consumer = sole_consumer(function)
    check_movable(function)
    check_apart(function, function.name, consumer)
    if is_bound(plan, name) or name in Flow(consumer).names():
        raise UnsoundError(f"There is a '{name}' already.")
    if rebound := Flow(consumer).writes(consumer.whole) & function.arguments.keys():
        raise UnsoundError(f"'{consumer.name}' gives '{min(rebound)}' another value.")
    text = f"{'await ' if function.is_async else ''}{name}({_arguments(function)})"
    expression = ast.parse(text.removeprefix("await "), mode="eval").body
    value = ast.Await(expression) if function.is_async else expression
    items = [item for item in Signature.of(function).items if item.name]
    lines = [f"{indentation(consumer)}{function.name} = {text}"]
    yield TextEdit(_name_span(function), name)
    yield from absorb(consumer, function.name, Made(items, lines, value, text))


def _arguments(function: Function) -> str:
    keywords: Sequence[str] = [argument.arg for argument in function.tree.args.kwonlyargs]
    return ", ".join(f"{name}={name}" if name in keywords else name for name in function.arguments)

"""Add a missing node: a name that nothing provides becomes a node that is yet to be written."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.docstrings.directives import Directives, Reference
from codeact_lsp.plan.edits.annotated import placed_annotation
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import indentation, inserted_above
from codeact_lsp.plan.edits.naming import is_bound, words
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request, UnsoundError, attempt
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Definition, Plan
from codeact_lsp.plan.source import LINE_END


def add_node(request: Request) -> Change | Refused | None:
    """Put a stub above the node at whose parameter, or named node, the caret stands."""
    plan = request.plan
    definition = plan.node_at(request.span.start)
    name = _missing(request, definition) if definition else None
    if definition is None or name is None:
        return None
    function = Function.of(plan, definition)
    return attempt(request, f"Add node '{name}'", lambda: _stub(function, name))


def _missing(request: Request, definition: Definition) -> str | None:
    """The name at the caret, if neither a node nor an input provides it."""
    for parameter in definition.node.parameters:
        place = definition.span(parameter.span)
        is_given = parameter.default is not None or parameter.name in request.inputs
        if request.span.start in place and request.span.end in place:
            is_open = not (is_given or parameter.variadic)
            return parameter.name if is_open and _is_unknown(request.plan, parameter.name) else None
    for reference in _references(definition.node.directives):
        place = definition.span(reference.span)
        if request.span.start in place and request.span.end in place:
            return reference.name if _is_unknown(request.plan, reference.name) else None
    return None


def _references(directives: Directives) -> Iterator[Reference]:
    every = (*directives.after, *(wait.after for wait in directives.waits if wait.after))
    yield from (reference for reference in every if reference.exact)


def _is_unknown(plan: Plan, name: str) -> bool:
    return name not in plan.nodes and name not in plan.broken and not name.startswith("_")


def _stub(function: Function, name: str) -> Iterator[TextEdit]:
    if is_bound(function.plan, name):
        raise UnsoundError(f"'{name}' is the name of something else in this plan, or of Python's.")
    indent = indentation(function)
    header = f"def {name}(){_returns(function, name)}:"
    body = [f'{indent}"""{words(name)}"""', f"{indent}raise NotImplementedError"]
    yield inserted_above(function, [*LINE_END.split(header), *body])


def _returns(function: Function, name: str) -> str:
    """The annotation of the parameter that takes the node's value, as the node's own."""
    argument = function.arguments.get(name)
    annotation = argument.annotation if argument else None
    if not isinstance(annotation, ast.expr):
        return ""
    text = placed_annotation(function.plan, function.text(annotation), function.index)
    return f" -> {text}" if text else ""

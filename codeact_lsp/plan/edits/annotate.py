"""Add an annotation whose type is known: from a node, from the value of an input, from literals."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.annotations import literal_type
from codeact_lsp.plan.edits.annotated import placed_annotation
from codeact_lsp.plan.edits.flow import own_parts, returns, yields
from codeact_lsp.plan.edits.function import Function, node_at
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request, attempt
from codeact_lsp.plan.edits.signature import Signature
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.source import Span


def annotate(request: Request) -> Change | Refused | None:
    """Annotate the parameter at the caret, or else the node whose header holds it."""
    function = node_at(request.plan, request.span.start)
    if function is None or not _is_in_header(function, request.span):
        return None
    for argument in function.arguments.values():
        place = function.span(argument)
        if request.span.start in place and request.span.end in place:
            return _parameter(request, function, argument)
    return _result(request, function)


def _is_in_header(function: Function, span: Span) -> bool:
    definition = function.plan.nodes[function.name]
    header = definition.span(definition.node.header)
    return header.start <= span.start and span.end <= header.end


def _parameter(request: Request, function: Function, argument: ast.arg) -> Change | Refused | None:
    known = _known_type(request, function, argument.arg) if argument.annotation is None else None
    if known is None:
        return None
    title = f"Annotate '{argument.arg}' with '{known}'"
    return attempt(request, title, lambda: _with_annotation(function, argument, known))


def _known_type(request: Request, function: Function, name: str) -> str | None:
    plan = request.plan
    if name not in plan.nodes:
        return _type_of_value(request.inputs[name]) if name in request.inputs else None
    node = Function.of(plan, plan.nodes[name])
    if node.tree.returns is None:
        return None
    return placed_annotation(plan, node.text(node.tree.returns), function.index)


def _type_of_value(value: object) -> str | None:
    """The annotation for a TOML value; of dates and times the module may not import the type."""
    match value:
        case bool() | int() | float() | str():
            return type(value).__name__
        case list():
            kinds = {_type_of_value(each) for each in value}
            one = kinds.pop() if len(kinds) == 1 else None
            return f"list[{one}]" if one else "list"
        case dict():
            kinds = {_type_of_value(each) for each in value.values()}
            one = kinds.pop() if len(kinds) == 1 else None
            return f"dict[str, {one}]" if one else "dict"
        case _:
            return None


def _with_annotation(function: Function, argument: ast.arg, known: str) -> Iterator[TextEdit]:
    end = function.span(argument).end
    yield TextEdit(Span(end, end), f": {known}")
    text = function.plan.source.text
    # An annotated default has blanks around its `=`.
    if text[end : end + 1] == "=":
        after = "" if text[end + 1 : end + 2].isspace() else " "
        yield TextEdit(Span(end, end + 1), f" ={after}")


def _result(request: Request, function: Function) -> Change | Refused | None:
    known = _returned_type(function) if function.tree.returns is None else None
    if known is None:
        return None
    title = f"Annotate the value of '{function.name}' with '{known}'"
    return attempt(request, title, lambda: _with_return_annotation(function, known))


def _returned_type(function: Function) -> str | None:
    """The one type of all that the function returns, if it cannot end without a `return`."""
    body = function.tree.body
    if yields(body) or not isinstance(body[-1], ast.Return):
        return None
    bound = {*function.plan.names, *function.arguments, *_locals(function)}
    kinds = {
        literal_type(part.value, bound) if part.value else None for part in returns(function.tree)
    }
    return kinds.pop() if len(kinds) == 1 else None


def _locals(function: Function) -> set[str]:
    parts = own_parts(function.tree.body)
    return {
        part.id
        for part in parts
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
    }


def _with_return_annotation(function: Function, known: str) -> Iterator[TextEdit]:
    after = Signature.of(function).span.end + 1
    yield TextEdit(Span(after, after), f" -> {known}")

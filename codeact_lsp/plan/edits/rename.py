"""Rename a parameter together with all its uses in the function."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def rename_parameter(plan: Plan, node: str, parameter: str, new: str) -> tuple[TextEdit, ...]:
    """The edits that make `parameter` of a node be called `new`, in the order of the text."""
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    function = next(part for part in piece.tree.body if getattr(part, "name", None) == node)
    uses = [piece.span(use) for use in _uses(function, parameter)]
    own = [known.span for known in definition.node.parameters if known.name == parameter]
    places = sorted(definition.span(place) for place in {*own, *uses})
    return tuple(TextEdit(place, new) for place in places)


def _uses(function: ast.stmt, name: str) -> Iterator[ast.Name]:
    """Where the function refers to its own parameter, and not to an inner function's."""
    pending: list[ast.AST] = [function]
    while pending:
        part = pending.pop()
        if part is not function and isinstance(part, _SCOPES) and _takes(part.args, name):
            continue
        if isinstance(part, ast.Name) and part.id == name:
            yield part
        pending += ast.iter_child_nodes(part)


def _takes(arguments: ast.arguments, name: str) -> bool:
    return any(isinstance(part, ast.arg) and part.arg == name for part in ast.walk(arguments))

"""A dependency whose value, by the annotations, cannot be what the parameter asks for."""

from collections.abc import Iterator

from codeact_lsp.plan.annotations.mismatch import edge_mismatch
from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.plan.problems.problem import Problem, Related, Severity
from codeact_lsp.plan.problems.scope import Scope


def problems(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem for each such parameter; what cannot be told for sure is left alone."""
    for parameter in node.parameters:
        provider = scope.node(parameter.name) if parameter.annotation else None
        if provider and (reason := edge_mismatch(provider, parameter, scope.names)):
            yield _problem(provider, parameter, reason)


def _problem(provider: Node, parameter: Parameter, reason: str) -> Problem:
    message = f"Node '{provider.name}' does not return what '{parameter.name}' wants: {reason}."
    related = Related(
        f"'{provider.name}' returns '{provider.returns}'.",
        provider.returns_span or provider.name_span,
        provider.name,
    )
    place = parameter.annotation_span or parameter.span
    return Problem("edge-type", message, place, Severity.WARNING, related=(related,))

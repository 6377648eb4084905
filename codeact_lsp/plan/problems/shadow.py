"""A name that takes the place of one that the plan's code means otherwise."""

import ast
import builtins
from collections.abc import Iterator

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.plan import Definition, Plan
from codeact_lsp.plan.problems.problem import Problem, Related, Severity
from codeact_lsp.plan.problems.scope import Scope
from codeact_lsp.plan.source import Span

# What an interactive session adds to them, no plan counts on.
_INTERACTIVE = {"copyright", "credits", "exit", "help", "license", "quit"}
_BUILTINS = frozenset(name for name in dir(builtins) if name[0].islower()) - _INTERACTIVE


def input_problems(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem for each parameter that is named like a builtin which its function calls."""
    for parameter in node.parameters:
        takes_function = "Callable" in (parameter.annotation or "")
        if parameter.name in _BUILTINS & node.called and not takes_function:
            message = (
                f"In '{node.name}', '{parameter.name}(...)' calls this value and not Python's own "
                f"'{parameter.name}'. Give one of them another name."
            )
            yield Problem("shadowed-name", message, parameter.span, Severity.WARNING)


def node_problems(plan: Plan) -> Iterator[Problem]:
    """One problem for each node that is named like a builtin, or like what the plan imports."""
    for name in sorted(_BUILTINS & plan.table.nodes.keys()):
        yield _builtin(plan, plan.nodes[name])
    for name, place in _imported(plan):
        definition = plan.nodes[name]
        message = f"Node '{name}' and what is imported as '{name}' take each other's place."
        related = (Related(f"Imported here as '{name}'.", place),)
        span = definition.span(definition.node.name_span)
        yield Problem("shadowed-name", message, span, Severity.WARNING, related)


def _builtin(plan: Plan, definition: Definition) -> Problem:
    name = definition.node.name
    span = definition.span(definition.node.name_span)
    if (use := _use(plan, name)) is None:
        message = f"Node '{name}' hides Python's own '{name}' from the rest of the plan."
        return Problem("shadowed-name", message, span, Severity.HINT)
    message = f"Node '{name}' hides Python's own '{name}', which the plan uses. Rename the node."
    related = (Related(f"Here '{name}' is the node.", use),)
    return Problem("shadowed-name", message, span, Severity.WARNING, related)


def _use(plan: Plan, name: str) -> Span | None:
    """Where the plan refers to the module's `name`, and not to a parameter or local variable."""
    for piece, start in zip(plan.document.pieces, plan.document.starts, strict=True):
        if name in piece.text and name in piece.facts.refers:
            for part in ast.walk(piece.tree):
                if isinstance(part, ast.Name) and part.id == name:
                    return piece.span(part).shifted(start)
    return None


def _imported(plan: Plan) -> Iterator[tuple[str, Span]]:
    """The nodes that bear the name of an import, each with the import."""
    document = plan.document
    for index in document.pieces_with("import"):
        piece, start = document.pieces[index], document.starts[index]
        for statement in piece.tree.body:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                for alias in statement.names:
                    name = alias.asname or alias.name.split(".")[0]
                    if name in plan.table.nodes:
                        yield name, piece.span(statement).shifted(start)

"""The node that takes another's value, and whether the two can become one."""

from codeact_lsp.plan.docstrings.docstring import docstring
from codeact_lsp.plan.edits.flow import Flow, yields
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.plan import Plan


def consumers(plan: Plan, name: str) -> list[str]:
    """The nodes that take the value of node `name`."""
    graph = plan.graph
    return [other for other in graph.dependents(name) if name in graph.links[other].data]


def sole_consumer(function: Function) -> Function:
    """The one node that depends on `function`, and that only by its value.

    Raises:
        UnsoundError: There are others, or other code needs the function as it is.
    """
    plan, name = function.plan, function.name
    _check_value_only(plan, name)
    taking = consumers(plan, name)
    if len(taking) != 1:
        names = ", ".join(f"'{other}'" for other in taking)
        raise UnsoundError(f"Several nodes take its value: {names}.")
    consumer = Function.of(plan, plan.nodes[taking[0]])
    if {name, consumer.name} & function.arguments.keys():
        raise UnsoundError("The node depends on itself.")
    if function.is_async and not consumer.is_async:
        raise UnsoundError(f"It is 'async', and '{consumer.name}' is not.")
    return consumer


def check_movable(function: Function) -> None:
    """Refuse a function that is more than its parameters and its body.

    Raises:
        UnsoundError: Something would be lost, or mean something else.
    """
    sections = docstring(function.piece, function.tree).sections
    if sections:
        raise UnsoundError(f"Its docstring says '{sections[0].name}:', which would be lost.")
    arguments = function.tree.args
    if arguments.posonlyargs or arguments.vararg or arguments.kwarg:
        raise UnsoundError("It takes '*args', '**kwargs' or positional-only parameters.")
    if yields(function.tree.body):
        raise UnsoundError("It is a generator.")
    Flow(function).check_closed()


def _check_value_only(plan: Plan, name: str) -> None:
    links = plan.graph.links
    waiting = [
        other
        for other in plan.graph.dependents(name)
        if name in (*links[other].control, *links[other].temporal)
    ]
    if waiting:
        raise UnsoundError(f"The docstring of '{waiting[0]}' says to wait for '{name}'.")
    if any(name in piece.facts.refers for piece in plan.document.pieces):
        raise UnsoundError(f"Other code calls '{name}', or refers to it.")
    if sum(definition.node.name == name for definition in plan.definitions) > 1:
        raise UnsoundError(f"'{name}' is defined twice.")

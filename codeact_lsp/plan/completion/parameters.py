"""In the parentheses of a node: nodes, inputs, and values of inputs."""

import math
from collections.abc import Iterator
from typing import Any

from codeact_lsp.plan.completion.names import possible_nodes
from codeact_lsp.plan.completion.place import ParameterPlace
from codeact_lsp.plan.completion.suggestion import Offer, Outside, Suggestion, Suggestions, best
from codeact_lsp.plan.nodes import Parameter
from codeact_lsp.plan.plan import Plan

_MOST_CHARACTERS = 200


def names(plan: Plan, place: ParameterPlace, outside: Outside) -> Suggestions:
    """Nodes whose value could be taken, then inputs."""
    typed = plan.source.text[place.typed.start : place.typed.end]
    taken = {*place.taken, place.function}
    nodes = possible_nodes(plan, place.function, place.typed.start, taken)
    # What is being typed is an input already, though of this node alone.
    alone = frozenset({place.function})
    others = (name for name, by in plan.graph.mentions.items() if by != alone)
    taken |= plan.graph.links.keys()
    inputs = [name for name in dict.fromkeys((*outside.inputs, *others)) if name not in taken]
    found, is_complete = best([*nodes, *filter(str.isidentifier, inputs)], typed)
    return Suggestions(
        tuple(
            _node(plan, name, place) if name in plan.nodes else _input(plan, name, place, outside)
            for name in found
        ),
        is_complete,
    )


def _node(plan: Plan, name: str, place: ParameterPlace) -> Suggestion:
    node = plan.nodes[name].node
    new = _annotated(name, node.returns, place)
    return Suggestion(Offer.NODE, name, new, place.typed, node.signature, node.summary)


def _input(plan: Plan, name: str, place: ParameterPlace, outside: Outside) -> Suggestion:
    annotation = next((use.annotation for use in _uses(plan, name) if use.annotation), None)
    told = ""
    if name in outside.inputs:
        annotation = annotation or type(outside.inputs[name]).__name__
        value = _literal(outside.inputs[name])
        told = f"The plan's .toml file says {value}" if value else ""
    new = _annotated(name, annotation, place)
    detail = f"input: {annotation}" if annotation else "input"
    return Suggestion(Offer.INPUT, name, new, place.typed, detail, told)


def _annotated(name: str, annotation: str | None, place: ParameterPlace) -> str:
    return f"{name}: {annotation}" if annotation and not place.annotated else name


def _uses(plan: Plan, name: str) -> Iterator[Parameter]:
    """The parameters by which nodes take the input `name`."""
    for user in sorted(plan.graph.mentions.get(name, ())):
        yield from (p for p in plan.nodes[user].node.parameters if p.name == name)


def values(plan: Plan, place: ParameterPlace, outside: Outside) -> Suggestions:
    """For the default of an input: what the inputs file says, and what other nodes say."""
    name = place.default_of
    if not name or name in plan.nodes:
        return Suggestions()
    told: dict[str, str] = {}
    if name in outside.inputs and (value := _literal(outside.inputs[name])):
        told[value] = "from the plan's .toml file"
    for parameter in _uses(plan, name):
        if parameter.default and len(parameter.default) <= _MOST_CHARACTERS:
            told.setdefault(parameter.default, "the default in another node")
    typed = plan.source.text[place.typed.start : place.typed.end]
    found, is_complete = best((value for value in told if value != typed), typed)
    return Suggestions(
        tuple(Suggestion(Offer.VALUE, each, each, place.typed, told[each]) for each in found),
        is_complete,
    )


def _literal(value: Any) -> str:
    """Plain data as Python; empty for what has no literal, or too long a one."""
    text = repr(value)
    has_literal = not isinstance(value, float) or math.isfinite(value)
    return text if len(text) <= _MOST_CHARACTERS and has_literal else ""

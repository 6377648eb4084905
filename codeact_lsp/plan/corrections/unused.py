"""Take away a parameter that its function does not use."""

from collections.abc import Iterator

from codeact_lsp.plan.corrections.after import run_after
from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.edits.entry import without_entries
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.signature import parameters_edit
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem


def ordering(plan: Plan, problem: Problem) -> Correction | None:
    """Have the node still run after the other one, without its value.

    From then on, a new value of the other node is no reason to run this one again.
    """
    name = problem.data["input"]
    function = _function(plan, problem)
    if function is None or not problem.data["dependency"]:
        return None
    section = run_after(function, plan.nodes[function.name].node, name)
    if section is None:
        return None
    edits = [edit for edit in _without(function, name) if not edit.span.overlaps(section.span)]
    return Correction(f"Run after '{name}' without taking its value", (*edits, section))


def removed(plan: Plan, problem: Problem) -> Correction | None:
    """Remove the parameter."""
    function = _function(plan, problem)
    if function is None:
        return None
    name = problem.data["input"]
    return Correction(f"Remove the unused parameter '{name}'", tuple(_without(function, name)))


def _without(function: Function, name: str) -> Iterator[TextEdit]:
    """The edits that take a parameter away, and what the docstring says of it."""
    yield from parameters_edit(function, drop=[name])
    yield from without_entries(function, [name])


def _function(plan: Plan, problem: Problem) -> Function | None:
    """The function, if nothing but the engine calls it: others may pass the parameter."""
    function = Function.at(plan, problem.span.start)
    if function is None or function.tree.decorator_list or function.name not in plan.nodes:
        return None
    pieces = (piece for piece in plan.document.pieces if function.name in piece.text)
    is_called = any(function.name in piece.facts.refers for piece in pieces)
    return None if is_called else function

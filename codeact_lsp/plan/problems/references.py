"""A docstring section that names a node which does not exist."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.directives import Directives, Reference
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem, closest


def problems(plan: Plan, _given: Collection[str]) -> Iterator[Problem]:
    """One problem for each unknown name in an `After:` or `Wait:` section."""
    for definition in plan.definitions:
        for reference in _references(definition.node.directives):
            if reference.name not in plan.nodes and reference.name not in plan.broken:
                message = f"There is no node '{reference.name}'."
                near = closest(reference.name, plan.nodes)
                hint = f" Did you mean '{near}'?" if near else ""
                data = {"replacement": near} if near else {}
                span = definition.span(reference.span)
                yield Problem("unknown-node", message + hint, span, data=data)


def _references(directives: Directives) -> Iterator[Reference]:
    yield from directives.after
    yield from (wait.after for wait in directives.waits if wait.after)

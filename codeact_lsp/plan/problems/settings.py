"""A value from outside the plan that no node takes."""

from collections.abc import Collection, Iterator

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.source import Span
from codeact_lsp.plan.spelling import closest, did_you_mean


def problems(plan: Plan, given: Collection[str]) -> Iterator[Problem]:
    """One problem for each of the names `given` that is no input, at the plan's first character.

    A name that is nearly an input is a slip; any other may be there for another plan.
    """
    if not given:
        return
    graph = plan.graph
    for name in sorted(given):
        if graph.is_input(name):
            continue
        others = (other for other in graph.spellings.near(name) if other not in given)
        near = closest(name, filter(graph.is_input, others))
        yield Problem(
            "unused-setting",
            f"{_what(plan, name)}, so its value in the plan's .toml file is passed over."
            f"{did_you_mean(near)}",
            Span(0, 0),
            Severity.WARNING if near else Severity.INFORMATION,
        )


def _what(plan: Plan, name: str) -> str:
    if name in plan.nodes:
        return f"'{name}' is a node and makes its own value"
    return f"The plan has no input '{name}'"

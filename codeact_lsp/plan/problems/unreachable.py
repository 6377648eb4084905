"""A node that can never start: what it depends on cannot be run."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem, Related, Severity


@dataclass(frozen=True, slots=True)
class _Hold:
    """Why a node is held back: by `culprit`, which it depends on through `via`."""

    culprit: str
    via: str


def problems(plan: Plan) -> Iterator[Problem]:
    """One problem for each node that a cycle or a generator holds back, related to the culprit."""
    culprits = {name: "is part of a cycle" for group in plan.graph.cycles for name in group}
    culprits |= dict.fromkeys(
        sorted(plan.table.generators, key=plan.table.pieces.__getitem__), "is a generator"
    )
    for name, hold in _held(plan, culprits).items():
        why = culprits[hold.culprit]
        through = "" if hold.via == hold.culprit else f", through '{hold.via}',"
        definition, culprit = plan.nodes[name], plan.nodes[hold.culprit]
        yield Problem(
            "unreachable-node",
            f"Node '{name}' can never run: it depends{through} on '{hold.culprit}', which {why}.",
            definition.span(definition.node.name_span),
            Severity.WARNING,
            related=(Related(f"'{hold.culprit}' {why}.", culprit.span(culprit.node.name_span)),),
        )


def _held(plan: Plan, culprits: dict[str, str]) -> dict[str, _Hold]:
    """The nodes below the culprits, nearest first."""
    held: dict[str, _Hold] = {}
    pending = deque((name, name) for name in culprits)
    while pending:
        via, culprit = pending.popleft()
        for name in plan.graph.dependents(via):
            if name not in culprits and name not in held:
                held[name] = _Hold(culprit, via)
                pending.append((name, culprit))
    return held

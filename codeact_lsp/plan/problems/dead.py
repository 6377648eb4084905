"""A node that is cut off from the graph which the others form."""

from collections.abc import Iterator

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.spelling import closest

# Nodes that only stand side by side are a plan as well: one that is cut off is the exception.
_MOST_CUT_OFF = 1 / 3


def problems(plan: Plan) -> Iterator[Problem]:
    """One problem for each node that looks left over: tied to no other, and of no use by itself.

    One that takes an input turns what it is given into a result, one that returns nothing acts,
    one with sections was thought about, and what a decorator does with a node is unknown.
    """
    graph = plan.graph
    cut_off = graph.isolated
    # What does not parse may be what joins them.
    if len(cut_off) > _MOST_CUT_OFF * len(graph.nodes) or plan.document.broken:
        return
    useless = sorted(
        (name for name in cut_off if plan.table.nodes[name].only_gives),
        key=plan.table.pieces.__getitem__,
    )
    for name in useless:
        definition = plan.nodes[name]
        unknown = (other for other in graph.spellings.near(name) if other not in graph.nodes)
        if not closest(name, unknown):
            yield Problem(
                "dead-node",
                f"Node '{name}' is cut off: no other node needs it, and it needs none.",
                definition.span(definition.node.name_span),
                Severity.HINT,
                unnecessary=True,
            )

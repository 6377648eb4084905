"""The nodes that a node may depend on without waiting for itself, likely ones first."""

from collections.abc import Collection

from codeact_lsp.plan.plan import Plan


def possible_nodes(plan: Plan, function: str, offset: int, taken: Collection[str]) -> list[str]:
    """Names of nodes: first those whose value nobody takes yet, then the nearest above.

    Args:
        plan: The plan; `function` may be missing in it, since it is half-typed.
        function: The node that would depend.
        offset: Where it stands.
        taken: Names that are not wanted.
    """
    waiting, mentions = plan.graph.downstream([function]), plan.graph.mentions
    here = plan.document.piece_at(offset)
    above = below = 0
    ranked: list[tuple[tuple[bool, bool, int], str]] = []
    for name in plan.nodes:
        if name in waiting or name in taken:
            continue
        is_below = plan.table.pieces[name] > here
        below, above = below + is_below, above - (not is_below)
        is_used = name in mentions
        ranked.append(((is_below, is_used, below if is_below else above), name))
    return [name for _, name in sorted(ranked)]

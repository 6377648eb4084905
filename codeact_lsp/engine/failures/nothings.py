"""Who made nothing, where something empty is what others have made of something empty."""

from collections.abc import Mapping

from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.failures.ways import Way
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

_EMPTY = frozenset({"[]", "{}", "()", "''", '""', "set()", "frozenset()", "Counter()", "deque([])"})


def first_nothing(plan: Plan, way: Way, results: Mapping[str, Result]) -> tuple[str, Span] | None:
    """The node above the maker of something empty that was the first to make nothing.

    Args:
        plan: The plan that ran.
        way: The way of the value.
        results: The results of the nodes above.

    Returns:
        The node and its `return`; None if the maker had more to make it of, or if several that it
        took were empty.
    """
    if way.value.input is None or not _is_empty(results[way.maker]):
        return None
    node = way.maker
    seen = {node}
    while (above := _giver(plan, node, results)) and above not in seen:
        seen.add(above)
        node = above
    return None if node == way.maker else (node, return_place(plan, node, results[node].returned))


def _giver(plan: Plan, node: str, results: Mapping[str, Result]) -> str | None:
    taken = [each.name for each in plan.nodes[node].node.parameters if each.name in results]
    empty = [name for name in taken if _is_empty(results[name])]
    return empty[0] if len(empty) == 1 else None


def _is_empty(result: Result) -> bool:
    return result.preview.text in _EMPTY

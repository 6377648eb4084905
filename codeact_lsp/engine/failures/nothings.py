"""Who made nothing, where something empty is what others have made of something empty.

So it is with what is no number any more: infinity is made of infinity.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

from codeact_lsp.engine.failures import contents
from codeact_lsp.engine.failures.conditions import deciding, only_condition
from codeact_lsp.engine.failures.ways import Way
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

_EMPTY = frozenset({"[]", "{}", "()", "''", '""', "set()", "frozenset()", "Counter()", "deque([])"})
_ENDLESS = frozenset({"inf", "-inf", "nan"})
_HOLDS_ENDLESS = re.compile(r"(?<![\w'\".])-?(?:inf|nan)(?![\w'\"])")


def first_nothing(
    plan: Plan, way: Way, results: Mapping[str, Result], *, is_key: bool = False
) -> tuple[str, Span] | None:
    """The node above the maker of something empty that was the first to make nothing.

    Args:
        plan: The plan that ran.
        way: The way of the value.
        results: The results of the nodes above.
        is_key: Whether the value is a key that something lacks, and that nobody made.

    Returns:
        The node and what made it there; None if the maker had more to make it of, or if several
        that it took were empty.
    """
    has_it = _having(way, results, is_key=is_key)
    if has_it is None:
        return None
    node = way.maker
    seen = {node}
    while (above := _giver(plan, node, results, has_it)) and above not in seen:
        seen.add(above)
        node = above
    return None if node == way.maker else (node, deciding(plan, node, results[node].returned))


def first_short(plan: Plan, way: Way, results: Mapping[str, Result]) -> tuple[str, Span] | None:
    """The node above the maker of what is too short that was the first to make as little.

    Args:
        plan: The plan that ran.
        way: The way of the value.
        results: The results of the nodes above.

    Returns:
        The node and what decides there; None if the maker had more, or decides by itself.
    """
    node = way.maker
    if way.value.input is None:
        return None
    while only_condition(plan, node) is None:
        taken = [each.name for each in plan.nodes[node].node.parameters if each.name in results]
        size = contents.count(results[node])
        alike = [name for name in taken if size and contents.count(results[name]) == size]
        if len(alike) != 1:
            break
        node = alike[0]
    return None if node == way.maker else (node, deciding(plan, node, results[node].returned))


def is_empty(way: Way) -> bool:
    """Whether a value has nothing in it."""
    return way.value.value in _EMPTY


def said(way: Way) -> str:
    """What is so of that which a value was made of."""
    if way.value.type == "NoneType":
        return "is empty"
    if way.value.value in _ENDLESS:
        return "holds such a number"
    return "holds it too" if way.value.type == "str" and not is_empty(way) else "is empty too"


def _having(
    way: Way, results: Mapping[str, Result], *, is_key: bool
) -> Callable[[Result], bool] | None:
    """What is to be looked for in the values above, if it is something that comes of its like."""
    if way.value.value in _ENDLESS:
        return _is_endless
    if way.value.input is None:
        is_nothing = is_empty(way)
    else:
        is_nothing = way.value.type == "NoneType" or contents.is_empty(results[way.maker])
    if is_nothing:
        return contents.is_empty
    # A key that is asked for where it is not: who has come by it first.
    return partial(_holds, way.value.value) if way.value.type == "str" and is_key else None


def _giver(
    plan: Plan, node: str, results: Mapping[str, Result], has_it: Callable[[Result], bool]
) -> str | None:
    taken = [each.name for each in plan.nodes[node].node.parameters if each.name in results]
    having = [name for name in taken if has_it(results[name])]
    return having[0] if len(having) == 1 else None


def _holds(shown: str, result: Result) -> bool:
    return shown in result.preview.text


def _is_endless(result: Result) -> bool:
    is_text = result.preview.type == "str"
    return not is_text and _HOLDS_ENDLESS.search(result.preview.text) is not None

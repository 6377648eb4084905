"""Who made an array of another size than what it was made of, or of texts for numbers."""

import json
import re
from collections.abc import Mapping, Sequence

from codeact_lsp.engine.failures import contents
from codeact_lsp.engine.failures.conditions import deciding
from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.failures.phrases import what
from codeact_lsp.engine.failures.ways import Way
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

_ABOUT_SIZES = re.compile(
    r"broadcast|dimension|mismatch|shape|size|length|inconsistent", re.IGNORECASE
)
_ABOUT_KINDS = re.compile(r"dtype|ufunc|loop", re.IGNORECASE)
_OF_TEXTS = re.compile(r"(?<!\w)<U\d+|dtype=object|\"object\"")
_ARRAYS = frozenset({"DataFrame", "Series", "ndarray"})
Results = Mapping[str, Result]


def odd_array(plan: Plan, error: CodeError, found: Sequence[Way], results: Results) -> Blame | None:
    """The node that changed the size of an array, or the first to have one of texts.

    Args:
        plan: The plan that ran.
        error: The failure.
        found: The ways of the suspect values.
        results: The results of the nodes above.
    """
    wholes = [way for way in found if way.value.input and way.value.type in _ARRAYS]
    if error.type == "KeyError" or not wholes:
        return None
    if _ABOUT_KINDS.search(error.message) and (first := _first_of_texts(plan, wholes, results)):
        return first
    return _resized(plan, wholes, results) if _ABOUT_SIZES.search(error.message) else None


def _first_of_texts(plan: Plan, wholes: Sequence[Way], results: Results) -> Blame | None:
    above = plan.graph.upstream(way.maker for way in wholes)
    having = [name for name in results if name in above and _has_texts(results[name])]
    first = [name for name in having if not {*_taken(plan, name, results)} & {*having}]
    if len(first) != 1 or first[0] in {way.maker for way in wholes}:
        return None
    value = what(wholes[0].value)
    message = f"{value} is made of what '{first[0]}' returned here, which holds texts for numbers."
    return Blame(first[0], _place(plan, first[0], results), message, likely=False)


def _has_texts(result: Result) -> bool:
    return any(_OF_TEXTS.search(each) for each in (result.preview.text, result.preview.data))


def _resized(plan: Plan, wholes: Sequence[Way], results: Results) -> Blame | None:
    """The one node on the way to what does not fit that was given as many as the others have."""
    sizes = {way.maker: _size(results[way.maker]) for way in wholes}
    if len({*sizes.values()} - {None}) != len(sizes) or len(sizes) < 2:  # noqa: PLR2004
        return None
    guilty: dict[str, int | None] = {}
    for maker, size in sizes.items():
        others = {each for name, each in sizes.items() if name != maker}
        node = _changing(plan, maker, size, others, results)
        guilty |= {node: size} if node else {}
    if len(guilty) != 1:
        return None
    node, size = next(iter(guilty.items()))
    message = f"'{node}' returned {size} here, and was given as many as are needed."
    return Blame(node, _place(plan, node, results), message, likely=False)


def _changing(
    plan: Plan, node: str, size: int | None, others: set[int | None], results: Results
) -> str | None:
    while True:
        taken = {name: _size(results[name]) for name in _taken(plan, node, results)}
        if alike := [name for name, its in taken.items() if its == size]:
            node = alike[0]
            continue
        return node if others & {*taken.values()} else None


def _size(result: Result) -> int | None:
    """How many rows or items there are."""
    if not result.preview.data:
        return contents.count(result)
    try:
        total = json.loads(result.preview.data).get("total")
    except (AttributeError, ValueError):  # A worker can claim anything.
        return None
    return total if isinstance(total, int) else contents.count(result)


def _place(plan: Plan, node: str, results: Results) -> Span:
    return deciding(plan, node, results[node].returned)


def _taken(plan: Plan, node: str, results: Results) -> list[str]:
    return [each.name for each in plan.nodes[node].node.parameters if each.name in results]

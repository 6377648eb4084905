"""Names for new functions: free in the module, and no other node's input."""

import builtins
import keyword
import re
from collections.abc import Collection

from codeact_lsp.plan.plan import Plan

_BUILTIN = frozenset(vars(builtins))


def unique_name(plan: Plan, wanted: str, avoid: Collection[str] = ()) -> str:
    """`wanted`, or with a number behind it where that would mean something else already.

    Args:
        plan: The plan.
        wanted: The name that would be best.
        avoid: Further names that are taken.
    """
    stem = wanted.strip("_") or "part"
    stem = stem if stem.isidentifier() else f"part_{stem}"
    name, number = stem, 1
    while name in avoid or not is_free(plan, name):
        number += 1
        name = f"{stem}_{number}"
    return name


def is_free(plan: Plan, name: str) -> bool:
    """Whether a new function may be called `name` without any other code noticing."""
    # An input of that name, or an `After:` of it, would come to mean the new node.
    is_meant = name in plan.graph.mentions
    return not (is_bound(plan, name) or name in plan.broken or is_meant)


def is_bound(plan: Plan, name: str) -> bool:
    """Whether `name` means something at module level: to the plan, or to Python."""
    return keyword.iskeyword(name) or name in _BUILTIN or name in plan.names


def is_input(plan: Plan, name: str) -> bool:
    """Whether a node takes `name` as an input."""
    takers = plan.graph.mentions.get(name, ())
    return name not in plan.nodes and any(name in plan.graph.links[each].data for each in takers)


def words(name: str) -> str:
    """A name as the sentence that describes it: `daily_prices` is `Daily prices.`."""
    text = " ".join(re.split(r"_+", name.strip("_")))
    return f"{text[:1].upper()}{text[1:]}."

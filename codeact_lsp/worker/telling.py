"""What is told of the place where a node failed: the values, the suspects, what is not there."""

import ast
import types
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from . import exceptions, previews
from .copies import Taken
from .expressions import Place, is_data, values
from .facts import Failing, facts
from .inlined import recovered
from .made_items import knowing
from .operation import operation
from .origins import Origins
from .stack import Stack
from .suspects import Suspects, suspects

_MOST_VALUES = 12


def around(
    error: BaseException,
    stack: Stack,
    node: str,
    taken: Taken,
    surfaced: str | None,
) -> dict[str, Any]:
    """The values in the failing expression, and what does not exist there.

    Args:
        error: The failure.
        stack: The calls that led to it.
        node: The node that failed.
        taken: What it takes.
        surfaced: The file outside the plan that raised, if one did.

    Returns:
        As JSON, `values` and `facts`.
    """
    place = stack.calls[0].place
    failed = operation(stack.tree, place)
    like = stack.scope
    if failed is not None:
        call, like = recovered(error, failed, stack)
        stack = replace(stack, calls=[call, *stack.calls[1:]])
        stack = knowing(error, failed, stack)
    suspect = suspects(error, failed, stack)
    failing = Failing(error, stack.tree, place, failed, stack.scope, like, surfaced)
    fact = facts(failing)
    missing = fact["name"] if fact and fact["kind"] == "key" else None
    origins = Origins(stack, node, taken, missing)
    return {
        "values": list(_values(stack, place, suspect, origins)),
        "facts": fact,
    }


def _is_told(value: Any) -> bool:
    """Whether a value is data, or the method of some that nobody called."""
    return is_data(value) or (
        isinstance(value, types.MethodType | types.BuiltinMethodType)
        and not isinstance(value.__self__, types.ModuleType | type)
    )


def _values(
    stack: Stack, place: Place, suspect: Suspects, origins: Origins
) -> Iterator[dict[str, Any]]:
    """Each part once; what is suspect is never left out, and may stand outside."""
    bad = {ast.unparse(node): looks for node, looks in suspect.items()}
    inside = list(values(stack.tree, place, stack.scope))
    outside = [(node, value) for node in suspect for value in stack.known(node) if _is_told(value)]
    told: set[str] = set()
    for node, value in [*inside, *outside]:
        text = ast.unparse(node)
        if text in told or (len(told) >= _MOST_VALUES and text not in bad):
            continue
        told.add(text)
        given, holder = origins.of(node, value)
        yield {
            "text": text,
            "place": Place.of(node).as_list(),
            "value": previews.short(value, name=text),
            "type": exceptions.class_name(value),
            "input": given,
            "part_of": holder,
            "suspect": text in bad,
            "bad": bad.get(text, []),
        }

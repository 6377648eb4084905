"""Calls a function of a plan as its signature wants it, and awaits what is to be awaited."""

import inspect
from collections.abc import Callable
from typing import Any

from .originals import Originals


def called(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """What a function returns, or what comes of it if that is to be awaited.

    Args:
        function: The function.
        arguments: By name; those that can only be passed by their place are taken out.
    """
    # As the plan's module has left them: what it has replaced on purpose, the function counts on.
    originals = Originals()
    positional = _positional(function, arguments)
    value = function(*positional, **arguments)
    originals.put_back()
    if not inspect.isawaitable(value):
        return value
    import asyncio  # noqa: PLC0415 - it is large, and most nodes do without.

    return asyncio.run(_awaited(value, originals))


def _positional(function: Callable[..., Any], arguments: dict[str, Any]) -> list[Any]:
    """Take out what can only be passed by its place; defaults fill what is not given."""
    values: list[Any] = []
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):  # Not a function any more, or one that keeps it to itself.
        return values
    for parameter in parameters.values():
        if parameter.kind is not parameter.POSITIONAL_ONLY or (
            parameter.name not in arguments and parameter.default is parameter.empty
        ):
            break
        values.append(arguments.pop(parameter.name, parameter.default))
    return values


async def _awaited(value: Any, originals: Originals) -> Any:
    try:
        return await value
    finally:
        originals.put_back()

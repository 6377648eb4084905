"""Readings of the clock that nothing can watch: NumPy and pandas read it in code of their own.

What they read is spelt out in the plan, as in `np.datetime64("now")`, so it is found in the text: a
call of that kind anywhere in what a node reaches counts, whether it was come to or not. A word that
only comes to be at run time is not found.
"""

import ast
from collections.abc import Iterator

from codeact_lsp.engine.values import Effect
from codeact_lsp.plan import Plan

_WORDS = frozenset({"now", "today"})
_MOMENTS = frozenset(
    {
        "DatetimeIndex",
        "Period",
        "Timestamp",
        "bdate_range",
        "date_range",
        "datetime64",
        "period_range",
        "to_datetime",
    }
)
# They make moments of words only if they are told to.
_ARRAYS = frozenset({"Index", "Series", "array", "asarray"})
_MOMENT_TYPES = ("datetime64", "M8")


def native_clock(plan: Plan, node: str) -> tuple[Effect, ...]:
    """The calls in the code of a node by which NumPy or pandas read the clock, each once."""
    calls = (
        call
        for piece in plan.reached(node)
        if any(word in piece.text for word in _WORDS)
        for call in ast.walk(piece.tree)
        if isinstance(call, ast.Call)
    )
    found = dict.fromkeys(name for call in calls for name in _read_by(call))
    return tuple(Effect("clock", name) for name in found)


def _read_by(call: ast.Call) -> Iterator[str]:
    """What reads the clock, if a call does."""
    function = call.func
    name = getattr(function, "attr", "") or getattr(function, "id", "")
    if name in _MOMENTS or (name in _ARRAYS and _is_of_moments(call)):
        words = (word for argument in call.args[:1] for word in _words(argument))
        named = (word for keyword in call.keywords for word in _words(keyword.value))
        yield from (f"{name}('{word}')" for word in (*words, *named))


def _words(argument: ast.expr) -> Iterator[str]:
    items = argument.elts if isinstance(argument, ast.List | ast.Tuple) else [argument]
    for item in items:
        if isinstance(item, ast.Constant) and isinstance(item.value, str) and item.value in _WORDS:
            yield item.value


def _is_of_moments(call: ast.Call) -> bool:
    types = (*call.args[1:2], *(each.value for each in call.keywords if each.arg == "dtype"))
    return any(kind in ast.unparse(each) for each in types for kind in _MOMENT_TYPES)

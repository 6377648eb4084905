"""Words that messages about the origin of values have in common."""

from collections.abc import Sequence

from codeact_lsp.engine.failures.errors import Value

_SHORT = 40


def what(value: Value) -> str:
    """A value as messages name it."""
    return f"`{value.text}` ({value.value})" if len(value.value) <= _SHORT else f"`{value.text}`"


def passed(through: Sequence[str]) -> str:
    """By whom a value was passed on; nothing if nobody did."""
    names = " and ".join(f"'{name}'" for name in reversed(through))
    return f", and passed on by {names}" if names else ""

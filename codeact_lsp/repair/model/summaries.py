"""Values as a model is told of them: what they are like, not what they are."""

import ast
import re
from typing import Any

from codeact_lsp.engine.failures.errors import Value
from codeact_lsp.engine.values import Preview

_MOST_KEYS = 12
_MOST_SAMPLE = 120
_DEEPEST = 3
# What the worker says of tables and arrays tells no values: size, columns, type of the items.
_SHAPED = re.compile(r"DataFrame [\d,×]+: .*|\w+ \w+ [\d,×]+")


def summary(value: Value, *, samples: bool) -> str:
    """A part of the failing expression: type and shape, and the value if samples may be sent."""
    return _said(value.type, value.value, "", samples=samples)


def summary_of_result(preview: Preview, *, samples: bool) -> str:
    """The value of a node; of a table also the names of its columns."""
    columns = re.findall(r"<th>([^<]{1,40})</th>", preview.html.partition("</thead>")[0])
    size = f"{preview.size}: {', '.join(columns[:_MOST_KEYS])}" if columns else preview.size
    return _said(preview.type, preview.text, size, samples=samples)


def _said(kind: str, text: str, size: str, *, samples: bool) -> str:
    if samples:
        shown = " ".join(text.split())
        return f"{kind} {size}: {shown[:_MOST_SAMPLE]}".replace(" :", ":")
    if _SHAPED.fullmatch(text):
        return text
    try:
        return _like(ast.literal_eval(text))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return f"{kind} {size}".strip()


def _like(value: Any, depth: int = 0) -> str:
    """What a plain value is like. That it is empty, zero or None explains many a failure."""
    kind = type(value).__name__
    match value:
        case None | bool():
            return repr(value)
        case int() | float() | complex():
            return f"{kind}, zero" if value == 0 else kind
        case str() | bytes():
            return f"{kind} of {len(value)} characters" if value else f"empty {kind}"
        case dict():
            return _dict(value, depth)
        case list() | tuple() | set():
            return _items(list(value), kind, depth)
        case _:
            return kind


def _dict(value: dict[Any, Any], depth: int) -> str:
    if not value:
        return "empty dict"
    if depth >= _DEEPEST:
        return f"dict of {len(value)}"
    shown = list(value.items())[:_MOST_KEYS]
    keys = [f"{key!r:.40}: {_like(item, depth + 1)}" for key, item in shown]
    return f"dict {{{', '.join(keys)}{', …' if len(value) > len(shown) else ''}}}"


def _items(value: list[Any], kind: str, depth: int) -> str:
    if not value:
        return f"empty {kind}"
    if depth >= _DEEPEST:
        return f"{kind} of {len(value)}"
    likes = list(dict.fromkeys(_like(item, depth + 1) for item in value[:_MOST_KEYS]))
    return f"{kind} of {len(value)}: {' | '.join(likes[:3])}"

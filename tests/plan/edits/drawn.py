"""Refactorings as documents: a text with a selection drawn in it, and the whole text after.

`«` and `»` enclose the selection; `¦` is a caret. `computed` runs a plan in the tests' process.
"""

import asyncio
import copy
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request
from tests.carets import dedent

Find = Callable[[Request], Change | Refused | None]
NOTHING: Mapping[str, Any] = {}


def drawn(text: str) -> tuple[str, Span]:
    """A text and the selection that is drawn in it."""
    if "¦" in text:
        return text.replace("¦", ""), Span(text.index("¦"), text.index("¦"))
    start, end = text.index("«"), text.index("»") - 1
    return text.replace("«", "").replace("»", ""), Span(start, end)


def outcome(
    find: Find, drawing: str, inputs: Mapping[str, Any] = NOTHING
) -> tuple[str, Change | Refused | None]:
    """The text of a drawing, and what a refactoring says of it."""
    text, span = drawn(drawing)
    return text, find(Request(Plan.from_text(text), span, inputs))


def check_change(
    find: Find,
    before: str,
    title: str,
    after: str,
    *,
    inputs: Mapping[str, Any] = NOTHING,
    newline: str = "\n",
) -> None:
    """A refactoring is offered as `title` and makes all of `before` read `after`."""
    text, change = outcome(find, dedent(before).replace("\n", newline), inputs)
    assert isinstance(change, Change), change
    assert change.title == title
    assert change.apply(text) == dedent(after).replace("\n", newline)


def check_refused(find: Find, before: str, reason: str) -> None:
    """A refactoring is not possible, and says why."""
    _, refused = outcome(find, dedent(before))
    assert isinstance(refused, Refused), refused
    assert refused.reason == reason


def check_nothing(find: Find, before: str, inputs: Mapping[str, Any] = NOTHING) -> None:
    """A refactoring has nothing to do with a place."""
    assert outcome(find, dedent(before), inputs)[1] is None


def computed(text: str, given: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    """What each node of a plan returns; `Exception` where it, or what it needs, raises."""
    module: dict[str, Any] = {}
    exec(compile(text, "<plan>", "exec"), module)  # the plans of these tests
    values: dict[str, Any] = dict(given)

    def value(name: str) -> Any:
        if name not in values:
            takes = inspect.signature(module[name]).parameters
            known = {one: value(one) for one in takes if one in module or one in values}
            values[name] = _called(module[name], known)
        return values[name]

    nodes = [name for name in Plan.from_text(text).nodes if inspect.isfunction(module[name])]
    return {name: value(name) for name in nodes}


def _called(node: Callable[..., Any], values: Mapping[str, Any]) -> Any:
    if Exception in values.values():
        return Exception
    try:
        result = node(**copy.deepcopy(dict(values)))
        return asyncio.run(result) if inspect.iscoroutine(result) else result
    except Exception:  # noqa: BLE001 - whatever the plan raises.
        return Exception

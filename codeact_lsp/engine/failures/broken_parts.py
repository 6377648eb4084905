"""Where the part was made by which a node breaks the promise of its annotation."""

import re

from codeact_lsp.engine.failures.makings import making
from codeact_lsp.engine.failures.objects import filled_by_node
from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.failures.steps import ITEM, Step
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

# A worker can claim anything at any length.
_MOST_TEXT = 400
_NAME = re.compile(r"key .* is ", re.DOTALL)
# Of `[0].marks[1] is None, declared str` the last field.
_FIELD = re.compile(r"(?:\[(?:\d+|'[^']*'|\"[^\"]*\")\]|\.\w+)*\.(\w+)(?:\[[^\]]*\])* is ")
_STEP = re.compile(r"\.(?P<field>\w+)|\[(?P<index>\d+)\]|\[(?P<key>'[^']*'|\"[^\"]*\")\]")


def broken_place(plan: Plan, node: str, result: Result) -> Span:
    """What made the part that breaks the promise, if that is known; else the `return` that ran.

    Args:
        plan: The plan that ran.
        node: The node that breaks its promise.
        result: What it returned.
    """
    place = return_place(plan, node, result.returned)
    breach = (result.breach or "")[:_MOST_TEXT]
    step = _last_step(breach)
    made = making(plan, node, result.returned, step, result.broke) if step else None
    # What the `return` itself makes is shown with all that it returns.
    is_further_in = made and not made.function and not place.start <= made.span.start <= place.end
    if made and is_further_in:
        return made.span
    field = _FIELD.match(breach) if not made else None
    return (filled_by_node(plan, node, result.returned, field[1]) if field else None) or place


def _last_step(breach: str) -> Step | None:
    """The last step to the part, of `[0]['b'] is None, declared float`."""
    if _NAME.match(breach):
        return Step("name")
    at, step, depth = 0, None, 0
    while found := _STEP.match(breach, at):
        step, depth, at = _read(found, depth), depth + 1, found.end()
    return step if breach.startswith(" is ", at) else None


def _read(found: re.Match[str], depth: int) -> Step:
    if found["field"]:
        return Step("field", found["field"])
    if found["key"]:
        return Step("key", found["key"][1:-1])
    return Step("position", int(found["index"])) if depth else ITEM

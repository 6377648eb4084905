"""Where a bad value came from, over one edge: the node that made it and the `return` that ran.

How sure the words sound follows the evidence. A value that breaks its own node's return annotation,
or that lacks the key that was asked for, is called the likely cause; a value that merely stands in
the failing expression was made elsewhere, no more.
"""

from collections.abc import Mapping

from codeact_lsp.engine.errors import Blame, CodeError, Value
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

# Failures of these kinds say nothing about the values that stand near them.
_ABOUT_VALUES = frozenset({"user"})
_SHORT = 40


def blame(plan: Plan, error: CodeError, results: Mapping[str, Result]) -> Blame | None:
    """The origin of the value that failed; None if it did not come from another node.

    Args:
        plan: The plan that ran.
        error: The failure.
        results: The results of the nodes that the failed one depends on.
    """
    if error.category not in _ABOUT_VALUES:
        return None
    suspects = [value for value in error.values if value.input in results]
    for value in suspects:
        if breach := results[str(value.input)].breach:
            how = _how(plan, str(value.input), results[str(value.input)])
            it = "it" if breach.startswith("is ") else "its"  # A part of it breaks the promise.
            message = f"{_what(value)} was made here by '{value.input}'{how}: {it} {breach}."
            return _blame(plan, value, results, message, likely=True)
    for value in suspects:
        if error.fact and error.fact.kind == "key":
            message = f"{_what(value)} was made here by '{value.input}', without that key."
            return _blame(plan, value, results, message, likely=True)
    if error.fact and error.fact.options:
        return None  # A name or attribute that is spelt wrong here was not made anywhere else.
    for value in suspects:
        return _blame(plan, value, results, f"{_what(value)} was made here.", likely=False)
    return None


def _what(value: Value) -> str:
    return f"`{value.text}` ({value.value})" if len(value.value) <= _SHORT else f"`{value.text}`"


def _how(plan: Plan, node: str, result: Result) -> str:
    """Whether the node ended without a `return`; a decorated one does not tell."""
    told = not plan.nodes[node].node.is_decorated
    return ", which ended without a return" if told and result.returned is None else ""


def _blame(
    plan: Plan, value: Value, results: Mapping[str, Result], message: str, *, likely: bool
) -> Blame:
    node = str(value.input)
    return Blame(node, _return_place(plan, node, results[node].returned), message, likely)


def _return_place(plan: Plan, name: str, returned: int | None) -> Span:
    """The `return` line that ran; the name of a node that ran off its end or did not tell."""
    definition = plan.nodes[name]
    lines = definition.node.return_lines
    if returned is not None and 0 <= returned < len(lines):
        return definition.span(lines[returned])
    return definition.span(definition.node.name_span)

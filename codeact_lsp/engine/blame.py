"""Where a bad value came from: the node that made it and the `return` that ran.

A value is followed to its maker through the nodes that only passed it on: what they returned has
the same content as what they took. How sure the words sound follows the evidence. A value that
breaks its own node's return annotation, or that lacks the key that was asked for, is called the
likely cause, be it further up; one that merely stands in the failing expression was made elsewhere,
no more.

Nothing of this is done in runs that pass.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codeact_lsp.engine.errors import Blame, CodeError, Value
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

# Failures of these kinds say nothing about the values that stand near them.
_ABOUT_VALUES = frozenset({"user"})
_SHORT = 40
# A blob below this holds a number, a truth value or a few words.
_TELLING_BYTES = 64


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A value in the failing expression, its maker, and the nodes that passed it on, last first."""

    value: Value
    maker: str
    through: tuple[str, ...]


def blame(plan: Plan, error: CodeError, results: Mapping[str, Result]) -> Blame | None:
    """The origin of the value that failed; None if it did not come from another node.

    Args:
        plan: The plan that ran.
        error: The failure.
        results: The results of all nodes that lead to the failed one.
    """
    if error.category not in _ABOUT_VALUES:
        return None
    suspects = [_suspect(plan, value, results) for value in error.values if value.input in results]
    is_key = error.fact is not None and error.fact.kind == "key"
    found = _breach(plan, suspects, results)
    if found is None and suspects and is_key:
        found = _made(plan, suspects[0], results, ", without that key", likely=True)
    if found or (error.fact and error.fact.options):
        return found  # A name or attribute that is spelt wrong here was not made anywhere else.
    found = _breach_above(plan, suspects, results)
    if found is None and suspects:
        found = _made(plan, suspects[0], results, "", likely=False)
    return found


def _suspect(plan: Plan, value: Value, results: Mapping[str, Result]) -> _Suspect:
    chain = [str(value.input)]
    while above := _passed_on(plan, chain[-1], results):
        chain.append(above)
    return _Suspect(value, chain[-1], tuple(chain[:-1]))


def _passed_on(plan: Plan, node: str, results: Mapping[str, Result]) -> str | None:
    """The node whose value `node` returned as it was."""
    own = results[node].blob
    taken = [p.name for p in plan.nodes[node].node.parameters if p.name in results]
    same = [name for name in taken if results[name].blob == own]
    if len(same) != 1:
        return None
    # A value as common as None or 0 may be made anew by each.
    says_so = _returned_text(plan, node, results[node].returned) == f"return {same[0]}"
    return same[0] if says_so or own.size >= _TELLING_BYTES else None


def _returned_text(plan: Plan, node: str, returned: int | None) -> str:
    place = _return_place(plan, node, returned)
    return " ".join(plan.source.text[place.start : place.end].split())


def _breach(
    plan: Plan, suspects: Sequence[_Suspect], results: Mapping[str, Result]
) -> Blame | None:
    """The value in the failing expression that breaks an annotation of a node it came through."""
    for suspect in suspects:
        for node in (suspect.maker, *reversed(suspect.through)):
            if breach := results[node].breach:
                return _broken(plan, suspect, node, breach, results)
    return None


def _broken(
    plan: Plan, suspect: _Suspect, node: str, breach: str, results: Mapping[str, Result]
) -> Blame:
    how = _how(plan, node, results[node])
    it = "it" if breach.startswith("is ") else "its"  # A part of it breaks the promise.
    message = f"{_what(suspect.value)} was made here by '{node}'{how}: {it} {breach}."
    return Blame(node, _return_place(plan, node, results[node].returned), message, likely=True)


def _breach_above(
    plan: Plan, suspects: Sequence[_Suspect], results: Mapping[str, Result]
) -> Blame | None:
    """The nearest node above the makers that broke its own annotation."""
    seen = {suspect.maker for suspect in suspects}
    pending = deque(suspect.maker for suspect in suspects)
    while pending:
        for node in plan.graph.dependencies(pending.popleft()):
            if node in results and node not in seen:
                if breach := results[node].breach:
                    return _above(plan, suspects[0], node, breach, results)
                seen.add(node)
                pending.append(node)
    return None


def _above(
    plan: Plan, suspect: _Suspect, node: str, breach: str, results: Mapping[str, Result]
) -> Blame:
    its = "what it returned" if breach.startswith("is ") else "of what it returned,"
    message = f"{_what(suspect.value)} comes from '{node}', among others: {its} {breach}."
    return Blame(node, _return_place(plan, node, results[node].returned), message, likely=True)


def _made(
    plan: Plan, suspect: _Suspect, results: Mapping[str, Result], what: str, *, likely: bool
) -> Blame:
    by = f" by '{suspect.maker}'" if likely or suspect.through else ""
    passed = " and ".join(f"'{name}'" for name in reversed(suspect.through))
    through = f", and passed on by {passed}" if passed else ""
    message = f"{_what(suspect.value)} was made here{by}{what}{through}."
    place = _return_place(plan, suspect.maker, results[suspect.maker].returned)
    return Blame(suspect.maker, place, message, likely)


def _what(value: Value) -> str:
    return f"`{value.text}` ({value.value})" if len(value.value) <= _SHORT else f"`{value.text}`"


def _how(plan: Plan, node: str, result: Result) -> str:
    """Whether the node ended without a `return`; a decorated one does not tell."""
    told = not plan.nodes[node].node.is_decorated
    return ", which ended without a return" if told and result.returned is None else ""


def _return_place(plan: Plan, name: str, returned: int | None) -> Span:
    """The `return` line that ran; the name of a node that ran off its end or did not tell."""
    definition = plan.nodes[name]
    lines = definition.node.return_lines
    if returned is not None and 0 <= returned < len(lines):
        return definition.span(lines[returned])
    return definition.span(definition.node.name_span)

"""Where a bad value came from: the node that made it and the `return` that ran.

Only a value that the failing operation was done to can be meant, and it is followed to its maker
past the nodes that only passed it on. How sure the words sound follows the evidence. A broken
promise is the likely cause if what is wrong with the value is what is wrong with the promise: the
same part, or one of the type that Python complains of. Any other value was made elsewhere, no more;
where either of two may be meant, both are named.

Nothing of this is done in runs that pass.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from codeact_lsp.engine.failures import lost_keys, misspelt_keys, nothings, promises
from codeact_lsp.engine.failures.broken_parts import broken_place
from codeact_lsp.engine.failures.callees import guilty_callee
from codeact_lsp.engine.failures.conditions import deciding
from codeact_lsp.engine.failures.errors import Blame, CodeError, Value
from codeact_lsp.engine.failures.odd_results import odd_result
from codeact_lsp.engine.failures.return_places import how_it_ended, return_place
from codeact_lsp.engine.failures.ways import Way, ways
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

# Failures of these kinds say nothing about the values that stand near them.
_ABOUT_VALUES = frozenset({"user"})
_LOOKUPS = frozenset({"IndexError", "KeyError"})
_HOLDERS = frozenset({"Counter", "dict", "list", "tuple"})
_SHORT = 40
_OF_NUMBERS = re.compile(
    r"unsupported operand type\(s\) for (?:-|/|//|\*\*|\*\* or pow\(\))=?: '(\w+)' and '(\w+)'"
)
_NUMBERS = frozenset({"Decimal", "Fraction", "bool", "complex", "float", "int"})


def blame(plan: Plan, error: CodeError, results: Mapping[str, Result]) -> Blame | None:
    """The origin of the value that failed; None if it did not come from another node.

    Args:
        plan: The plan that ran.
        error: The failure.
        results: The results of all nodes that lead to the failed one.
    """
    if error.category not in _ABOUT_VALUES or _is_own_slip(error):
        return None
    if callee := guilty_callee(plan, error) or odd_result(plan, error):
        return callee
    found = lost_keys.ordered(plan, ways(plan, error, results), error, results)
    # What a node returned is not what it declares at all: whatever went wrong, that comes first.
    found = sorted(found, key=lambda way: not _is_odd(results[way.maker]))
    likely = next(_broken(plan, found, results), None)
    if likely:
        return likely
    if error.fact and error.fact.kind == "key":
        makers = [way.maker for way in found] or [error.node]
        if writer := misspelt_keys.writer(plan, error.fact, makers, results):
            return writer
    if without := _without_key(plan, found, results, error):
        return without
    if error.fact and error.fact.kind == "key":
        found = found[:1]
    made = _made(plan, _doubtful(plan, found, results, error), error, results)
    return _of_nothing(plan, found, made, results, error) if made else None


def _without_key(
    plan: Plan, found: Sequence[Way], results: Mapping[str, Result], error: CodeError
) -> Blame | None:
    """Who lost the key that was not there, or wrote another one instead."""
    if error.type != "KeyError":
        return None
    key = error.fact.name if error.fact else error.message.strip("'\"")
    makers = [way.maker for way in found if not lost_keys.is_asked_for(way, error)]
    if lost := lost_keys.loser(plan, key, makers, results):
        return lost
    fact = error.fact
    # One that is spelt almost as another one is a slip of whoever asks, as far as is known.
    if fact is None or fact.kind != "key" or misspelt_keys.has_near(fact):
        return None
    return misspelt_keys.unread(plan, key, makers or [error.node], results)


def _of_nothing(
    plan: Plan, found: Sequence[Way], made: Blame, results: Mapping[str, Result], error: CodeError
) -> Blame:
    """The same; where what is empty was made of something empty, who made that first."""
    way = next((way for way in found if made.node in {way.maker, way.method}), None)
    is_key = way is not None and lost_keys.is_asked_for(way, error)
    first = nothings.first_nothing(plan, way, results, is_key=is_key) if way else None
    if way is None or first is None:
        return made
    node, place = first
    is_too = nothings.said(way)
    message = f"{_what(way.value)} is made of what '{node}' returned here, which {is_too}."
    if place != return_place(plan, node, results[node].returned):
        message = f"{_what(way.value)} is made of what '{node}' keeps here, which {is_too}."
    return Blame(node, place, message, likely=False, also=(replace(made, also=()), *made.also))


def _is_odd(result: Result) -> bool:
    """Whether a value as a whole is not what its node declares."""
    return (result.breach or "").startswith("is ")


def _is_own_slip(error: CodeError) -> bool:
    """Whether a name or attribute is spelt wrong here; that was not made anywhere else."""
    fact = error.fact
    return fact is not None and fact.kind != "key" and misspelt_keys.has_near(fact)


def _broken(plan: Plan, found: Sequence[Way], results: Mapping[str, Result]) -> Iterator[Blame]:
    """The broken promises that explain the failure, the surest first."""
    for way in found:
        for node in (way.maker, *reversed(way.through)):
            if promises.explains(results[node], way.value):
                found_here = _promised(plan, way, node, results)
                yield _unless_earlier(
                    plan, way, _unless_taken(plan, found_here, way, node, results), results
                )
    for way in found:
        if above := promises.above(plan, way, results):
            yield _unless_earlier(plan, way, _from_above(plan, way, above, results), results)


def _unless_earlier(plan: Plan, way: Way, found: Blame, results: Mapping[str, Result]) -> Blame:
    """The same; if a promise had been broken before, that one first, and neither for sure."""
    first = promises.earlier(plan, found.node, results)
    if first is None:
        return found
    doubtful = replace(_from_above(plan, way, first, results), likely=False)
    return replace(doubtful, also=(replace(found, likely=False),))


def _unless_taken(
    plan: Plan, found: Blame, way: Way, node: str, results: Mapping[str, Result]
) -> Blame:
    """The same; but who took the wrong part of a value that keeps its promise is guilty of that."""
    given = plan.nodes[found.node].node.returns if found.node != node else None
    if results[found.node].breach or not given or results[node].broke == "NoneType":
        return found
    return replace(_from_above(plan, way, node, results), also=(replace(found, likely=False),))


def _promised(plan: Plan, way: Way, node: str, results: Mapping[str, Result]) -> Blame:
    """The promise that `node` broke, with a part that it made or that came in with an input."""
    root = promises.root(plan, node, results)
    is_part, breach = way.value.input is None, results[node].breach or ""
    if (root != node and results[root].breach) or (root == node and is_part):
        return _from_above(plan, way, root, results)
    if is_part:
        said = f"of what '{node}' returned, {breach}"
    else:
        it = "it" if breach.startswith("is ") else "its"  # A part of it breaks the promise.
        said = f"{it} {breach}" if node == way.maker else f"{it} {breach} by '{node}'"
    made = "is a part of what was made here" if is_part else "was made here"
    how = how_it_ended(plan, root, results[root].returned)
    passed = _passed([each for each in way.through if each != root])
    message = f"{_what(way.value)} {made} by '{root}'{how}{passed}: {said}."
    return Blame(root, _place(plan, way, root, results), message, likely=True)


def _from_above(plan: Plan, way: Way, node: str, results: Mapping[str, Result]) -> Blame:
    breach = results[node].breach or ""
    its = "what it returned" if breach.startswith("is ") else "of what it returned,"
    message = f"{_what(way.value)} comes from '{node}', among others: {its} {breach}."
    return Blame(node, _place(plan, way, node, results), message, likely=True)


def _place(plan: Plan, way: Way, node: str, results: Mapping[str, Result]) -> Span:
    """The `return` of a node; of the maker, what made the value itself, if that is known."""
    return (
        way.place
        if node == way.maker and way.is_inside
        else broken_place(plan, node, results[node])
    )


def _doubtful(
    plan: Plan, found: Sequence[Way], results: Mapping[str, Result], error: CodeError
) -> Sequence[Way]:
    """The values that may be meant: of a wrong type is none that has the one that was promised.

    What has not the one that its class declares is meant rather than any other.
    """
    if error.type != "TypeError":
        return found
    if strangers := [way for way in found if _is_no_number(way.value, error)]:
        return strangers
    if misfits := [way for way in found if promises.is_misfit(plan, way.value, error.values)]:
        return misfits
    return [way for way in found if not promises.vouches(plan, way, results)] or found


def _is_no_number(value: Value, error: CodeError) -> bool:
    """Whether a value is the side that is no number, of what can be done with numbers only."""
    said = _OF_NUMBERS.match(error.message)
    sides = {said[1], said[2]} if said else set()
    strange = sides - _NUMBERS
    return len(strange) == 1 and len(sides) > 1 and value.type in strange


def _made(
    plan: Plan, found: Sequence[Way], error: CodeError, results: Mapping[str, Result]
) -> Blame | None:
    """Where the values were made, with no judgement; each place once."""
    blames = [
        _left_out(plan, way, _lacks(way, error), results[way.maker])
        if _is_short(way, error)
        else _made_here(way, _lacks(way, error))
        for way in found
    ]
    distinct = list({each.span: each for each in reversed(blames)}.values())[::-1]
    return replace(distinct[0], also=tuple(distinct[1:])) if distinct else None


def _lacks(way: Way, error: CodeError) -> str:
    is_of_a_key = error.fact is not None and error.fact.kind == "key"
    return ", without that key" if is_of_a_key and not lost_keys.is_asked_for(way, error) else ""


def _is_short(way: Way, error: CodeError) -> bool:
    """Whether a value as a whole lacks what it was to have."""
    is_asked = error.type in _LOOKUPS and way.value.type in _HOLDERS
    return way.value.input is not None and (is_asked or nothings.is_empty(way))


def _left_out(plan: Plan, way: Way, lacks: str, result: Result) -> Blame:
    """The same, where something is not in a value: what decides that, if one condition does."""
    place = deciding(plan, way.maker, result.returned)
    if way.is_inside or place == return_place(plan, way.maker, result.returned):
        return _made_here(way, lacks)
    message = f"{_what(way.value)} is what '{way.maker}' keeps here{lacks}{_passed(way.through)}."
    return Blame(way.maker, place, message, likely=False)


def _made_here(way: Way, lacks: str) -> Blame:
    made = "is a part of what was made here" if _is_around(way) else "was made here"
    by = f" by '{way.maker}'" if way.through else f" by '{way.method}'" if way.method else ""
    message = f"{_what(way.value)} {made}{by}{lacks}{_passed(way.through)}."
    return Blame(way.method or way.maker, way.place, message, likely=False)


def _is_around(way: Way) -> bool:
    """Whether the place is known of something only that the value is a part of."""
    return way.value.input is None and not way.is_inside


def _passed(through: Sequence[str]) -> str:
    passed = " and ".join(f"'{name}'" for name in reversed(through))
    return f", and passed on by {passed}" if passed else ""


def _what(value: Value) -> str:
    """A value as messages name it."""
    return f"`{value.text}` ({value.value})" if len(value.value) <= _SHORT else f"`{value.text}`"

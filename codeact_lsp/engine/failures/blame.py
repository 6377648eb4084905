"""Where a bad value came from: the node that made it and the `return` that ran.

Only a value that the failing operation was done to can be meant, and it is followed to its maker
past the nodes that only passed it on. How sure the words sound follows the evidence. A broken
promise is the likely cause if what is wrong with the value is what is wrong with the promise: the
same part, or one of the type that Python complains of. Any other value was made elsewhere, no more;
where either of two may be meant, both are named.

Nothing of this is done in runs that pass.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from codeact_lsp.engine.failures import (
    arrays,
    lost_keys,
    misspelt_keys,
    nothings,
    other_keys,
    promises,
)
from codeact_lsp.engine.failures.breaches import after_breach, broken, further_in, is_odd
from codeact_lsp.engine.failures.callees import guilty_callee
from codeact_lsp.engine.failures.conditions import deciding
from codeact_lsp.engine.failures.contents import holds, lacks
from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.failures.odd_results import odd_result
from codeact_lsp.engine.failures.phrases import passed, what
from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.failures.ways import Way, ways
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan

# Failures of these kinds say nothing about the values that stand near them.
_ABOUT_VALUES = frozenset({"user"})
_LOOKUPS = frozenset({"IndexError", "KeyError"})
_HOLDERS = frozenset({"Counter", "dict", "list", "tuple"})
_SIDES = re.compile(
    r"unsupported operand type\(s\) for (?:-|/|//|\*\*|\*\* or pow\(\))=?: "
    r"'([\w.]+)' and '([\w.]+)'"
    r"|not supported between instances of '([\w.]+)' and '([\w.]+)'"
)
_KINDS = (str, bytes, list, dict, set, tuple, int, float, Decimal, Path, datetime, timedelta)
# What neither is taken from anything, nor comes before anything but its like.
_PLAIN = frozenset({"NoneType", "bytes", "dict", "list", "set", "str", "tuple"})


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
    found = sorted(found, key=lambda way: not is_odd(results[way.maker]))
    likely = next(broken(plan, found, results), None)
    if likely:
        return further_in(plan, found, likely, results)
    if first := _known_first(plan, found, results, error):
        return first
    if error.fact and error.fact.kind == "key":
        found = found[:1]
    made = _made(plan, _doubtful(plan, found, results, error), error, results)
    made = _of_nothing(plan, found, made, results, error) if made else None
    return after_breach(plan, error, made, results)


def _known_first(
    plan: Plan, found: Sequence[Way], results: Mapping[str, Result], error: CodeError
) -> Blame | None:
    """Who spelt a key otherwise, took something else for one, or lost it; or resized an array."""
    if error.fact and error.fact.kind == "key":
        makers = [way.maker for way in found] or [error.node]
        if writer := misspelt_keys.writer(plan, error.fact, makers, results):
            return writer
    other = other_keys.other_key(plan, error, found, results)
    other = other or arrays.odd_array(plan, error, found, results)
    return other or _without_key(plan, found, results, error)


def _without_key(
    plan: Plan, found: Sequence[Way], results: Mapping[str, Result], error: CodeError
) -> Blame | None:
    """Who lost the key that was not there, or wrote another one instead."""
    if error.type != "KeyError":
        return None
    key = error.fact.name if error.fact else error.message.strip("'\"")
    holders = [way for way in found if not lost_keys.is_asked_for(way, error)]
    makers = [(*way.through, way.maker)[0] for way in holders]
    makers = [name for name in makers if not holds(results[name], key)]
    if len(holders) == len(found) and (odd := lost_keys.odd_input(plan, error, makers, results)):
        return odd
    if _is_about_tables(holders):
        # What was joined lacks what each of several tables lacks.
        given = [each.name for each in plan.nodes[error.node].node.parameters]
        makers += [name for name in given if name in results and name not in makers]
        makers = [name for name in makers if lacks(results[name], key)]
    is_whole = all(way.value.input for way in holders)
    if lost := lost_keys.loser(plan, key, makers, results, is_whole=is_whole):
        return lost
    fact = error.fact
    is_written = fact.kind == "key" if fact else _is_written(plan, key, error)
    # One that is spelt almost as another one is a slip of whoever asks, as far as is known.
    if not is_written or (fact and misspelt_keys.has_near(fact)):
        return None
    return misspelt_keys.unread(plan, key, makers or [error.node], results)


def _is_about_tables(found: Sequence[Way]) -> bool:
    return any(way.value.type in {"DataFrame", "Series"} for way in found)


def _is_written(plan: Plan, key: str, error: CodeError) -> bool:
    """Whether a key stands in what failed, and was not computed."""
    text = plan.source.text[error.span.start : error.span.end]
    return f'"{key}"' in text or f"'{key}'" in text


def _of_nothing(
    plan: Plan, found: Sequence[Way], made: Blame, results: Mapping[str, Result], error: CodeError
) -> Blame:
    """The same; where what is empty was made of something empty, who made that first."""
    way = next((way for way in found if made.node in {way.maker, way.method}), None)
    if way is None:
        return made
    is_key = lost_keys.is_asked_for(way, error)
    is_key = is_key and not lost_keys.is_of_others(plan, error, found, results)
    first, is_too = nothings.first_nothing(plan, way, results, is_key=is_key), nothings.said(way)
    if first is None and error.type == "IndexError":
        first, is_too = nothings.first_short(plan, way, results), "has as few items"
    if first is None:
        return made
    node, place = first
    message = f"{what(way.value)} is made of what '{node}' returned here, which {is_too}."
    if place != return_place(plan, node, results[node].returned):
        message = f"{what(way.value)} is made of what '{node}' keeps here, which {is_too}."
    return Blame(node, place, message, likely=False, also=(replace(made, also=()), *made.also))


def _is_own_slip(error: CodeError) -> bool:
    """Whether a name or attribute is spelt wrong here; that was not made anywhere else."""
    fact = error.fact
    if fact is None or fact.kind == "key" or not misspelt_keys.has_near(fact):
        return False
    # What other values have is asked for where one of those was expected.
    return not (fact.kind == "attribute" and any(hasattr(kind, fact.name) for kind in _KINDS))


def _doubtful(
    plan: Plan, found: Sequence[Way], results: Mapping[str, Result], error: CodeError
) -> Sequence[Way]:
    """The values that may be meant: of a wrong type is none that has the one that was promised.

    What has not the one that its class declares is meant rather than any other.
    """
    if error.type != "TypeError":
        return found
    strange, others = _strange(error)
    if strangers := [way for way in found if way.value.type in strange]:
        return strangers
    found = [way for way in found if way.value.type not in others]
    if misfits := [way for way in found if promises.is_misfit(plan, way.value, error.values)]:
        return misfits
    return [way for way in found if not promises.vouches(plan, way, results)] or found


def _strange(error: CodeError) -> tuple[set[str], set[str]]:
    """The types of the sides of an operation: the one that it can never be done to, the other."""
    said = _SIDES.search(error.message)
    sides = {each.rpartition(".")[2] for each in said.groups() if each} if said else set()
    strange = sides & _PLAIN
    return (strange, sides - strange) if len(strange) == 1 and len(sides) > 1 else (set(), set())


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
    message = f"{what(way.value)} is what '{way.maker}' keeps here{lacks}{passed(way.through)}."
    return Blame(way.maker, place, message, likely=False)


def _made_here(way: Way, lacks: str) -> Blame:
    made = "is a part of what was made here" if _is_around(way) else "was made here"
    by = f" by '{way.maker}'" if way.through else f" by '{way.method}'" if way.method else ""
    message = f"{what(way.value)} {made}{by}{lacks}{passed(way.through)}."
    return Blame(way.method or way.maker, way.place, message, likely=False)


def _is_around(way: Way) -> bool:
    """Whether the place is known of something only that the value is a part of."""
    return way.value.input is None and not way.is_inside

"""What is told of a node that broke the promise of its annotation, and what came of that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from codeact_lsp.engine.failures import promises
from codeact_lsp.engine.failures.broken_parts import broken_place
from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.failures.helpers import inner
from codeact_lsp.engine.failures.phrases import passed, what
from codeact_lsp.engine.failures.return_places import how_it_ended, return_place
from codeact_lsp.engine.failures.ways import Way
from codeact_lsp.engine.failures.yields import gone_through
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span


def broken(plan: Plan, found: Sequence[Way], results: Mapping[str, Result]) -> Iterator[Blame]:
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


def after_breach(
    plan: Plan, error: CodeError, made: Blame | None, results: Mapping[str, Result]
) -> Blame | None:
    """The same; after a promise that was broken on the way here, whatever came of that."""
    first = promises.first(plan, error.node, results)
    if first is None or (made and not _may_follow(plan, made.node, first, results)):
        return made
    result = results[first]
    its = "what it returned" if is_odd(result) else "of what it returned,"
    message = f"'{first}' did not keep its promise: {its} {result.breach}."
    others = (replace(made, also=()), *made.also) if made else ()
    place = broken_place(plan, first, result)
    deeper = inner(plan, place, result.broke)
    node, place = (deeper.function, deeper.span) if deeper else (first, place)
    return Blame(node, place, message, likely=False, also=others)


def _may_follow(plan: Plan, node: str, first: str, results: Mapping[str, Result]) -> bool:
    """Whether what a node made may be of what another one did wrong, or is no worse for sure."""
    if node == first or node not in results:
        return False
    is_kept = plan.nodes[node].node.returns is not None and results[node].breach is None
    return is_kept or first in plan.graph.upstream([node])


def is_odd(result: Result) -> bool:
    """Whether a value as a whole is not what its node declares."""
    return (result.breach or "").startswith("is ")


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
    by = passed([each for each in way.through if each != root])
    message = f"{what(way.value)} {made} by '{root}'{how}{by}: {said}."
    return Blame(root, _place(plan, way, root, results), message, likely=True)


def further_in(
    plan: Plan, found: Sequence[Way], likely: Blame, results: Mapping[str, Result]
) -> Blame:
    """A broken promise; where a helper or a method made what breaks it, there."""
    way = next((way for way in found if way.maker == likely.node and way.method), None)
    if way is not None and way.method:
        is_sure = likely.likely and way.is_sure
        return replace(likely, node=way.method, span=way.place, likely=is_sure)
    deeper = inner(plan, likely.span, results[likely.node].broke)
    deeper = deeper or gone_through(plan, likely.node, likely.span)
    if first := promises.labelled(plan, likely.node, results):
        message = f"'{first}' returned a table here, of whose rows this is a label."
        place = return_place(plan, first, results[first].returned)
        return Blame(first, place, message, likely=False, also=(replace(likely, likely=False),))
    if deeper is None:
        is_own = is_odd(results[likely.node]) or not promises.may_have_come(
            plan, likely.node, results
        )
        return replace(likely, likely=likely.likely and is_own)
    is_sure = likely.likely and deeper.is_certain
    return replace(likely, node=deeper.function, span=deeper.span, likely=is_sure)


def _from_above(plan: Plan, way: Way, node: str, results: Mapping[str, Result]) -> Blame:
    breach = results[node].breach or ""
    its = "what it returned" if breach.startswith("is ") else "of what it returned,"
    message = f"{what(way.value)} comes from '{node}', among others: {its} {breach}."
    return Blame(node, _place(plan, way, node, results), message, likely=True)


def _place(plan: Plan, way: Way, node: str, results: Mapping[str, Result]) -> Span:
    """The `return` of a node; of the maker, what made the value itself, if that is known."""
    return (
        way.place
        if node == way.maker and way.is_inside
        else broken_place(plan, node, results[node])
    )

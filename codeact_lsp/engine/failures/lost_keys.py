"""Whether a key was lost on the way to what lacks it, or is none that it could ever have had."""

from collections.abc import Mapping, Sequence

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.failures.misspelt_keys import has_near
from codeact_lsp.engine.failures.ways import Way
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan


def is_asked_for(way: Way, error: CodeError) -> bool:
    """Whether a value is the key that was not there."""
    return error.type == "KeyError" and way.value.value == error.message


def ordered(
    plan: Plan, found: Sequence[Way], error: CodeError, results: Mapping[str, Result]
) -> list[Way]:
    """The ways, that of a key first that nobody knew who led to what was asked for it.

    Args:
        plan: The plan that ran.
        found: The ways.
        error: The failure.
        results: The results of the nodes above.
    """
    foreign = [way for way in found if is_asked_for(way, error)]
    others = [way for way in found if way not in foreign]
    if (error.fact and has_near(error.fact)) or not foreign or not others:
        return [*found]
    makers = {way.maker for way in others}
    above = [name for name in plan.graph.upstream(makers) if name in results]
    # A table that a node has made of nothing may lack a key as well as anything.
    is_known = {*above} <= makers or any(
        error.message.strip("'\"") in results[name].preview.text for name in above
    )
    return [*others, *foreign] if is_known else [*foreign, *others]

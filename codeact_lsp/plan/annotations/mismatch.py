"""Why what a node returns is not what the parameter that takes it wants."""

import re
from functools import lru_cache

from codeact_lsp.plan.annotations.assignable import may_flow
from codeact_lsp.plan.annotations.library import INVARIANT
from codeact_lsp.plan.annotations.names import Names
from codeact_lsp.plan.annotations.reading import term
from codeact_lsp.plan.annotations.terms import NONE, Instance, Term, UnionOf
from codeact_lsp.plan.nodes import Node, Parameter

# Characters of an annotation that a message repeats.
_SHOWN = 80
_QUOTED = re.compile(r"(['\"])([^'\"]*)\1")


def edge_mismatch(provider: Node, parameter: Parameter, names: Names) -> str | None:
    """Why `parameter` cannot take the value of node `provider`, its namesake.

    Args:
        provider: The node. The annotation of one that is decorated says nothing about its value;
            that of an async one is about the awaited value, which is what the parameter gets.
        parameter: The parameter. A default of None allows None, whatever its annotation says.
        names: What the names of the plan stand for.

    Returns:
        The reason, for people; None when the value fits, and when that cannot be known.
    """
    if provider.returns is None or parameter.annotation is None:
        return None
    if provider.is_decorated or provider.is_generator or parameter.variadic:
        return None
    wanted = parameter.annotation
    allowed = f"({wanted}) | None" if parameter.default == "None" else wanted
    fits = mismatch(provider.returns, allowed, names) is None
    return None if fits else mismatch(provider.returns, wanted, names)


@lru_cache(maxsize=20_000)
def mismatch(returned: str, wanted: str, names: Names) -> str | None:
    """Why a value annotated `returned` cannot be given where `wanted` is asked for.

    Args:
        returned: The return annotation, as it is written.
        wanted: The parameter's annotation, as it is written.
        names: What the names in both stand for.

    Returns:
        The reason, for people; None when the value fits, and when that cannot be known.
    """
    source, target = term(returned, names), term(wanted, names)
    if may_flow(source, target):
        return None
    return _reason(source, target, _shown(returned), _shown(wanted))


def _reason(source: Term, target: Term, returned: str, wanted: str) -> str:
    if source == NONE:
        return f"None is no '{wanted}'"
    if isinstance(source, UnionOf) and not _without_none(source, target):
        return f"'{returned}' may be None, which is no '{wanted}'"
    lenient = _lenient(source, target)
    hint = f": its contents must match exactly, but '{lenient}' would do" if lenient else ""
    return f"'{returned}' is no '{wanted}'{hint}"


def _without_none(source: UnionOf, target: Term) -> bool:
    """Whether more than None is in the way."""
    return not all(may_flow(member, target) for member in source.members if member != NONE)


def _lenient(source: Term, target: Term) -> str | None:
    """The class to ask for instead of one that can be changed, if that is all that is wrong."""
    if not (isinstance(source, Instance) and isinstance(target, Instance)):
        return None
    if source.kind != target.kind or not all(map(may_flow, source.args, target.args)):
        return None
    return INVARIANT.get(target.kind)


def _shown(annotation: str) -> str:
    text = " ".join(annotation.split())
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[2]
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"

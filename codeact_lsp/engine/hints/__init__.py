"""Hints from runs: what would make a plan faster, each with the numbers that speak for it.

One file a hint, each with `hints(scene)`. Nothing here runs anything or asks a store: what is known
of earlier runs comes in, hints come out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from codeact_lsp.engine.hints import large_value, needless_after, never_reused, slow_node
from codeact_lsp.engine.hints.hint import Hint
from codeact_lsp.engine.hints.scene import Scene
from codeact_lsp.engine.history.history import Record
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan

__all__ = ["CODES", "Hint", "Scene", "hints"]

_HINTS: Mapping[str, Callable[[Scene], Iterable[Hint]]] = {
    slow_node.CODE: slow_node.hints,
    needless_after.CODE: needless_after.hints,
    large_value.CODE: large_value.hints,
    never_reused.CODE: never_reused.hints,
}
CODES = frozenset(_HINTS)
"""The codes of all hints. They are stable and documented, as those of problems are."""


def hints(
    plan: Plan,
    calls: Mapping[str, Sequence[Record]],
    results: Mapping[str, Result] | None = None,
    workers: int = 2,
    capacities: Mapping[str, int] | None = None,
) -> list[Hint]:
    """What earlier runs suggest to change in a plan, in the order of the file.

    It is a pure function that takes a few milliseconds for a plan of a thousand nodes. A hint
    rests on calls of the code as it is now: after an edit of a node there is none about it until
    it has run again.

    Args:
        plan: The plan; the hints' spans are offsets into its text.
        calls: What is remembered of each node, newest first: `History.calls_of_plan`.
        results: The results that the nodes have now, as far as they are known. What a node did
            besides making its value stands there.
        workers: How many nodes may run at once.
        capacities: Units of the counted resources; 1 of each that is not named.
    """
    scene = Scene(plan, calls, results or {}, workers, capacities or {})
    found = [hint for suggest in _HINTS.values() for hint in suggest(scene)]
    return sorted(found, key=lambda hint: (hint.span.start, hint.code))

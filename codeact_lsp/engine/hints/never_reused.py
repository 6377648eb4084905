"""A node whose result is kept and never reused, and why."""

from collections.abc import Iterator, Sequence

from codeact_lsp.engine.hints.hint import Hint, name_span
from codeact_lsp.engine.hints.scene import Scene
from codeact_lsp.engine.history.history import Record
from codeact_lsp.engine.reuse.reuse import ON_PURPOSE
from codeact_lsp.engine.run.modes import said_time

CODE = "never-reused"

_LEAST_CALLS = 3
_LEAST_SECONDS = 1.0


def hints(scene: Scene) -> Iterator[Hint]:
    """The nodes that ran again each time although their code did not change."""
    for node, calls in scene.good.items():
        # What ran anew because it was asked to tells nothing.
        told = [call for call in calls if call.why not in ON_PURPOSE]
        runs = {call.run for call in told}
        seconds = sum(call.wall for call in told)
        never = not any(call.reused for call in calls)
        if never and len(runs) >= _LEAST_CALLS and seconds >= _LEAST_SECONDS:
            yield _hint(scene, node, told, seconds)


def _hint(scene: Scene, node: str, calls: Sequence[Record], seconds: float) -> Hint:
    why = calls[0].why
    return Hint(
        CODE,
        node,
        name_span(scene.plan, node),
        f"Node '{node}' ran {len(calls)} times with the same code, {said_time(seconds)} in all, "
        f"and its result was never reused. The last time: {why}.",
        {"calls": len(calls), "seconds": seconds, "why": why},
    )

"""A node that takes most of a run while other workers have nothing to do."""

from collections.abc import Iterator

from codeact_lsp.engine.hints.hint import Hint, name_span
from codeact_lsp.engine.hints.scene import Scene
from codeact_lsp.engine.run.modes import said_time

CODE = "slow-node"

# Below these nobody would gain by an edit.
_LEAST_SECONDS = 1.0
_LEAST_SHARE = 0.5
_LEAST_IDLE = 0.5
# A node that keeps more processors busy than this has been made parallel from within.
_MOST_PROCESSORS = 1.5
_COMPUTES = 0.5


def hints(scene: Scene) -> Iterator[Hint]:
    """The nodes that take at least half of a run, if half of the other workers idle meanwhile."""
    if scene.workers < 2 or scene.total < _LEAST_SECONDS:  # noqa: PLR2004 - one has no other.
        return
    for node, record in scene.latest.items():
        if record.wall < scene.total * _LEAST_SHARE:
            continue
        idle = _idle(scene, node)
        enough = record.wall * (scene.workers - 1) * _LEAST_IDLE
        if idle >= enough and record.cpu <= record.wall * _MOST_PROCESSORS:
            yield _hint(scene, node, idle)


def _idle(scene: Scene, node: str) -> float:
    """Seconds for which other workers have nothing to do while a node runs, at the least."""
    graph = scene.plan.graph
    tied = graph.upstream([node]) | graph.downstream([node])
    beside = sum(seconds for other, seconds in scene.seconds.items() if other not in tied)
    return scene.seconds[node] * (scene.workers - 1) - beside


def _hint(scene: Scene, node: str, idle: float) -> Hint:
    record = scene.latest[node]
    waits = record.cpu < record.wall * _COMPUTES
    busy = f" It computes for {said_time(record.cpu)} of that and waits otherwise." if waits else ""
    all_of = "a run takes" if scene.is_whole else "the nodes take together that have run so far"
    return Hint(
        CODE,
        node,
        name_span(scene.plan, node),
        f"Node '{node}' takes {said_time(record.wall)} of the {said_time(scene.total)} that "
        f"{all_of}, and {scene.workers - 1} of {scene.workers} workers have {said_time(idle)} with "
        f"nothing to do meanwhile.{busy} Split it into nodes that can run at once.",
        {
            "seconds": record.wall,
            "cpu": record.cpu,
            "total": scene.total,
            "idle": idle,
            "workers": scene.workers,
        },
    )

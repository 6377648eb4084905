"""An `After:` that makes a run longer, although nothing of the two nodes seems to need it."""

from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.engine.hints.hint import Hint
from codeact_lsp.engine.hints.scene import Scene
from codeact_lsp.engine.run.modes import said_time
from codeact_lsp.plan.docstrings.directives import Reference

CODE = "needless-after"

_LEAST_SECONDS = 0.5
_LEAST_SHARE = 0.05
# Each costs a simulated run; those behind the longest nodes are looked at.
_MOST_LOOKED_AT = 20
# What a node does to the world that the node after it may rely on.
_LASTING = frozenset({"network", "process", "writes"})


def hints(scene: Scene) -> Iterator[Hint]:
    """The control dependencies without which a run would be shorter.

    Only of a node whose effects are known is it said that nothing has to wait for it.
    """
    candidates = [
        (node, reference)
        for node in scene.latest
        for reference in scene.plan.nodes[node].node.directives.after
        if reference.name in scene.latest and _is_needless(scene, node, reference.name)
    ]
    candidates.sort(key=lambda candidate: -scene.seconds[candidate[1].name])
    for node, reference in candidates[:_MOST_LOOKED_AT]:
        seconds = scene.total - _without(scene, node, reference.name)
        if seconds >= max(_LEAST_SECONDS, scene.total * _LEAST_SHARE):
            yield _hint(scene, node, reference, seconds)


def _is_needless(scene: Scene, node: str, before: str) -> bool:
    """Whether nothing but the `After:` orders the two, and the first leaves no traces."""
    links = scene.plan.graph.links
    if before not in scene.results:
        return False
    if any(effect.kind in _LASTING for effect in scene.results[before].effects):
        return False
    if before in (*links[node].data, *links[node].temporal):
        return False
    if set(links[node].resources) & set(links[before].resources):
        return False
    others = [other for other in scene.plan.graph.dependencies(node) if other != before]
    return before not in scene.plan.graph.upstream(others)


def _without(scene: Scene, node: str, before: str) -> float:
    """Seconds that a run would take if `node` did not wait for `before`."""
    tasks = [
        replace(task, dependencies=tuple(name for name in task.dependencies if name != before))
        if task.name == node
        else task
        for task in scene.tasks
    ]
    return scene.duration(tasks)


def _hint(scene: Scene, node: str, reference: Reference, seconds: float) -> Hint:
    before = reference.name
    return Hint(
        CODE,
        node,
        scene.plan.nodes[node].span(reference.span),
        f"Node '{node}' takes nothing from '{before}', which was not seen to leave anything behind "
        f"either; to wait for it makes a run {said_time(seconds)} longer. Remove it from 'After:' "
        "if the order does not matter.",
        {"seconds": seconds, "total": scene.total, "workers": scene.workers},
    )

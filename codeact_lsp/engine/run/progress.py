"""How far each node of a run has come, and what must hold of all of them at any time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from codeact_lsp.engine.run.messages import ENDED, OCCUPYING, NodeState, Task

_LACKING = frozenset({NodeState.FAILED, NodeState.SKIPPED})


@dataclass(slots=True)
class Progress:
    """One node.

    Attributes:
        missing: Its dependencies that have not ended.
        attempts: How often it was started.
        not_before: The time before which it does not start.
        lacking: The failed nodes at and above it, in the order in which it heard of them.
        story: What happened to it.
    """

    task: Task
    state: NodeState = NodeState.WAITING
    missing: set[str] = field(default_factory=set)
    attempts: int = 0
    not_before: float = 0.0
    lacking: dict[str, None] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)


def validate(nodes: Mapping[str, Progress], workers: int) -> None:
    """Check what must hold after every stimulus.

    Raises:
        AssertionError: It does not: a defect of the engine.
    """
    assert sum(node.state in OCCUPYING for node in nodes.values()) <= workers  # noqa: S101 - its job.
    for name, node in nodes.items():
        before = {d: nodes[d].state for d in node.task.dependencies if d in nodes}
        if node.state is NodeState.WAITING:
            missing = {other for other, state in before.items() if state not in ENDED}
            assert node.missing == missing, name  # noqa: S101 - as above.
            assert missing or _LACKING.isdisjoint(before.values()), name  # noqa: S101 - as above.
        elif node.state is not NodeState.SKIPPED:
            assert set(before.values()) <= {NodeState.DONE}, name  # noqa: S101 - as above.

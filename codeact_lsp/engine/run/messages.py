"""What goes into and comes out of the state of a run: tasks, stimuli and instructions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from codeact_lsp.engine.run.resources import Claims


class NodeState(Enum):
    """Where a node stands in a run."""

    WAITING = "waiting"  # A dependency has not ended, or the store has not answered.
    READY = "ready"  # It must run, and waits for a worker, a resource or a time.
    RUNNING = "running"
    STOPPING = "stopping"  # It was told to end, and its process has not yet.
    DONE = "done"  # It has a value, made now or reused.
    FAILED = "failed"
    SKIPPED = "skipped"  # It will not run: something it needs has no value, or a cancel came.


ENDED = frozenset({NodeState.DONE, NodeState.FAILED, NodeState.SKIPPED})
OCCUPYING = frozenset({NodeState.RUNNING, NodeState.STOPPING})


@dataclass(frozen=True, slots=True)
class Task:
    """What a run must know of a node.

    Attributes:
        dependencies: Nodes that must be done first.
        length: The longest path from here to the end of the plan, in seconds where they are known;
            the longest goes first.
        resources: Its claims, at most one of each resource.
        delays: Seconds to let pass after the end of a node.
        earliest: A time before which it does not start, in seconds since the epoch.
        retries: How often it is tried again after a failure.
    """

    name: str
    dependencies: tuple[str, ...] = ()
    length: float = 1.0
    resources: Claims = ()
    delays: tuple[tuple[str, float], ...] = ()
    earliest: float = 0.0
    retries: int = 0


@dataclass(frozen=True, slots=True)
class Stimulus:
    """Something that happened, at a time in seconds since the epoch."""

    at: float


@dataclass(frozen=True, slots=True)
class Begin(Stimulus):
    """The run starts."""


@dataclass(frozen=True, slots=True)
class Cancel(Stimulus):
    """The user wants the run to end."""


@dataclass(frozen=True, slots=True)
class Overdue(Stimulus):
    """The run has taken as long as it may."""


@dataclass(frozen=True, slots=True)
class Widened(Stimulus):
    """From now on that many nodes may run at once."""

    workers: int


@dataclass(frozen=True, slots=True)
class Probed(Stimulus):
    """The store answered, for each of these nodes, whether it holds its value.

    What was asked together is answered together, so that which node goes first never hangs on which
    answer came first.
    """

    hits: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class NodeStimulus(Stimulus):
    """Something that happened to one node."""

    node: str


@dataclass(frozen=True, slots=True)
class Ended(NodeStimulus):
    """The node's process is gone; `ok` if it left a value."""

    ok: bool


@dataclass(frozen=True, slots=True)
class Expired(NodeStimulus):
    """The node's time limit has passed."""


@dataclass(frozen=True, slots=True)
class Woken(NodeStimulus):
    """A time for which the node waited has come."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """Something that the shell must do."""


@dataclass(frozen=True, slots=True)
class Probe(Instruction):
    """Ask the store for the node's value."""

    node: str


@dataclass(frozen=True, slots=True)
class Start(Instruction):
    """Run the node; `attempt` counts from 1."""

    node: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Stop(Instruction):
    """End the node's process."""

    node: str


@dataclass(frozen=True, slots=True)
class Wake(Instruction):
    """Send `Woken` at a time."""

    node: str
    at: float


@dataclass(frozen=True, slots=True)
class Settled(Instruction):
    """Tell the world that a node has ended; `by` are all the failed nodes that hold it back."""

    node: str
    state: NodeState
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finish(Instruction):
    """All nodes have ended."""

    cancelled: bool

"""The events of a run. Everything that is shown of a run is made from these."""

from dataclasses import dataclass, field

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.history.metrics import Metrics
from codeact_lsp.engine.values import Result, Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in a run.

    Attributes:
        run: The run's id.
        sequence: Counts from 0 without gaps.
        time: Seconds since the epoch.
    """

    run: str
    sequence: int
    time: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted(Event):
    """A run of `nodes` began; `targets` are those that were asked for.

    Attributes:
        mode: How it is run: "sequential", "parallel" or "adaptive".
        workers: How many nodes may run at once, and `why` that many.
        expected: How many seconds it is expected to take; None where nothing is known.
        notes: What people should know beforehand, in sentences.
    """

    nodes: tuple[str, ...]
    targets: tuple[str, ...]
    mode: str = ""
    workers: int = 1
    why: str = ""
    expected: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeStarted(Event):
    """A node's process was asked for; `why` the store had no value for it."""

    node: str
    attempt: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeOutput(Event):
    """The node wrote to its stdout or stderr."""

    node: str
    stream: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSucceeded(Event):
    """The node returned a value.

    Attributes:
        lines: The lines of the plan that ran for it, 0-based; empty if nobody asked.
    """

    node: str
    result: Result
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCached(Event):
    """The node's value was taken from the store, and `why` that is right."""

    node: str
    result: Result
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFailed(Event):
    """The node ended without a value.

    Attributes:
        lines: As in `NodeSucceeded`.
        usage: What its last attempt took, as far as there was one.
    """

    node: str
    error: CodeError
    lines: tuple[int, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeBlocked(Event):
    """The node cannot run: the nodes `by` failed."""

    node: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCancelled(Event):
    """The node was cancelled before it returned."""

    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFinished(Event):
    """The run is over: `done`, `failed` or `cancelled`. Counts are by what became of the nodes.

    A run that is `refused` did not begin: less is enforced here than has to be.

    Attributes:
        metrics: What it took; None of a run that broke or was refused.
        message: Why it was refused, and the way out.
    """

    status: str
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    metrics: Metrics | None = None
    message: str = ""

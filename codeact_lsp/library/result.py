"""What came of a run: a projection of its events."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.history.metrics import Metrics
from codeact_lsp.engine.values import Effect, Result, Usage
from codeact_lsp.library import shown
from codeact_lsp.library.errors import RunCancelledError, RunFailedError
from codeact_lsp.library.plan import Plan


@dataclass(frozen=True)
class NodeResult:
    """A node's value, which stays in the store until `value` is called.

    Attributes:
        node: The node.
        why: Why it was right to reuse the value of an earlier run; empty if it was made now.
        stored: What the engine knows of it.
    """

    node: str
    why: str
    stored: Result = field(repr=False)
    plan: Plan = field(repr=False)

    @property
    def reused(self) -> bool:
        """Whether an earlier run made the value."""
        return bool(self.why)

    @property
    def type(self) -> str:
        """The name of the value's type."""
        return self.stored.preview.type

    @property
    def size(self) -> str:
        """Its length or shape, as people say it: "1,204×6", "3 items"; empty if it has none."""
        return self.stored.preview.size

    @property
    def preview(self) -> str:
        """The value as text of at most 4,000 characters, made in the process of the node."""
        return self.stored.preview.text

    @property
    def bytes(self) -> int:
        """How many bytes the stored value takes."""
        return self.stored.blob.size

    @property
    def usage(self) -> Usage:
        """What the call that made it took: wall and CPU seconds, peak memory in bytes."""
        return self.stored.usage

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the node was seen to do besides making the value."""
        return self.stored.effects

    def value(self) -> Any:
        """The value itself, loaded into this process.

        This unpickles what the plan's code has written, and imports and runs what of the plan its
        classes need: **it gives that code all rights of this process**. Call it for plans that you
        trust; for others there is `preview`. What the value's types come from has to be installed
        in this Python too, in a version that can read it.

        Raises:
            ValueUnavailableError: The value is not stored any more, or cannot be loaded here.
        """
        # What unpickles is loaded by whoever asks for it, and by nobody else.
        from codeact_lsp.library.loading import load  # noqa: PLC0415 - as said.

        return load(self.plan, self.node, self.stored)


@dataclass(frozen=True)
class RunResult(Mapping[str, NodeResult]):
    """What came of a run. As a mapping it holds the nodes that have a value.

    Attributes:
        plan: The plan that ran.
        status: "done", "failed", "cancelled", or "refused" where no node may run.
        seconds: How long it took.
        nodes: The values, by node.
        errors: Why nodes failed, by node; `plan.place(error.span)` is where.
        blocked: The nodes that could not run, each with those that had failed.
        cancelled: The nodes that were cancelled.
        metrics: What the run took, its critical path, what reuse has saved.
        message: Why it was refused, and the way out.
    """

    plan: Plan
    status: str
    seconds: float = 0.0
    nodes: Mapping[str, NodeResult] = field(default_factory=dict)
    errors: Mapping[str, CodeError] = field(default_factory=dict)
    blocked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cancelled: tuple[str, ...] = ()
    metrics: Metrics | None = None
    message: str = ""

    @classmethod
    def of(cls, plan: Plan, happened: Iterable[events.Event]) -> "RunResult":
        """The result that the events of a whole run tell.

        Args:
            plan: The plan that ran.
            happened: All its events.
        """
        collected = _Collected(plan)
        for event in happened:
            collected.note(event)
        return collected.result()

    @property
    def ok(self) -> bool:
        """Whether all nodes that were wanted have a value."""
        return self.status == "done"

    def raise_for_status(self) -> Self:
        """Return this result, if all is well.

        Raises:
            RunFailedError: A node failed; the message names each, with its place.
            RunCancelledError: The run was cancelled.
        """
        if self.status == "cancelled":
            raise RunCancelledError("The run was cancelled.", self)
        if not self.ok:
            raise RunFailedError("\n".join(self._failures()) or self.message or self.status, self)
        return self

    def __repr__(self) -> str:
        """How it ended, on one line: all that it holds would fill a screen."""
        return shown.line(self)

    def _repr_html_(self) -> str:
        """The nodes and what came of them, as notebooks show it."""
        return shown.table(self)

    def __getitem__(self, node: str) -> NodeResult:
        """The value of a node.

        Raises:
            KeyError: The node has none; the message says why.
        """
        if node not in self.nodes:
            raise KeyError(self._why_not(node))
        return self.nodes[node]

    def __iter__(self) -> Iterator[str]:
        """The nodes that have a value, in the order in which they got it."""
        return iter(self.nodes)

    def __len__(self) -> int:
        """How many nodes have a value."""
        return len(self.nodes)

    def _failures(self) -> Iterator[str]:
        for node, error in self.errors.items():
            place = self.plan.place(error.focus or error.span)
            where = f"{self.plan.path.name}:{place.line}:{place.column}"
            yield f"Node '{node}' failed at {where}: {error.headline}"

    def _why_not(self, node: str) -> str:
        if error := self.errors.get(node):
            return f"'{node}' failed: {error.headline}"
        if by := self.blocked.get(node):
            return f"'{node}' did not run: {', '.join(by)} failed"
        if node in self.cancelled:
            return f"'{node}' was cancelled"
        return f"'{node}' was not part of the run"


class _Collected:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._nodes: dict[str, NodeResult] = {}
        self._errors: dict[str, CodeError] = {}
        self._blocked: dict[str, tuple[str, ...]] = {}
        self._cancelled: list[str] = []
        self._finished: events.RunFinished | None = None

    def note(self, event: events.Event) -> None:
        match event:
            case events.NodeSucceeded(node=node, result=stored):
                self._nodes[node] = NodeResult(node, "", stored, self._plan)
            case events.NodeCached(node=node, result=stored, why=why):
                self._nodes[node] = NodeResult(node, why, stored, self._plan)
            case events.NodeFailed(node=node, error=error):
                self._errors[node] = error
            case events.NodeBlocked(node=node, by=by):
                self._blocked[node] = by
            case events.NodeCancelled(node=node):
                self._cancelled.append(node)
            case events.RunFinished():
                self._finished = event
            case _:
                pass

    def result(self) -> RunResult:
        finished = self._finished
        return RunResult(
            plan=self._plan,
            status=finished.status if finished else "cancelled",
            seconds=finished.seconds if finished else 0.0,
            nodes=self._nodes,
            errors=self._errors,
            blocked=self._blocked,
            cancelled=tuple(self._cancelled),
            metrics=finished.metrics if finished else None,
            message=finished.message if finished else "",
        )

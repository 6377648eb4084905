"""What has been seen of the nodes of one plan: a projection of the events of its runs.

Everything is kept under the node's validity key, so that what is shown always speaks of the code
that is on the screen: an edit hides it, an undo brings it back. What was made of a value that is
not the latest of its maker any more is hidden too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.reuse.validity import Validity, keys_after, validity_keys
from codeact_lsp.engine.values import Result, Usage
from codeact_lsp.plan import Plan
from codeact_lsp.server.settings import Settings

if TYPE_CHECKING:
    from codeact_lsp.repair import Fix

_MOST_KEPT = 10_000
# These failures are about a limit, and say nothing any more once that limit is another.
_ABOUT_LIMITS = frozenset({"timeout", "memory"})


class Status(Enum):
    """What became of a node."""

    RUNNING = "running"
    DONE = "done"
    REUSED = "reused"
    FAILED = "failed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a node may use; None where nothing limits it. The interpreter is the user's choice."""

    seconds: float | None = None
    memory: int | None = None
    interpreter: str | None = None


class Lines(NamedTuple):
    """Which lines ran, 0-based, of the plan as it was then."""

    plan: Plan
    ran: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """The latest that was seen of a node; `plan` is the snapshot that all spans belong to.

    Attributes:
        by: The failed nodes that hold a blocked one back.
        fixes: What mends a failure, and has been run.
        after: The keys that the nodes had then which depend on this one: they were run with fixes.
        searching: Whether more such fixes are looked for.
        why: Why the result could be reused.
        made_of: The digests of the values that the node was given, by the nodes that made them.
        limits: Under what the node ran.
        usage: What a failure took.
        lines: Which lines ran; None if nobody asked.
    """

    status: Status
    plan: Plan
    result: Result | None = None
    error: CodeError | None = None
    by: tuple[str, ...] = ()
    fixes: "tuple[Fix, ...]" = field(default=())
    after: Mapping[str, str] = field(default_factory=dict)
    node: str = ""
    why: str = ""
    made_of: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    usage: Usage = field(default_factory=Usage)
    searching: bool = False
    lines: Lines | None = None


_WITHOUT_END = frozenset({Status.FAILED, Status.BLOCKED})


class Board:
    """All that was seen of one plan's nodes, newest last."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}
        self._moment: _Moment | None = None
        self._view: dict[str, Seen] | None = None
        self._opened: tuple[Plan, Mapping[str, Any]] | None = None
        self._settled: dict[str, str] = {}

    def open(self, plan: Plan, inputs: Mapping[str, Any]) -> None:
        """The plan was opened so: from here on edits affect nodes."""
        self._opened = plan, inputs

    def view(self, plan: Plan, inputs: Mapping[str, Any], settings: Settings) -> dict[str, Seen]:
        """What may be shown of the nodes of `plan`, in an order in which they can run."""
        if not self._seen:
            return {}
        moment = self._at(plan, inputs, settings)
        if self._view is None:
            self._view = moment.shown(self._seen)
        return self._view

    def stale(self, plan: Plan, inputs: Mapping[str, Any], settings: Settings) -> list[str]:
        """The nodes that something affected since they were run, or since the plan was opened.

        Those whose results an undo has brought back are not among them.
        """
        settled, shown = self._baseline(), self.view(plan, inputs, settings)
        keys = self._at(plan, inputs, settings).keys
        return [
            name
            for name, key in keys.items()
            if name not in shown and (settled.get(name) != key or key in self._seen)
        ]

    def put(self, key: str, seen: Seen) -> None:
        """Note what was seen."""
        self._view = None
        self._seen.pop(key, None)
        self._seen[key] = seen
        if len(self._seen) > _MOST_KEPT:
            del self._seen[next(iter(self._seen))]

    def settle(self, node: str, key: str) -> None:
        """A run has said its last word about a node as it was under `key`."""
        self._baseline()[node] = key

    def get(self, key: str) -> Seen | None:
        """What was last seen under a key."""
        return self._seen.get(key)

    def forget(self, key: str) -> None:
        """Show nothing under a key any more."""
        self._view = None
        self._seen.pop(key, None)

    def clear(self, node: str | None = None) -> None:
        """Forget all that was seen of a node, or of all, whatever the code was."""
        for key in [key for key, seen in self._seen.items() if node in {None, seen.node}]:
            self.forget(key)

    def _at(self, plan: Plan, inputs: Mapping[str, Any], settings: Settings) -> "_Moment":
        """The moment, with its keys: they take milliseconds, and requests come in bursts."""
        moment = self._moment
        if moment is None or not moment.is_of(plan, inputs, settings):
            known = moment.validity if moment else None
            valid = known.edited(plan, inputs) if known else Validity.of(plan, inputs)
            moment = _Moment(valid, settings)
            self._moment, self._view = moment, None
        return moment

    def _baseline(self) -> dict[str, str]:
        """The key that each node had when it last ran, else when the plan was opened."""
        if self._opened:
            opened, self._opened = self._opened, None
            plan, inputs = opened
            self._settled = {**validity_keys(plan.compiled(), inputs), **self._settled}
        return self._settled


@dataclass(frozen=True, eq=False, slots=True)
class _Moment:
    """A plan with all that decides, besides what was seen, about what may be shown of it."""

    validity: Validity
    settings: Settings

    @property
    def plan(self) -> Plan:
        return self.validity.plan

    @property
    def keys(self) -> Mapping[str, str]:
        return self.validity.keys

    def is_of(self, plan: Plan, inputs: Mapping[str, Any], settings: Settings) -> bool:
        valid = self.validity
        return valid.plan is plan and valid.inputs is inputs and self.settings == settings

    def shown(self, known: Mapping[str, Seen]) -> dict[str, Seen]:
        """What still speaks of the plan; upstream first, since what follows depends on it."""
        shown: dict[str, Seen] = {}
        for name, key in self.keys.items():
            seen = known.get(key)
            if seen and self._holds(name, seen, shown):
                if seen.status is Status.BLOCKED:
                    seen = self._still_blocked(name, seen, shown)
                if seen:
                    shown[name] = self._dated(name, seen)
        return shown

    def _holds(self, name: str, seen: Seen, shown: Mapping[str, Seen]) -> bool:
        limits = limits_of(self.plan, name, self.settings)
        if seen.limits.interpreter != limits.interpreter:
            return False
        if seen.error and seen.error.category in _ABOUT_LIMITS and seen.limits != limits:
            return False
        if seen.status is not Status.BLOCKED and self._is_held_back(name, shown):
            return False
        return all(_has(shown.get(maker), digest) for maker, digest in seen.made_of.items())

    def _dated(self, name: str, seen: Seen) -> Seen:
        """What was seen, without what its fixes say of dependent nodes that are others now."""
        if not seen.fixes or keys_after(self.plan, self.keys, name) == seen.after:
            return seen
        return replace(seen, fixes=tuple(replace(fix, is_dated=True) for fix in seen.fixes))

    def _still_blocked(self, name: str, seen: Seen, shown: Mapping[str, Seen]) -> Seen | None:
        """What a blocked node waits for now: failures that are not there any more block nothing."""
        roots: dict[str, None] = {}
        for other in self.plan.graph.dependencies(name):
            before = shown.get(other)
            if before and before.error:
                roots[other] = None
            elif before:
                roots.update(dict.fromkeys(before.by))
        return (seen if seen.by == (*roots,) else replace(seen, by=(*roots,))) if roots else None

    def _is_held_back(self, name: str, shown: Mapping[str, Seen]) -> bool:
        """Whether a node that has to end well before this one is known not to."""
        links = self.plan.graph.links[name]
        before = (shown.get(other) for other in (*links.control, *links.temporal))
        return any(seen and seen.status in _WITHOUT_END for seen in before)


def limits_of(plan: Plan, node: str, settings: Settings) -> Limits:
    """Under what a node of `plan` runs."""
    directives = plan.table.nodes[node].directives
    seconds = directives.timeout or settings.timeout or None
    return Limits(seconds, directives.memory, settings.interpreter)


def _has(maker: Seen | None, digest: str) -> bool:
    """Whether the value of that digest is what is known of its maker; one that runs may make it."""
    if maker is None:
        return False
    if maker.status is Status.RUNNING:
        return True
    return maker.result is not None and maker.result.blob.digest == digest

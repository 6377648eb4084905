"""What has been seen of the nodes of one plan: a projection of the events of its runs.

Everything is kept under the node's validity key, so that what is shown always speaks of the code
that is on the screen: an edit hides it, an undo brings it back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.engine.errors import CodeError
from codeact_lsp.engine.validity import validity_keys
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan
from codeact_lsp.repair import Fix

_MOST_KEPT = 10_000


class Status(Enum):
    """What became of a node."""

    RUNNING = "running"
    DONE = "done"
    REUSED = "reused"
    FAILED = "failed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Seen:
    """The latest that was seen of a node; `plan` is the snapshot that all spans belong to."""

    status: Status
    plan: Plan
    result: Result | None = None
    error: CodeError | None = None
    by: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = field(default=())


class Board:
    """All that was seen of one plan's nodes, newest last."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}
        self._viewed: tuple[Plan, Mapping[str, Any]] | None = None
        self._view: dict[str, Seen] = {}

    def view(self, plan: Plan, inputs: Mapping[str, Any]) -> dict[str, Seen]:
        """What may be shown of the nodes of `plan`."""
        if not self._seen:
            return {}
        known = self._viewed
        if known is None or known[0] is not plan or known[1] is not inputs:
            keys = validity_keys(plan, inputs)
            self._view = {name: self._seen[key] for name, key in keys.items() if key in self._seen}
            self._viewed = plan, inputs
        return self._view

    def recorder(self, plan: Plan, inputs: Mapping[str, Any]) -> "Recorder":
        """Records the events of a run of `plan`."""
        return Recorder(self, plan, validity_keys(plan, inputs))

    def put(self, key: str, seen: Seen) -> None:
        """Note what was seen."""
        self._viewed = None
        self._seen.pop(key, None)
        self._seen[key] = seen
        for old in list(self._seen)[:-_MOST_KEPT]:
            del self._seen[old]

    def get(self, key: str) -> Seen | None:
        """What was last seen under a key."""
        return self._seen.get(key)

    def forget(self, key: str) -> None:
        """Show nothing under a key any more."""
        self._viewed = None
        self._seen.pop(key, None)


class Recorder:
    """Puts the events of one run on the board."""

    def __init__(self, board: Board, plan: Plan, keys: Mapping[str, str]) -> None:
        self._board = board
        self._plan = plan
        self._keys = keys
        self._before: dict[str, Seen | None] = {}

    def record(self, event: events.Event) -> bool:
        """Note what an event says of its node; tell whether that is something to show."""
        match event:
            case events.NodeStarted(node=node):
                # Of several attempts only the first finds what there was before the run.
                self._before.setdefault(node, self._board.get(self._keys[node]))
                self._put(node, Status.RUNNING)
            case events.NodeSucceeded(node=node, result=result):
                self._put(node, Status.DONE, result=result)
            case events.NodeCached(node=node, result=result):
                self._put(node, Status.REUSED, result=result)
            case events.NodeFailed(node=node, error=error):
                self._put(node, Status.FAILED, error=error)
            case events.NodeBlocked(node=node, by=by):
                self._put(node, Status.BLOCKED, by=by)
            case events.NodeCancelled(node=node):
                self._cancelled(node)
            case _:
                return False
        return True

    def close(self) -> None:
        """The run is over: what it left running, if it broke, is not running any more."""
        for node in self._before:
            self._cancelled(node)

    def shows(self, error: CodeError) -> bool:
        """Whether a failure of this run is still the last that was seen of its node."""
        seen = self._board.get(self._keys[error.node])
        return seen is not None and seen.error is error

    def offer(self, node: str, fixes: Iterable[Fix]) -> None:
        """Note fixes for a failure of this run."""
        seen = self._board.get(self._keys[node])
        if seen and seen.error and seen.plan is self._plan:
            self._board.put(self._keys[node], replace(seen, fixes=tuple(fixes)))

    def _put(self, node: str, status: Status, **known: Any) -> None:
        self._board.put(self._keys[node], Seen(status, self._plan, **known))

    def _cancelled(self, node: str) -> None:
        """A cancelled node is again what it was before."""
        key = self._keys[node]
        seen = self._board.get(key)
        if seen is None or seen.status is not Status.RUNNING or seen.plan is not self._plan:
            return
        if before := self._before.get(node):
            self._board.put(key, before)
        else:
            self._board.forget(key)

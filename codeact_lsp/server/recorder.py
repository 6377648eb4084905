"""Puts the events of one run on the board of its plan."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.reuse.validity import keys_after, validity_keys
from codeact_lsp.engine.values import Result
from codeact_lsp.server.board import Board, Lines, Seen, Status, limits_of
from codeact_lsp.server.settings import Settings

if TYPE_CHECKING:
    from codeact_lsp.repair import Fix


class Recorder:
    """Notes what the events of a run of `job` say, under the keys that its nodes had then."""

    def __init__(self, board: Board, job: Job, settings: Settings) -> None:
        self._board = board
        self._plan = job.plan
        self._settings = settings
        self._keys = validity_keys(job.plan, job.inputs)
        self._before: dict[str, Seen | None] = {}
        self._digests: dict[str, str] = {}

    def record(self, event: events.Event) -> bool:
        """Note what an event says of its node; tell whether that is something to show."""
        match event:
            case events.NodeStarted(node=node):
                # Of several attempts only the first finds what there was before the run.
                self._before.setdefault(node, self._board.get(self._keys[node]))
                self._put(node, Status.RUNNING)
            case events.NodeSucceeded(node=node, result=result, lines=lines):
                self._made(node, Status.DONE, result, lines=self._lines(lines))
            case events.NodeCached(node=node, result=result, why=why):
                self._made(node, Status.REUSED, result, why=why, lines=self._known(node, result))
            case events.NodeFailed(node=node, error=error, usage=usage, lines=lines):
                ran = self._lines(lines)
                self._ended(node, Status.FAILED, error=error, usage=usage, lines=ran)
            case events.NodeBlocked(node=node, by=by):
                self._ended(node, Status.BLOCKED, by=by)
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

    def key(self, node: str) -> str:
        """What a node of this run was then: its code, its inputs, and those of what it needs."""
        return self._keys[node]

    def offer(self, node: str, fixes: "Iterable[Fix]", *, searching: bool = False) -> None:
        """Note fixes for a failure of this run, and whether more are looked for."""
        seen = self._board.get(self._keys[node])
        if seen and seen.error and seen.plan is self._plan:
            after = keys_after(self._plan, self._keys, node)
            offered = replace(seen, fixes=tuple(fixes), after=after, searching=searching)
            self._board.put(self._keys[node], offered)

    def offer_more(self, error: CodeError, fixes: "Iterable[Fix]") -> bool:
        """Put fixes among those that are offered; False if nobody sees that failure any more."""
        from codeact_lsp.repair.ranking import ranked  # noqa: PLC0415 - no part of the start.

        seen = self._board.get(self._keys[error.node])
        if seen is None or not self.shows(error):
            return False
        known = [replace(fix, preferred=False) for fix in (*seen.fixes, *fixes)]
        self.offer(error.node, ranked(known))
        return True

    def no_more(self, error: CodeError) -> bool:
        """No more fixes are looked for, and those that were found stay; False if that was known."""
        key = self._keys[error.node]
        seen = self._board.get(key)
        if seen is None or seen.error is not error or not seen.searching:
            return False
        self._board.put(key, replace(seen, searching=False))
        return True

    def _made(self, node: str, status: Status, result: Result, **known: Any) -> None:
        self._digests[node] = result.blob.digest
        self._ended(node, status, result=result, **known)

    def _lines(self, ran: tuple[int, ...]) -> Lines | None:
        return Lines(self._plan, ran) if ran else None

    def _known(self, node: str, result: Result) -> Lines | None:
        """The lines of the run that made a value which is reused, if that was seen."""
        before = self._board.get(self._keys[node])
        if before is None or before.result is None or before.result.blob != result.blob:
            return None
        return before.lines

    def _ended(self, node: str, status: Status, **known: Any) -> None:
        self._board.settle(node, self._keys[node])
        parameters = self._plan.graph.links[node].data
        made_of = {name: self._digests[name] for name in parameters if name in self._digests}
        self._put(node, status, made_of=made_of, **known)

    def _put(self, node: str, status: Status, **known: Any) -> None:
        limits = limits_of(self._plan, node, self._settings)
        seen = Seen(status, self._plan, node=node, limits=limits, **known)
        self._board.put(self._keys[node], seen)

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

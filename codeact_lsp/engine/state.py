"""The state of one run: stimuli in, instructions out. No clock, no I/O, no asyncio.

Every move that a node can make stands in one table, `_MOVES`; whatever is not in it raises
`InvalidTransitionError` with the node's story. The shape follows the worker state machine of Dask's
`distributed`.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import ClassVar

from codeact_lsp.engine.messages import (
    ENDED,
    OCCUPYING,
    Begin,
    Cancel,
    Ended,
    Expired,
    Finish,
    Instruction,
    NodeState,
    NodeStimulus,
    Probe,
    Probed,
    Settled,
    Start,
    Stimulus,
    Stop,
    Task,
    Wake,
    Woken,
)
from codeact_lsp.engine.resources import Resources

_Move = Callable[..., list[Instruction]]


class InvalidTransitionError(Exception):
    """A stimulus came in a state that knows no such move: a defect of the engine."""


@dataclass(slots=True)
class _Progress:
    task: Task
    state: NodeState = NodeState.WAITING
    missing: set[str] = field(default_factory=set)
    attempts: int = 0
    not_before: float = 0.0
    lacking: tuple[str, ...] = ()
    story: list[str] = field(default_factory=list)


class RunState:
    """All nodes of one run, mutated through `handle` only."""

    def __init__(
        self, tasks: Iterable[Task], workers: int, capacities: dict[str, int] | None = None
    ) -> None:
        self._nodes = {task.name: _Progress(task) for task in tasks}
        self._workers = workers
        self._resources = Resources(capacities or {})
        self._dependents: dict[str, list[str]] = {name: [] for name in self._nodes}
        self._queue: list[tuple[float, int, str]] = []
        self._order = {name: index for index, name in enumerate(self._nodes)}
        self._ended_at: dict[str, float] = {}
        self._busy: set[str] = set()
        self._open = len(self._nodes)
        self._cancelled = False
        self._finished = False
        for name, progress in self._nodes.items():
            progress.missing = {d for d in progress.task.dependencies if d in self._nodes}
            for dependency in progress.missing:
                self._dependents[dependency].append(name)

    def state(self, node: str) -> NodeState:
        """The state of a node."""
        return self._nodes[node].state

    @property
    def cancelled(self) -> bool:
        """Whether the run was cancelled."""
        return self._cancelled

    def validate(self) -> None:
        """Check what must hold after every stimulus.

        Raises:
            AssertionError: It does not: a defect of the engine.
        """
        busy = {name for name, node in self._nodes.items() if node.state in OCCUPYING}
        assert busy == self._busy  # noqa: S101 - this method is the assertion.
        assert len(busy) <= self._workers  # noqa: S101 - as above.
        for name, node in self._nodes.items():
            before = [self.state(d) for d in node.task.dependencies if d in self._nodes]
            if node.state not in {NodeState.WAITING, NodeState.SKIPPED}:
                assert all(state is NodeState.DONE for state in before), name  # noqa: S101
            if node.state is NodeState.WAITING:
                assert not any(s in {NodeState.FAILED, NodeState.SKIPPED} for s in before)  # noqa: S101
        assert self._finished == all(n.state in ENDED for n in self._nodes.values())  # noqa: S101

    def handle(self, stimulus: Stimulus) -> list[Instruction]:
        """Take in what happened; return what to do about it.

        Raises:
            InvalidTransitionError: The stimulus cannot come in the node's state.
        """
        done: list[Instruction] = []
        match stimulus:
            case Begin():
                done += [Probe(name) for name, node in self._nodes.items() if not node.missing]
            case Cancel():
                self._cancelled = True
                for name in self._nodes:
                    done += self._move(name, stimulus)
            case NodeStimulus():
                done += self._move(stimulus.node, stimulus)
            case _:
                raise InvalidTransitionError(f"unknown stimulus {stimulus}")
        done += self._start_ready()
        if not self._finished and self._open == 0:
            self._finished = True
            done.append(Finish(self._cancelled))
        return done

    def _move(self, name: str, stimulus: Stimulus) -> list[Instruction]:
        node = self._nodes[name]
        move = self._MOVES.get((node.state, type(stimulus)))
        node.story.append(f"{stimulus.at:.3f} {node.state.value} {type(stimulus).__name__}")
        if move is None:
            raise InvalidTransitionError(f"{name}: " + "; ".join(node.story))
        return move(self, node, stimulus)

    def _enter(self, node: _Progress, state: NodeState) -> None:
        node.state = state
        (self._busy.add if state in OCCUPYING else self._busy.discard)(node.task.name)
        self._open -= state in ENDED

    def _stay(self, _node: _Progress, _stimulus: Stimulus) -> list[Instruction]:
        return []

    def _probed(self, node: _Progress, stimulus: Probed) -> list[Instruction]:
        if stimulus.hit:
            return self._done(node, at=0.0)
        node.not_before = self._not_before(node.task)
        return self._queue_up(node, stimulus.at)

    def _queue_up(self, node: _Progress, at: float) -> list[Instruction]:
        self._enter(node, NodeState.READY)
        if node.not_before > at:
            return [Wake(node.task.name, node.not_before)]
        self._push(node)
        return []

    def _woken(self, node: _Progress, _stimulus: Woken) -> list[Instruction]:
        self._push(node)
        return []

    def _ended(self, node: _Progress, stimulus: Ended) -> list[Instruction]:
        if stimulus.ok:
            return self._done(node, stimulus.at)
        return self._failed(node, stimulus)

    def _failed(self, node: _Progress, stimulus: Ended) -> list[Instruction]:
        if node.attempts <= node.task.retries:
            # Doubling from a tenth of a second: transient faults rarely last, stubborn ones do.
            node.not_before = stimulus.at + 0.1 * 2 ** (node.attempts - 1)
            return self._queue_up(node, stimulus.at)
        self._enter(node, NodeState.FAILED)
        return [Settled(node.task.name, node.state), *self._skip_dependents(node)]

    def _stopped(self, node: _Progress, stimulus: Ended) -> list[Instruction]:
        if stimulus.ok:  # It returned before the stop reached it.
            return self._done(node, stimulus.at)
        if self._cancelled:
            return self._skip(node, by=())
        return self._failed(node, stimulus)

    def _stop(self, node: _Progress, _stimulus: Stimulus) -> list[Instruction]:
        self._enter(node, NodeState.STOPPING)
        return [Stop(node.task.name)]

    def _cancel(self, node: _Progress, _stimulus: Cancel) -> list[Instruction]:
        return self._skip(node, by=())

    def _skip(self, node: _Progress, by: tuple[str, ...]) -> list[Instruction]:
        node.lacking = by
        self._enter(node, NodeState.SKIPPED)
        return [Settled(node.task.name, node.state, by)]

    def _skip_dependents(self, node: _Progress) -> list[Instruction]:
        """Skip all that waits for a failed node, however far down."""
        done: list[Instruction] = []
        pending = [node]
        while pending and not self._cancelled:  # After a cancel each got the cancel itself.
            for name in self._dependents[pending.pop().task.name]:
                dependent = self._nodes[name]
                if dependent.state is NodeState.WAITING:
                    done += self._skip(dependent, by=self._lacking(dependent))
                    pending.append(dependent)
        return done

    def _lacking(self, node: _Progress) -> tuple[str, ...]:
        """The failed nodes for whose lack `node` cannot run, as far as they are known."""
        roots: dict[str, None] = {}
        for name in node.task.dependencies:
            if name in self._nodes and self.state(name) is NodeState.FAILED:
                roots[name] = None
            elif name in self._nodes:
                roots.update(dict.fromkeys(self._nodes[name].lacking))
        return tuple(roots)

    def _done(self, node: _Progress, at: float) -> list[Instruction]:
        self._enter(node, NodeState.DONE)
        name = node.task.name
        self._ended_at[name] = at
        done: list[Instruction] = [Settled(name, node.state)]
        for dependent in self._dependents[name]:
            waiting = self._nodes[dependent]
            waiting.missing.discard(name)
            if not waiting.missing and waiting.state is NodeState.WAITING:
                done.append(Probe(dependent))
        return done

    def _not_before(self, task: Task) -> float:
        delays = [self._ended_at.get(name, 0.0) + seconds for name, seconds in task.delays]
        return max([task.earliest, *delays])

    def _push(self, node: _Progress) -> None:
        name = node.task.name
        heapq.heappush(self._queue, (-node.task.length, self._order[name], name))

    def _start_ready(self) -> list[Instruction]:
        started: list[Instruction] = []
        passed: list[tuple[float, int, str]] = []
        while self._queue and len(self._busy) < self._workers:
            entry = heapq.heappop(self._queue)
            node = self._nodes[entry[2]]
            if node.state is not NodeState.READY:
                continue
            if not self._resources.has_room(node.task, self._running_tasks()):
                passed.append(entry)
                continue
            self._enter(node, NodeState.RUNNING)
            node.attempts += 1
            started.append(Start(node.task.name, node.attempts))
        for entry in passed:
            heapq.heappush(self._queue, entry)
        return started

    def _running_tasks(self) -> list[Task]:
        return [self._nodes[name].task for name in self._busy]

    # The whole machine. The table pairs moves with the stimuli that they take; types cannot say so.
    _MOVES: ClassVar[dict[tuple[NodeState, type[Stimulus]], _Move]] = {
        (NodeState.WAITING, Probed): _probed,
        (NodeState.WAITING, Cancel): _cancel,
        (NodeState.READY, Woken): _woken,
        (NodeState.READY, Cancel): _cancel,
        (NodeState.READY, Expired): _stay,
        (NodeState.RUNNING, Ended): _ended,
        (NodeState.RUNNING, Expired): _stop,
        (NodeState.RUNNING, Cancel): _stop,
        (NodeState.RUNNING, Woken): _stay,
        (NodeState.STOPPING, Ended): _stopped,
        (NodeState.STOPPING, Expired): _stay,
        (NodeState.STOPPING, Cancel): _stay,
        # What was under way when the node ended may still arrive.
        **dict.fromkeys(product(ENDED, (Probed, Expired, Woken, Cancel)), _stay),
    }

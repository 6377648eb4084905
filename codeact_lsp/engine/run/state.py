"""The state of one run: stimuli in, instructions out. No clock, no I/O, no asyncio.

Every move that a node can make stands in one table, `_MOVES`; whatever is not in it raises
`InvalidTransitionError` with the node's story. The shape follows the worker state machine of Dask's
`distributed`.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import ClassVar

from codeact_lsp.engine.run.messages import (
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
    Overdue,
    Probe,
    Probed,
    Settled,
    Start,
    Stimulus,
    Stop,
    Task,
    Wake,
    Widened,
    Woken,
)
from codeact_lsp.engine.run.progress import Progress, validate
from codeact_lsp.engine.run.ready import ReadyQueue
from codeact_lsp.engine.run.resources import Resources

_Move = Callable[..., list[Instruction]]
_FIRST_BACK_OFF = 0.1
_LONGEST_BACK_OFF = 60.0


class InvalidTransitionError(Exception):
    """A stimulus came in a state that knows no such move: a defect of the engine."""


class RunState:
    """All nodes of one run, mutated through `handle` only."""

    def __init__(
        self, tasks: Iterable[Task], workers: int, capacities: Mapping[str, int] | None = None
    ) -> None:
        """Take the nodes of a run, how many may run at once, and the units of their resources."""
        self._nodes = {task.name: Progress(task) for task in tasks}
        self._workers = workers
        self._resources = Resources(capacities or {})
        self._dependents: dict[str, list[str]] = {name: [] for name in self._nodes}
        self._ready = ReadyQueue(self._resources)
        self._order = {name: index for index, name in enumerate(self._nodes)}
        self._ended_at: dict[str, float] = {}
        self._busy: set[str] = set()
        self._open = len(self._nodes)
        self._cancelled = False
        self._overdue = False
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

    @property
    def overdue(self) -> bool:
        """Whether the run has taken as long as it may."""
        return self._overdue

    def validate(self) -> None:
        """Check what must hold after every stimulus.

        Raises:
            AssertionError: It does not: a defect of the engine.
        """
        validate(self._nodes, self._workers)
        occupying = {name for name, node in self._nodes.items() if node.state in OCCUPYING}
        assert occupying == self._busy  # noqa: S101 - this method is the assertion.
        assert self._finished == all(n.state in ENDED for n in self._nodes.values())  # noqa: S101

    def handle(self, stimulus: Stimulus) -> list[Instruction]:
        """Take in what happened; return what to do about it.

        Raises:
            InvalidTransitionError: The stimulus cannot come in the node's state.
        """
        done: list[Instruction] = []
        match stimulus:
            case Begin():
                done += [self._ask(name) for name, node in self._nodes.items() if not node.missing]
            case Widened(workers=workers):
                self._workers = max(workers, self._workers)
            case Probed(hits=hits):
                self._ready.answered(hits)
                for name in hits:
                    done += self._move(name, stimulus)
            case Cancel() | Overdue():
                self._cancelled |= isinstance(stimulus, Cancel)
                self._overdue |= isinstance(stimulus, Overdue)
                self._ready.clear()
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

    def _enter(self, node: Progress, state: NodeState) -> None:
        before, node.state = node.state in OCCUPYING, state
        if before != (state in OCCUPYING):
            (self._busy.discard if before else self._busy.add)(node.task.name)
            (self._resources.release if before else self._resources.take)(node.task.resources)
        self._open -= state in ENDED

    def _stay(self, _node: Progress, _stimulus: Stimulus) -> list[Instruction]:
        return []

    def _probed(self, node: Progress, stimulus: Probed) -> list[Instruction]:
        if stimulus.hits[node.task.name]:
            return self._done(node, at=0.0)
        node.not_before = self._not_before(node.task)
        return self._queue_up(node, stimulus.at)

    def _queue_up(self, node: Progress, at: float) -> list[Instruction]:
        if self._overdue:
            return self._give_up(node)
        self._enter(node, NodeState.READY)
        if node.not_before > at:
            return [Wake(node.task.name, node.not_before)]
        self._push(node)
        return []

    def _woken(self, node: Progress, _stimulus: Woken) -> list[Instruction]:
        self._push(node)
        return []

    def _ended(self, node: Progress, stimulus: Ended) -> list[Instruction]:
        if stimulus.ok:
            return self._done(node, stimulus.at)
        return self._failed(node, stimulus)

    def _failed(self, node: Progress, stimulus: Ended) -> list[Instruction]:
        if node.attempts <= node.task.retries:
            # Doubling: transient faults rarely last, stubborn ones do.
            back_off = min(_FIRST_BACK_OFF * 2 ** (node.attempts - 1), _LONGEST_BACK_OFF)
            node.not_before = stimulus.at + back_off
            return self._queue_up(node, stimulus.at)
        return self._give_up(node)

    def _give_up(self, node: Progress, _stimulus: Stimulus | None = None) -> list[Instruction]:
        node.lacking = {node.task.name: None}
        self._enter(node, NodeState.FAILED)
        return [Settled(node.task.name, node.state), *self._release(node)]

    def _stopped(self, node: Progress, stimulus: Ended) -> list[Instruction]:
        if stimulus.ok:  # It returned before the stop reached it.
            return self._done(node, stimulus.at)
        if self._cancelled:
            return self._cancel(node, stimulus)
        return self._failed(node, stimulus)

    def _stop(self, node: Progress, _stimulus: Stimulus) -> list[Instruction]:
        self._enter(node, NodeState.STOPPING)
        return [Stop(node.task.name)]

    def _cancel(self, node: Progress, _stimulus: Stimulus) -> list[Instruction]:
        self._enter(node, NodeState.SKIPPED)
        return [Settled(node.task.name, node.state)]

    def _done(self, node: Progress, at: float) -> list[Instruction]:
        self._enter(node, NodeState.DONE)
        self._ended_at[node.task.name] = at
        return [Settled(node.task.name, node.state), *self._release(node)]

    def _release(self, ended: Progress) -> list[Instruction]:
        """Go on with what waited for this node alone: look it up, or skip it and what follows.

        A node is skipped once all before it have ended, so that it names all that hold it back.
        """
        done: list[Instruction] = []
        pending = [ended]
        while pending:
            before = pending.pop()
            for name in self._dependents[before.task.name]:
                node = self._nodes[name]
                node.missing.discard(before.task.name)
                node.lacking.update(before.lacking)
                if node.missing or node.state is not NodeState.WAITING:
                    continue
                if not node.lacking:
                    done.append(self._ask(name))
                    continue
                self._enter(node, NodeState.SKIPPED)
                done.append(Settled(name, node.state, tuple(node.lacking)))
                pending.append(node)
        return done

    def _not_before(self, task: Task) -> float:
        delays = [self._ended_at.get(name, 0.0) + seconds for name, seconds in task.delays]
        return max([task.earliest, *delays])

    def _push(self, node: Progress) -> None:
        self._ready.push(node.task, self._order[node.task.name])

    def _ask(self, name: str) -> Instruction:
        self._ready.expect(self._nodes[name].task)
        return Probe(name)

    def _start_ready(self) -> list[Instruction]:
        started: list[Instruction] = []
        while name := self._ready.pop(self._workers - len(self._busy)):
            node = self._nodes[name]
            self._enter(node, NodeState.RUNNING)
            node.attempts += 1
            started.append(Start(name, node.attempts))
        return started

    # The whole machine. The table pairs moves with the stimuli that they take; types cannot say so.
    _MOVES: ClassVar[dict[tuple[NodeState, type[Stimulus]], _Move]] = {
        (NodeState.WAITING, Probed): _probed,
        (NodeState.WAITING, Cancel): _cancel,
        (NodeState.WAITING, Overdue): _stay,
        (NodeState.READY, Woken): _woken,
        (NodeState.READY, Cancel): _cancel,
        (NodeState.READY, Expired): _stay,
        (NodeState.READY, Overdue): _give_up,
        (NodeState.RUNNING, Ended): _ended,
        (NodeState.RUNNING, Expired): _stop,
        (NodeState.RUNNING, Cancel): _stop,
        (NodeState.RUNNING, Overdue): _stop,
        (NodeState.RUNNING, Woken): _stay,
        (NodeState.STOPPING, Ended): _stopped,
        (NodeState.STOPPING, Expired): _stay,
        (NodeState.STOPPING, Cancel): _stay,
        (NodeState.STOPPING, Overdue): _stay,
        # What was under way when the node ended may still arrive.
        **dict.fromkeys(product(ENDED, (Probed, Expired, Woken, Cancel, Overdue)), _stay),
    }

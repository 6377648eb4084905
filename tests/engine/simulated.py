"""A run on a simulated clock: nodes take the time that is known beforehand."""

import heapq
from collections import Counter

from codeact_lsp.engine.run.messages import (
    Begin,
    Cancel,
    Ended,
    Expired,
    Finish,
    Instruction,
    NodeState,
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
from codeact_lsp.engine.run.state import RunState
from tests.engine.fates import GPUS, Fate

LIMIT = 5.0
GRACE = 0.05


class Simulation:
    """Carries instructions out on its own clock, and checks what has to hold at all times.

    Attributes:
        settled: How each node ended.
        ended_at: When the run was over.
    """

    def __init__(self, fates: list[Fate], tasks: list[Task], workers: int) -> None:
        self.settled: dict[str, Settled] = {}
        self.ended_at = 0.0
        self.now = 0.0
        self._fates = {fate.task.name: fate for fate in fates}
        self._state = RunState(tasks, workers, {"gpu": GPUS})
        self._workers = workers
        self._due: list[tuple[float, int, Stimulus]] = []
        self._count = 0
        self._running: dict[str, Ended | None] = {}
        self._attempts: dict[str, int] = {}
        self._finished = 0

    def run(self, cancel_at: float | None = None, widen: tuple[float, int] | None = None) -> None:
        """Play the run to its end."""
        self._at(Begin(0.0))
        if cancel_at is not None:
            self._at(Cancel(cancel_at))
        if widen:
            self._at(Widened(*widen))
        while self._due:
            _, _, stimulus = heapq.heappop(self._due)
            if isinstance(stimulus, Ended) and self._running.get(stimulus.node) is not stimulus:
                continue  # It was stopped, and has ended otherwise.
            self.now = stimulus.at
            self._tell(stimulus)
        assert self._finished == 1, "a run ends once"
        assert self.settled.keys() == self._fates.keys(), "and all its nodes with it"

    def _tell(self, stimulus: Stimulus) -> None:
        if isinstance(stimulus, Ended):
            del self._running[stimulus.node]
        if isinstance(stimulus, Widened):
            self._workers = max(self._workers, stimulus.workers)
        instructions = self._state.handle(stimulus)
        self._state.validate()
        probes = [each.node for each in instructions if isinstance(each, Probe)]
        if probes:
            hits = {name: self._fates[name].stored for name in probes}
            self._at(Probed(self.now, hits))
        for instruction in instructions:
            self._carry_out(instruction)

    def _carry_out(self, instruction: Instruction) -> None:
        match instruction:
            case Start(node, attempt):
                self._start(self._fates[node], attempt)
            case Stop(node):
                self._stop(node)
            case Wake(node, at):
                self._at(Woken(at, node))
            case Settled(node):
                assert node not in self.settled, "a node ends once"
                self.settled[node] = instruction
            case Finish():
                self._finished += 1
                self.ended_at = self.now
            case _:
                assert isinstance(instruction, Probe)

    def _start(self, fate: Fate, attempt: int) -> None:
        name, end = fate.task.name, fate.attempts[attempt - 1]
        self._attempts[name] = attempt
        assert self.now >= fate.task.earliest
        self._running[name] = None
        if end in {"expire", "just"}:
            self._at(Expired(self.now + LIMIT, name))
        else:
            self._ends(name, self.now + fate.seconds, ok=end == "ok")
        self._check_room()

    def _stop(self, name: str) -> None:
        """It ends soon; one that was to return by itself just then still does."""
        assert self._state.state(name) is NodeState.STOPPING
        just = self._fates[name].attempts[self._attempts[name] - 1] == "just"
        self._ends(name, self.now + GRACE, ok=just and not self._state.cancelled)

    def _ends(self, name: str, at: float, *, ok: bool) -> None:
        ended = Ended(at, name, ok)
        self._running[name] = ended
        self._at(ended)

    def _check_room(self) -> None:
        assert len(self._running) <= self._workers
        tasks = [self._fates[name].task for name in self._running]
        users = Counter(name for task in tasks for name, _ in task.resources)
        units = [amount for task in tasks for _, amount in task.resources]
        assert users["gpu"] <= 1 or (None not in units and sum(filter(None, units)) <= GPUS)

    def _at(self, stimulus: Stimulus) -> None:
        self._count += 1
        heapq.heappush(self._due, (stimulus.at, self._count, stimulus))

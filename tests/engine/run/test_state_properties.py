"""Any plan, with any outcomes in any order, comes to the end that a naive evaluation gives it."""

from random import Random

from hypothesis import event, given
from hypothesis import strategies as st

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
    Woken,
)
from codeact_lsp.engine.run.state import RunState
from tests.engine.fates import GPUS, Fate, ends, naive, random_plan

SKIPPED = NodeState.SKIPPED


class World:
    """Stands in for the shell: carries instructions out, and tells what came of them in any order.

    What is under way is a list of (what, node, number): "probe", "end" and "expire" of an attempt,
    and "wake", whose number is its time.
    """

    def __init__(self, fates: list[Fate], workers: int, random: Random) -> None:
        self.fates = {fate.task.name: fate for fate in fates}
        self.state = RunState([fate.task for fate in fates], workers, {"gpu": GPUS})
        self.workers = workers
        self.random = random
        self.now = 0.0
        self.under_way: list[tuple[str, str, float]] = []
        self.ran_at: dict[str, float] = {}
        self.settled: dict[str, Settled] = {}
        self.finished: list[Finish] = []

    def run(self, cancel_after: int | None) -> None:
        """Tell things until nothing is under way any more, in an order that is drawn."""
        self.tell(Begin(0.0))
        steps = 0
        while possible := [entry for entry in self.under_way if self.can_happen(*entry)]:
            if steps == cancel_after:
                self.tell(Cancel(self.now))
            else:
                entry = self.random.choice(possible)
                self.under_way.remove(entry)
                self.tell(self.happen(*entry))
            steps += 1

    def can_happen(self, what: str, node: str, number: float) -> bool:
        """A process that would never return does so only when it is told to."""
        stopping = self.state.state(node) is NodeState.STOPPING
        return what != "end" or stopping or self.attempt(node, number) in {"ok", "fail"}

    def attempt(self, node: str, number: float) -> str:
        return self.fates[node].attempts[int(number) - 1]

    def happen(self, what: str, node: str, number: float) -> Stimulus:
        self.now += self.random.choice([0.0, 0.05, 1.0])
        if what == "probe":
            return Probed(self.now, self.answers(node))
        if what == "wake":
            self.now = max(self.now, number)
            return Woken(self.now, node)
        if what == "expire":
            return Expired(self.now, node)
        if ("expire", node, number) in self.under_way:
            self.under_way.remove(("expire", node, number))
        ok = self.attempt(node, number) in {"ok", "just"}
        if self.state.cancelled:
            ok = ok and self.random.choice([True, False])
        if ok:
            self.ran_at[node] = self.now
        return Ended(self.now, node, ok)

    def answers(self, node: str) -> dict[str, bool]:
        """Some of what was asked is answered together."""
        together = [node]
        for entry in list(self.under_way):
            if entry[0] == "probe" and self.random.random() < 0.5:
                self.under_way.remove(entry)
                together.append(entry[1])
        return {name: self.fates[name].stored for name in together}

    def tell(self, stimulus: Stimulus) -> None:
        was_finished = bool(self.finished)
        instructions = self.state.handle(stimulus)
        self.state.validate()
        assert not (was_finished and instructions), "something came after the end"
        for instruction in instructions:
            self.carry_out(instruction)
        self.check_that_nobody_waits_in_vain()

    def carry_out(self, instruction: Instruction) -> None:
        match instruction:
            case Probe(node):
                self.under_way.append(("probe", node, 0))
            case Start(node, attempt):
                self.check_start(self.fates[node].task)
                self.under_way.append(("end", node, attempt))
                if self.attempt(node, attempt) in {"expire", "just"}:
                    self.under_way.append(("expire", node, attempt))
            case Stop(node):
                assert self.state.state(node) is NodeState.STOPPING
            case Wake(node, at):
                assert at > self.now
                self.under_way.append(("wake", node, at))
            case Settled(node):
                assert node not in self.settled, "a node ends once"
                self.settled[node] = instruction
            case Finish():
                self.finished.append(instruction)
            case _:
                raise AssertionError(instruction)

    def check_start(self, task: Task) -> None:
        assert not self.state.cancelled
        assert self.now >= task.earliest
        for name, seconds in task.delays:
            assert self.now >= self.ran_at.get(name, -seconds) + seconds
        claims = self.claims()
        assert len(claims) <= 1 or (None not in claims and sum(filter(None, claims)) <= GPUS)

    def check_that_nobody_waits_in_vain(self) -> None:
        """Where a worker is free, whoever is ready waits for a time or for a resource.

        A resource may be kept for another one that is ready and has the longer path, and a worker
        for one of which the store is being asked.
        """
        if len(self.busy()) == self.workers or any(what == "probe" for what, *_ in self.under_way):
            return
        asleep = {node for what, node, _ in self.under_way if what == "wake"}
        for name, fate in self.fates.items():
            if self.state.state(name) is NodeState.READY and name not in asleep:
                assert self.lacks_room(fate.task) or any(
                    other.task.length > fate.task.length and self.lacks_room(other.task)
                    for other in self.fates.values()
                    if self.state.state(other.task.name) is NodeState.READY
                    and other.task.name not in asleep
                )

    def lacks_room(self, task: Task) -> bool:
        (claim,) = [amount for _, amount in task.resources] or [0]
        claims = self.claims()
        free = GPUS - sum(filter(None, claims))
        return claim != 0 and bool(claims) and (claim is None or None in claims or claim > free)

    def busy(self) -> list[str]:
        states = NodeState.RUNNING, NodeState.STOPPING
        return [name for name in self.fates if self.state.state(name) in states]

    def claims(self) -> list[int | None]:
        tasks = [self.fates[name].task for name in self.busy()]
        return [amount for task in tasks for _, amount in task.resources]


@given(st.integers(1, 3), st.randoms(use_true_random=False))
def test_every_run_comes_to_the_end_of_a_naive_evaluation(workers: int, random: Random) -> None:
    fates = random_plan(random)
    world = World(fates, workers, random)
    world.run(cancel_after=None)
    assert world.finished == [Finish(cancelled=False)]
    assert ends(world.settled) == naive(fates)


@given(st.integers(1, 3), st.randoms(use_true_random=False), st.integers(0, 25))
def test_a_cancel_at_any_moment_ends_the_run(
    workers: int, random: Random, cancel_after: int
) -> None:
    fates = random_plan(random)
    world = World(fates, workers, random)
    world.run(cancel_after)
    assert world.finished == [Finish(world.state.cancelled)]
    expected = naive(fates)
    assert world.settled.keys() == expected.keys()
    for name, end in ends(world.settled).items():
        # A cancel may keep a node from its end, but never gives it another one.
        assert end in {expected[name], (SKIPPED, frozenset())}
    event("cancelled" if world.state.cancelled else "over before the cancel")

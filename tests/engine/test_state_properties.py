"""Any plan, with any outcomes in any order, comes to the end that a naive evaluation gives it."""

from dataclasses import dataclass
from random import Random

from hypothesis import event, given
from hypothesis import strategies as st

from codeact_lsp.engine.messages import (
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
from codeact_lsp.engine.state import RunState

GPUS = 2
DONE, FAILED, SKIPPED = NodeState.DONE, NodeState.FAILED, NodeState.SKIPPED


@dataclass(frozen=True)
class Fate:
    """A node, and what will come of it: whether it is stored, and how each attempt ends."""

    task: Task
    stored: bool
    attempts: tuple[str, ...]  # "ok", "fail", "expire", or "just": returns while it is stopped


@st.composite
def plans(draw: st.DrawFn) -> list[Fate]:
    fates: list[Fate] = []
    for index in range(draw(st.integers(1, 7))):
        names = [fate.task.name for fate in fates]
        before = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
        delayed = draw(st.lists(st.sampled_from(before), unique=True)) if before else []
        retries = draw(st.integers(0, 2))
        task = Task(
            name=f"n{index}",
            dependencies=tuple(before),
            length=draw(st.integers(1, 3)),
            resources=draw(st.sampled_from([(), (("gpu", None),), (("gpu", 1),), (("gpu", 2),)])),
            delays=tuple((name, draw(st.sampled_from([0.5, 3.0]))) for name in delayed),
            earliest=draw(st.sampled_from([0.0, 0.0, 4.0])),
            retries=retries,
        )
        ends = st.sampled_from(["ok", "ok", "fail", "expire", "just"])
        attempts = draw(st.lists(ends, min_size=retries + 1, max_size=retries + 1))
        fates.append(Fate(task, draw(st.booleans()), tuple(attempts)))
    return fates


def naive(fates: list[Fate]) -> dict[str, tuple[NodeState, set[str]]]:
    """The end of each node, and the failures that block it."""
    ends: dict[str, tuple[NodeState, set[str]]] = {}
    for fate in fates:
        before = {name: ends[name] for name in fate.task.dependencies}
        failed = {name for name, (state, _) in before.items() if state is FAILED}
        roots = failed.union(*(by for _, by in before.values()))
        runs = fate.stored or not {"ok", "just"}.isdisjoint(fate.attempts)
        end = SKIPPED if roots else DONE if runs else FAILED
        ends[fate.task.name] = end, roots
    return ends


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
            return Probed(self.now, node, hit=self.fates[node].stored)
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
        """Where a worker is free, whoever is ready waits for a time or for a resource."""
        if len(self.busy()) == self.workers:
            return
        asleep = {node for what, node, _ in self.under_way if what == "wake"}
        for name, fate in self.fates.items():
            if self.state.state(name) is NodeState.READY and name not in asleep:
                (claim,) = [amount for _, amount in fate.task.resources]
                claims = self.claims()
                free = GPUS - sum(filter(None, claims))
                assert claims
                assert claim is None or None in claims or claim > free

    def busy(self) -> list[str]:
        states = NodeState.RUNNING, NodeState.STOPPING
        return [name for name in self.fates if self.state.state(name) in states]

    def claims(self) -> list[int | None]:
        tasks = [self.fates[name].task for name in self.busy()]
        return [amount for task in tasks for _, amount in task.resources]


@given(plans(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_every_run_comes_to_the_end_of_a_naive_evaluation(
    fates: list[Fate], workers: int, random: Random
) -> None:
    world = World(fates, workers, random)
    world.run(cancel_after=None)
    assert world.finished == [Finish(cancelled=False)]
    expected = naive(fates)
    assert {name: told.state for name, told in world.settled.items()} == {
        name: state for name, (state, _) in expected.items()
    }
    for name, told in world.settled.items():
        # When a node is skipped, some of the failures that block it may still be to come.
        assert set(told.by) <= expected[name][1]
        assert bool(told.by) == (told.state is SKIPPED)


@given(plans(), st.integers(1, 3), st.randoms(use_true_random=False), st.integers(0, 25))
def test_a_cancel_at_any_moment_ends_the_run(
    fates: list[Fate], workers: int, random: Random, cancel_after: int
) -> None:
    world = World(fates, workers, random)
    world.run(cancel_after)
    assert world.finished == [Finish(world.state.cancelled)]
    assert set(world.settled) == set(world.fates)
    expected = naive(fates)
    for name, told in world.settled.items():
        # A cancel may keep a node from its end, but never gives it another one.
        assert told.state in {SKIPPED, expected[name][0]}
        assert set(told.by) <= expected[name][1]
    event("cancelled" if world.state.cancelled else "over before the cancel")

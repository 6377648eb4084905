"""A run's state that is told in short what happened, and checks itself every time."""

from codeact_lsp.engine.run.messages import (
    Begin,
    Cancel,
    Ended,
    Expired,
    Instruction,
    NodeState,
    Overdue,
    Probed,
    Stimulus,
    Task,
    Woken,
)
from codeact_lsp.engine.run.state import RunState


class Machine:
    """Each method tells the state one kind of thing and returns its instructions."""

    def __init__(self, *tasks: Task, workers: int = 2, **capacities: int) -> None:
        self.state = RunState(tasks, workers, capacities)
        self._names = [task.name for task in tasks]

    def tell(self, *stimuli: Stimulus) -> list[Instruction]:
        done: list[Instruction] = []
        for stimulus in stimuli:
            done += self.state.handle(stimulus)
            self.state.validate()
        return done

    def begin(self) -> list[Instruction]:
        return self.tell(Begin(0.0))

    def hit(self, *nodes: str, at: float = 0.0) -> list[Instruction]:
        return self.tell(Probed(at, dict.fromkeys(nodes, True)))

    def miss(self, *nodes: str, at: float = 0.0) -> list[Instruction]:
        return self.tell(Probed(at, dict.fromkeys(nodes, False)))

    def ok(self, *nodes: str, at: float = 0.0) -> list[Instruction]:
        return self.tell(*(Ended(at, node, ok=True) for node in nodes))

    def fail(self, *nodes: str, at: float = 0.0) -> list[Instruction]:
        return self.tell(*(Ended(at, node, ok=False) for node in nodes))

    def expire(self, node: str) -> list[Instruction]:
        return self.tell(Expired(0.0, node))

    def wake(self, node: str, at: float = 0.0) -> list[Instruction]:
        return self.tell(Woken(at, node))

    def cancel(self) -> list[Instruction]:
        return self.tell(Cancel(0.0))

    def overdue(self) -> list[Instruction]:
        return self.tell(Overdue(0.0))

    @property
    def states(self) -> dict[str, NodeState]:
        return {name: self.state.state(name) for name in self._names}


def started(*tasks: Task, workers: int = 2, **capacities: int) -> Machine:
    """A run whose nodes without dependencies were all not in the store."""
    machine = Machine(*tasks, workers=workers, **capacities)
    machine.begin()
    machine.miss(*(task.name for task in tasks if not task.dependencies))
    return machine

"""The environment: what the nodes ask for is done by our engine, confined as any run is."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, Unpack

from tapeagents.core import Action, Observation, StopStep
from tapeagents.environment import AsyncEnvironment, NoActionsToReactTo

from codeact_lsp.library.looping import LoopThread
from codeact_lsp.library.order import Options
from codeact_lsp.plan import Plan
from codeact_lsp.tape.steps import Revised
from codeact_lsp.tapeagents.bench import Bench
from codeact_lsp.tapeagents.observing import ended, found
from codeact_lsp.tapeagents.record import Record
from codeact_lsp.tapeagents.steps import (
    FindRepair,
    PlanTape,
    PlanWritten,
    RepairWanted,
    RunEnded,
    RunPlan,
    TryAnswer,
    given_on,
    plan_of,
    plans_on,
    task_of,
)


class PlanEnvironment(AsyncEnvironment):
    """Runs plans, and looks for repairs. Close it, or use it as a context manager.

    It may be used from any thread, and where an event loop runs: the engine has one of its own.

    Args:
        path: The plan's file, which need not exist: relative paths in the plan are relative to its
            folder, and its inputs file is read. Nothing is written to it.
        tape: A new file for a tape of ours, which `codeact tape` shows; None keeps none.
        options: How plans are run, as of `codeact_lsp.run`; what nodes may do is theirs to say.

    Raises:
        CodeActError: The interpreter, the folder of results or the tape cannot be used.
    """

    def __init__(
        self, path: Path | str, tape: Path | str | None = None, **options: Unpack[Options]
    ) -> None:
        super().__init__()
        self._record = Record.begin(Path(path), Path(tape) if tape else None, options)
        self._loop = LoopThread(self._end)
        self._bench = self._loop.do(Bench.opened(Path(path), options, self._record))

    def actions(self) -> tuple[type[Action], ...]:
        """What it can be asked for."""
        return RunPlan, FindRepair, TryAnswer

    def tools_description(self) -> str:
        """The same in words."""
        return "\n".join(f"- {each.get_kind()}: {each.__doc__}" for each in self.actions())

    def react(self, tape: PlanTape) -> PlanTape:
        """The tape with what came of the actions to which nothing has been observed yet.

        Raises:
            NoActionsToReactTo: There are none.
        """
        pending = list(_pending(tape))
        if not pending:
            raise NoActionsToReactTo("nothing was asked for since the last observation")
        for action in pending:
            for observation in self._loop.do(self._observed(action, tape)):
                tape = tape.append(observation)
        return tape

    async def areact(self, tape: PlanTape) -> PlanTape:
        """As `react`, from a coroutine."""
        return await asyncio.to_thread(self.react, tape)

    def close(self) -> None:
        """End what runs, and the processes that were kept ready."""
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def _observed(self, action: Action, tape: PlanTape) -> Sequence[Observation]:
        plan, bench = plan_of(tape), self._bench
        if plan is None:
            return [RunEnded(status="refused", problems=["There is no plan yet."])]
        self._record.catch_up(task_of(tape), [_revised(each) for each in plans_on(tape)])
        match action:
            case RunPlan():
                is_read = isinstance(plan, PlanWritten) and not plan.node
                given = given_on(tape)
                before = Plan.from_text(given.text) if given else None
                return ended(await bench.run(plan.text, before, is_read=is_read))
            case FindRepair(node=node):
                seen = {each.text for each in plans_on(tape)}
                return [found(node, await bench.repair(plan.text, node, seen))]
            case TryAnswer(node=node, answer=answer):
                return [found(node, await bench.answered(plan.text, node, answer, _said(tape)))]
            case _:
                self.raise_unexpected_action(action)
                return []

    async def _end(self) -> None:
        await self._bench.close()


def _pending(tape: PlanTape) -> Iterator[Action]:
    """The actions after the last observation: those before it have been reacted to."""
    observed = [at for at, each in enumerate(tape.steps) if isinstance(each, Observation)]
    last = observed[-1] if observed else -1
    since = (each for each in tape.steps[last + 1 :] if isinstance(each, Action))
    return (each for each in since if not isinstance(each, StopStep))


def _said(tape: PlanTape) -> list[str]:
    """What came of the answers of the model about the failure that it was asked about last."""
    wanted = (each for each in reversed(tape.steps) if isinstance(each, RepairWanted))
    last = next(wanted, None)
    return list(last.said) if last else []


def _revised(plan: Any) -> Revised:
    if isinstance(plan, PlanWritten):
        return Revised(text=plan.text, by=plan.by, title=plan.title, node=plan.node)
    return Revised(text=plan.text, by="file")

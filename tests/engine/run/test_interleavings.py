"""Edits, runs, cancels and results in any order: every value that is told is that of its own code.

Nodes run in this process here, so that thousands of orders can be tried; a few random plans run in
real processes too.
"""

import asyncio
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job
from codeact_lsp.engine.run.modes import MODES
from codeact_lsp.engine.run.runner import Run
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan
from codeact_lsp.worker import values
from tests.engine.instant import InstantExecutor

SESSIONS = int(os.environ.get("CODEACT_FUZZ_SESSIONS", "15"))
STEPS = 12


@dataclass(frozen=True)
class Made:
    """A plan that was made up: of each node its own number and what it takes.

    A node whose sum is a multiple of seven fails.
    """

    numbers: tuple[int, ...]
    takes: tuple[tuple[int, ...], ...]
    comment: int = 0

    @property
    def text(self) -> str:
        lines = [f"# {self.comment}"]
        for index, (number, takes) in enumerate(zip(self.numbers, self.takes, strict=True)):
            names = [f"n{other}" for other in takes]
            lines += [
                f"N{index} = {number}",
                f"def n{index}({', '.join(names)}):",
                f"    total = {' + '.join([f'N{index}', *names])}",
                "    if total % 7 == 0:",
                "        raise ValueError(total)",
                "    return total % 1000",
            ]
        return "\n".join(lines) + "\n"

    @property
    def ends(self) -> dict[str, int | str]:
        """What becomes of each node when all are evaluated in order."""
        ends: dict[str, int | str] = {}
        for index, (number, takes) in enumerate(zip(self.numbers, self.takes, strict=True)):
            taken = [ends[f"n{other}"] for other in takes]
            total = number + sum(value for value in taken if isinstance(value, int))
            blocked = any(isinstance(value, str) for value in taken)
            ends[f"n{index}"] = "blocked" if blocked else total % 1000 if total % 7 else "failed"
        return ends


def made_up(random: Random, nodes: int) -> Made:
    takes = [
        tuple(sorted(random.sample(range(index), random.randint(0, min(index, 3)))))
        for index in range(nodes)
    ]
    return Made(tuple(random.randint(1, 50) for _ in range(nodes)), tuple(takes))


def edited(random: Random, plan: Made) -> Made:
    """A comment, a number, or what a node takes is another one."""
    at = random.randrange(len(plan.numbers))
    match random.choice(["comment", "number", "takes"]):
        case "comment":
            return replace(plan, comment=plan.comment + 1)
        case "number":
            numbers = list(plan.numbers)
            numbers[at] = random.randint(1, 50)
            return replace(plan, numbers=tuple(numbers))
        case _:
            takes = list(plan.takes)
            takes[at] = tuple(sorted(random.sample(range(at), random.randint(0, min(at, 2)))))
            return replace(plan, takes=tuple(takes))


class Session:
    """A user who edits, runs and cancels without waiting for anything."""

    def __init__(self, engine: Engine, file: Path, random: Random) -> None:
        self.engine = engine
        self.file = file
        self.random = random
        self.versions = [made_up(random, random.randint(2, 8))]
        self.runs: list[tuple[Run, asyncio.Task[None]]] = []

    @property
    def plan(self) -> Made:
        return self.versions[-1]

    async def step(self) -> None:
        match self.random.choice(["edit", "edit", "undo", "run", "run", "cancel", "wait"]):
            case "edit":
                self.versions.append(edited(self.random, self.plan))
            case "undo":
                self.versions.append(self.random.choice(self.versions))
            case "run":
                self.start()
            case "cancel":
                for run, _ in self.runs:
                    run.cancel()
            case _:
                for _ in range(self.random.randrange(60)):
                    await asyncio.sleep(0)

    def start(self) -> "asyncio.Task[None]":
        """A new run supersedes those before; it does not wait until they have ended."""
        for run, _ in self.runs:
            run.cancel()
        made, plan = self.plan, Plan.from_text(self.plan.text)
        workers, mode = self.random.randint(1, 3), self.random.choice(MODES)
        job = make_job(plan, self.file, tuple(plan.nodes), workers=workers, mode=mode)
        run = self.engine.run(job)
        task = asyncio.create_task(self.follow(run, made))
        self.runs.append((run, task))
        return task

    async def follow(self, run: Run, made: Made) -> None:
        ended = {}
        async for event in run:
            if end := self.end(event):
                node, value = end
                assert node not in ended, "a node ends once"
                assert value in {made.ends[node], "cancelled"}, f"{node} in\n{made.text}"
                ended[node] = value
        assert isinstance(event, events.RunFinished)
        assert ended.keys() == made.ends.keys()
        assert (event.status == "cancelled") or ended == made.ends

    def end(self, event: events.Event) -> tuple[str, int | str] | None:
        match event:
            case events.NodeSucceeded(node=node, result=result):
                return node, self.value(result)
            case events.NodeCached(node=node, result=result):
                return node, self.value(result)
            case events.NodeFailed(node=node):
                return node, "failed"
            case events.NodeBlocked(node=node):
                return node, "blocked"
            case events.NodeCancelled(node=node):
                return node, "cancelled"
            case _:
                return None

    def value(self, result: Result) -> int:
        descriptor = self.engine.store.open_blob(result.blob)
        try:
            return int(values.load(descriptor))
        finally:
            os.close(descriptor)


@pytest.mark.parametrize("seed", range(SESSIONS))
async def test_no_order_of_edits_runs_and_cancels_leaves_a_value_of_other_code(
    seed: int, tmp_path: Path
) -> None:
    random = Random(seed)
    engine = Engine(tmp_path, sys.executable, InstantExecutor(random))
    try:
        session = Session(engine, tmp_path / "it.plan.py", random)
        for _ in range(STEPS):
            await session.step()
        last = session.start()
        async with asyncio.timeout(60):
            await asyncio.gather(*(task for _, task in session.runs))
            await last
            await session.start()  # And once more, from what the others left behind.
    finally:
        await engine.close()


@pytest.mark.e2e
@pytest.mark.parametrize("mode", MODES)
async def test_a_random_plan_in_real_processes_comes_to_its_naive_evaluation(
    mode: str, tmp_path: Path
) -> None:
    random = Random(mode)
    engine = Engine(tmp_path, sys.executable)
    try:
        for _ in range(3):
            session = Session(engine, tmp_path / "it.plan.py", random)
            plan = Plan.from_text(session.plan.text)
            job = make_job(plan, session.file, tuple(plan.nodes), workers=2, mode=mode)
            await session.follow(engine.run(job), session.plan)
    finally:
        await engine.close()

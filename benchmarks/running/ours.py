"""Our own engine, as the peers' drivers see theirs."""

import ast
import asyncio
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.peers.driving import WrongError
from benchmarks.peers.modules import helpers
from benchmarks.peers.shapes import Graph, module, name
from benchmarks.peers.tasks import WORKERS
from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.job import DEFAULT_TIMEOUT, Job
from codeact_lsp.engine.permissions.consent import DEFAULT_LEVEL, Consent
from codeact_lsp.engine.permissions.policies import decide
from codeact_lsp.engine.permissions.refusal import refused
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level
from codeact_lsp.sandbox.tiers import default_minimum

LIBRARIES = "import numpy\nimport pandas\n\n\n"
_HANDED_ON = """

def made():
    return _large({kind!r}, {megabytes})


def consumed(made):
    return _consume(made)
"""


@dataclass(frozen=True, slots=True)
class Way:
    """How nodes are run: without more being said, as users have it.

    Attributes:
        level: What they may do.
        isolated: Whether each of them runs, and in a process of its own: none is fused or reused.
        known: Whether their plan ran before, so that what they take is known; none is reused.
    """

    level: Level = DEFAULT_LEVEL
    isolated: bool = False
    known: bool = False


USUAL = Way()


class Codeact:
    """An engine, and a folder that its plans and its store lie in."""

    def __init__(self, runner: asyncio.Runner, engine: Engine, folder: Path, way: Way) -> None:
        self._runner = runner
        self._engine = engine
        self._folder = folder
        self._way = way
        self._numbers = count()

    def graph(self, made: Graph) -> Callable[[], int]:
        """What runs a graph, and gives the value of its last node."""
        job = self.job(module(made))
        if self._way.known:
            self.run(job)
        return lambda: int(self.run(job)[name(len(made) - 1)])

    def together(self, work: Callable[[float], Any], each: Sequence[float]) -> Callable[[], Any]:
        """What does the work as many times at once."""
        nodes = (
            f"def n{number}():\n    return _{work.__name__}({seconds})\n"
            for number, seconds in enumerate(each)
        )
        job = self.job(helpers() + "\n\n" + "\n\n".join(nodes))
        return lambda: self.run(job)

    def handed_on(self, kind: str, megabytes: int) -> Callable[[], tuple[float, float]]:
        """What makes a value in one node and consumes it in another."""
        text = helpers() + _HANDED_ON.format(kind=kind, megabytes=megabytes)
        job = self.job(text.replace("import time\n", "import time\n" + LIBRARIES, 1))

        def work() -> tuple[float, float]:
            total, own = ast.literal_eval(self.run(job)["consumed"])
            return float(total), float(own)

        return work

    def job(self, text: str) -> Job:
        """All of a plan, in a file that is new, so that the store has nothing of it."""
        file = self._folder / f"it_{next(self._numbers)}.plan.py"
        file.write_text(text, encoding="utf-8")
        return job_of(Plan.from_text(text), file, self._way)

    def run(self, job: Job) -> dict[str, str]:
        """The values as text, by node.

        Raises:
            WrongError: Not all nodes have one.
        """
        return previews(self.told(job))

    def require_tier(self) -> None:
        """Find out whether nodes may run on this machine; no time passes if that is known.

        Raises:
            WrongError: They may not; says why.
        """
        if refusal := self._runner.run(refused(self._engine.interpreter, default_minimum())):
            raise WrongError(refusal.message)

    def told(self, job: Job) -> list[events.Event]:
        """The events of a run."""
        return self._runner.run(_events(self._engine, job))


def job_of(plan: Plan, file: Path, way: Way = USUAL, *, checked: bool = False) -> Job:
    """The job that makes all of a plan.

    Args:
        plan: The plan.
        file: Its path; its folder is the workspace.
        way: How its nodes are run.
        checked: Whether the plan is known to have no problems.
    """
    problems = () if checked else None
    decided = decide(plan, file, file.parent, Consent(way.level))
    return make_job(
        plan,
        file,
        select(plan),
        problems,
        timeout=DEFAULT_TIMEOUT,
        workers=WORKERS,
        reuse=not (way.isolated or way.known),
        mode="parallel" if way.isolated else "adaptive",
        policies=decided.policies,
        minimum_tier=decided.minimum_tier,
    )


def previews(told: Sequence[events.Event]) -> dict[str, str]:
    """The values as text, by node.

    Raises:
        WrongError: A node failed.
    """
    for event in told:
        if isinstance(event, events.NodeFailed):
            raise WrongError(f"{event.node}: {event.error.headline}")
    kinds = events.NodeSucceeded | events.NodeCached
    return {each.node: each.result.preview.text for each in told if isinstance(each, kinds)}


def ran(told: Sequence[events.Event]) -> int:
    """How many nodes ran."""
    return sum(isinstance(event, events.NodeSucceeded) for event in told)


async def _events(engine: Engine, job: Job) -> list[events.Event]:
    return [event async for event in engine.run(job)]


@contextmanager
def codeact(way: Way = USUAL) -> Iterator[Codeact]:
    """An engine whose store is where the environment says, and whose plans are new.

    Raises:
        WrongError: No node may run on this machine; says why.
    """
    # Without links in it, as an editor and the command line name a workspace.
    with tempfile.TemporaryDirectory() as name, asyncio.Runner() as runner:
        folder = Path(name).resolve()
        engine = runner.run(_opened(folder))
        opened = Codeact(runner, engine, folder, way)
        try:
            if way.level is not Level.OFF:
                opened.require_tier()
            yield opened
        finally:
            runner.run(engine.close())


async def _opened(folder: Path) -> Engine:
    return Engine(folder)

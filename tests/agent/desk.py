"""A place for an agent to work at, and what came of it."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from codeact_lsp.agent import Bounds, Goal, Outcome, Workplace, pursue
from codeact_lsp.agent.dialogue import Dialogue
from codeact_lsp.agent.mending import Mender
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.model import Account, Model
from codeact_lsp.plan import Plan
from codeact_lsp.tape.steps import Step
from tests.openai_server.script import Turn, says
from tests.openai_server.server import OpenAIServer

Start = Callable[..., "subprocess.Popen[str]"]
"""Calls `codeact` with these arguments as a process of its own."""


def answers(code: str) -> Turn:
    """The model answers with code, in the form in which it was told to."""
    return says(f"```python\n{dedent(code).strip()}\n```\nEND OF PLAN\n")


def mends(code: str, why: str = "a slip") -> Turn:
    """The model answers with a repaired function."""
    return says(f"WHY: {why}\n```python\n{dedent(code).strip()}\n```\n<<END>>\n")


@dataclass
class Desk:
    """The plan lies in `file`; `steps` is all that was told."""

    folder: Path
    openai: OpenAIServer
    model: Model
    engine: Engine
    steps: list[Step] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """The plan's file."""
        return self.folder / "it.plan.py"

    @property
    def text(self) -> str:
        """The plan as it was saved."""
        return self.file.read_text(encoding="utf-8")

    def of(self, kind: type[Step]) -> list[Step]:
        """The steps of one kind."""
        return [step for step in self.steps if isinstance(step, kind)]

    def write(self, text: str) -> str:
        """Save a plan."""
        self.file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return self.text

    @property
    def place(self) -> Workplace:
        """The desk, as an agent sees it."""
        return Workplace(
            self.engine, self.file, "it.plan.py", self._job, self._save, self.steps.append
        )

    def dialogue(self, bounds: Bounds | None = None) -> Dialogue:
        """The model, as an agent asks it."""
        account = Account((bounds or Bounds()).budget)
        return Dialogue(self.model, account, self.steps.append)

    async def pursue(self, task: str, text: str | None = None, **bounds: float) -> Outcome:
        """Have the agent do a task, on the plan `text` if there is one."""
        limits = Bounds.of(bounds)
        dialogue = self.dialogue(limits)
        mender = Mender(self.engine, self.steps.append, dialogue)
        return await pursue(Goal(task, limits, text), self.place, mender, dialogue)

    def _job(self, plan: Plan) -> Job:
        return make_job(plan, self.file, select(plan))

    def _save(self, before: str | None, text: str) -> None:
        assert before is None or before == self.text
        self.file.write_text(text, encoding="utf-8")

"""One agent at work on an open plan: in memory, with a tape, with progress in the client."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

import codeact_lsp
from codeact_lsp.agent import Bounds, Goal, Workplace, pursue
from codeact_lsp.agent.dialogue import Dialogue
from codeact_lsp.agent.mending import Mender
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.model import Account
from codeact_lsp.plan import Plan, Source
from codeact_lsp.server.model_settings import model_settings
from codeact_lsp.server.preparing import prepare
from codeact_lsp.server.progress import RunProgress
from codeact_lsp.server.taping import shelf
from codeact_lsp.tape import TapeFileError, TapeWriter
from codeact_lsp.tape.keeping import new_tape
from codeact_lsp.tape.steps import Begun, Revised, Step
from codeact_lsp.tape.telling import said, told

if TYPE_CHECKING:
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer

_MOST_TOKENS_OF_A_PLAN = 16_000
# Near enough, and a draft is looked at often.
_NODE = re.compile(r"^(?:async )?def (?!_)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it.

    Attributes:
        ended: How it ended, as JSON data.
        text: The plan; None if none was made.
        tape: The path of the tape.
    """

    ended: dict[str, Any]
    text: str | None
    tape: str


async def carry_out(
    server: "PlanServer",
    opened: "OpenPlan",
    task: str,
    token: lsp.ProgressToken | None,
    *,
    runs: bool,
) -> Made:
    """Have an agent work on a plan; nothing of the editor's text is changed.

    Args:
        server: The server.
        opened: The plan, which is a file.
        task: What is to be done, in words.
        token: The client's own token for progress, if it has one.
        runs: Whether the plan is to be run and repaired.

    Raises:
        InputError: There can be no tape.
        OSError: The interpreter or the store cannot be used.
    """
    path = opened.path
    if path is None:
        raise AssertionError("what is no file was refused")
    settings = model_settings(server.session.settings_for(path))
    limits = replace(settings.limits, tokens=_MOST_TOKENS_OF_A_PLAN)
    model = server.models.get(replace(settings, limits=limits))
    text = opened.plan.source.text
    bounds = Bounds(tokens=settings.budget.tokens, dollars=settings.budget.money)
    goal = Goal(task, bounds, text if text.strip() else None, runs=runs)
    try:
        kept = shelf(server.session.settings_for(path).tape)
        tape = await asyncio.to_thread(new_tape, None, path, opened.inputs, kept)
    except TapeFileError as error:
        raise InputError(str(error)) from error
    shown = _Shown(server, opened, tape)
    working = asyncio.current_task()
    if working is None:
        raise AssertionError("a coroutine that runs has a task")
    title = "Working on the plan" if runs else "Writing the plan"
    shown.progress.begin(title, settings.model or "", lambda: _end(working), token)
    ended = "cancelled"
    try:
        shown.hear(_begun(goal, opened, settings.model or ""))
        if goal.text is not None:
            shown.hear(Revised(text=text, by="file"))
        engine = server.session.engine(path)
        dialogue = Dialogue(model, Account(settings.budget), shown.hear)
        place = Workplace(
            engine, path, path.name, _job(server, opened), _keep, shown.hear, shown.drafted
        )
        mender = Mender(engine, shown.hear, dialogue)
        outcome = await pursue(goal, place, mender, dialogue)
        ended = outcome.ended.status
    finally:
        shown.progress.end(ended)
        tape.close()
    return Made(told(outcome.ended, shown.source), outcome.text, str(tape.path))


def _begun(goal: Goal, opened: "OpenPlan", model: str) -> Begun:
    return Begun(
        command="agent" if goal.runs else "plan",
        task=goal.task,
        file=str(opened.path),
        shown=opened.path.name if opened.path else "",
        program=codeact_lsp.__version__,
        model=model,
        bounds=goal.bounds.as_data(),
    )


def _job(server: "PlanServer", opened: "OpenPlan") -> Callable[[Plan], Job]:
    return lambda plan: prepare(server.session, opened, tuple(plan.nodes), plan)[1]


def _keep(_before: str | None, _text: str) -> None:
    """Nothing is saved: the editor gets it all at once, in the end."""


class _Shown:
    """Puts the steps on a tape, and shows them to the client."""

    def __init__(self, server: "PlanServer", opened: "OpenPlan", tape: TapeWriter) -> None:
        self.progress = RunProgress(server, 0)
        self.source = Source("")
        self._server = server
        self._uri = opened.uri
        self._tape = tape

    def hear(self, step: Step) -> None:
        self._tape.write(step)
        if isinstance(step, Revised):
            self.source = Source(step.text)
        self.progress.says(said(step))
        self._notify("codeact/agent", told(step, self.source))

    def drafted(self, text: str) -> None:
        self.progress.says(f"{len(_NODE.findall(text))} nodes written")
        self._notify("codeact/draft", {"text": text})

    def _notify(self, method: str, data: dict[str, Any]) -> None:
        if self._server.session.client.takes_events:
            self._server.protocol.notify(method, {"uri": self._uri, **data})


def _end(task: "asyncio.Task[Any]") -> None:
    task.cancel()

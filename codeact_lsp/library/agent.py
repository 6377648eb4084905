"""From a task to its result, from Python: a model writes a plan, which is run and repaired."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self, Unpack, cast

import codeact_lsp
from codeact_lsp.agent import Bounds, Goal, Outcome, pursue
from codeact_lsp.agent.dialogue import Dialogue
from codeact_lsp.agent.mending import Mender
from codeact_lsp.engine.workspace.inputs import known_inputs
from codeact_lsp.library.errors import AgentError, SetupError, TapeError
from codeact_lsp.library.order import Options
from codeact_lsp.library.plan import Plan
from codeact_lsp.library.result import RunResult
from codeact_lsp.library.working import opened, workplace
from codeact_lsp.model import Account, Limits, Model, ModelSettings
from codeact_lsp.tape import TapeFileError, TapeWriter
from codeact_lsp.tape.keeping import new_tape
from codeact_lsp.tape.steps import Begun, Happened, Revised, Step, Stuck

_LIMITS = Limits(tokens=16_000, whole=600.0)
_OWN = ("model", "base_url", "bounds", "tape", "heard")


class AgentOptions(Options, total=False):
    """How to work on a task; what is left out is as on the command line.

    Attributes:
        model: The model, as "openai/gpt-5"; without it `CODEACT_MODEL`, else none is asked.
        base_url: Where it is served, if not by its provider.
        bounds: What all of it may take.
        tape: A new file for all that happens; without it one in the folder of your data.
        heard: Told of each step: see `codeact_lsp.tape.steps`.
    """

    model: str
    base_url: str
    bounds: Bounds
    tape: "Path | str"
    heard: Callable[[Step], None]


@dataclass(frozen=True)
class AgentResult:
    """What became of a task.

    Attributes:
        status: "done", "stuck" (nothing helps), "bounded" (something is used up), "refused" or
            "failed".
        message: Why, in a sentence; empty for "done".
        stuck: Where it does not go on: file, line and column from 1, node, error, what was tried.
        plan: The plan as it is now; None if there is none.
        run: What came of the last run; None if there was none.
        tape: The file that tells all of it.
    """

    status: str
    message: str
    stuck: Stuck | None
    plan: Plan | None
    run: RunResult | None
    tape: Path

    @property
    def ok(self) -> bool:
        """Whether the task is done."""
        return self.status == "done"

    def raise_for_status(self) -> Self:
        """Return this result, if the task is done.

        Raises:
            AgentError: It is not; the message says why, and where.
        """
        if self.ok:
            return self
        at = self.stuck
        place = f" At {at.file}:{at.line}:{at.column}: {at.error}" if at else ""
        raise AgentError(f"{self.message}{place}", self)


def work_on(task: str, path: "Path | str", **options: Unpack[AgentOptions]) -> AgentResult:
    """Write a plan for a task, run it, and repair it until it runs, or until nothing helps.

    A plan that exists is changed function by function. What nodes may do is as for `run`: the model
    has no say in it. Ctrl-C ends all of it; the tape tells what was done. In a coroutine, and in a
    notebook, use `awork_on`.

    Args:
        task: What is to be done, in words; empty where a plan that exists only has to run.
        path: The plan's file.
        options: See `AgentOptions`.

    Raises:
        TypeError: There is no such option, or it is of a wrong type.
        ValueError: The value of an option cannot be used.
        PlanFileError: The file cannot be read or written.
        TapeError: The tape cannot be written.
        SetupError: There is no model to write the plan, or nothing can be run here.
    """
    return asyncio.run(awork_on(task, path, **options))


async def awork_on(task: str, path: "Path | str", **options: Unpack[AgentOptions]) -> AgentResult:
    """As `work_on`, from a coroutine. To cancel it ends all that is under way."""
    return await _work(Path(path), task, options, runs=True)


def write_plan(task: str, path: "Path | str", **options: Unpack[AgentOptions]) -> AgentResult:
    """Have a model write a plan for a task, or change one function by function; nothing is run.

    What it writes is checked as `codeact check` does, and sent back while something is wrong.

    Args:
        task: What the plan is to do, in words.
        path: The plan's file.
        options: See `AgentOptions`.

    Raises:
        TypeError: There is no such option, or it is of a wrong type.
        ValueError: The value of an option cannot be used.
        PlanFileError: The file cannot be read or written.
        TapeError: The tape cannot be written.
        SetupError: There is no model.
    """
    return asyncio.run(awrite_plan(task, path, **options))


async def awrite_plan(
    task: str, path: "Path | str", **options: Unpack[AgentOptions]
) -> AgentResult:
    """As `write_plan`, from a coroutine."""
    return await _work(Path(path), task, options, runs=False)


async def _work(path: Path, task: str, options: AgentOptions, *, runs: bool) -> AgentResult:
    plain = cast(Options, {key: each for key, each in options.items() if key not in _OWN})
    goal = Goal(task, options.get("bounds", Bounds()), _text(path), runs=runs)
    chosen = ModelSettings.from_environment(options.get("model"), options.get("base_url"))
    if (goal.text is None or not runs) and not chosen.is_configured:
        raise SetupError("No model is configured: name one, or set CODEACT_MODEL.")
    settings = ModelSettings(chosen.model, chosen.base_url, _LIMITS, goal.bounds.budget)
    model = Model(settings)
    with _tape(options, path, plain.get("inputs", {})) as tape:
        told = _Told(tape, options.get("heard"))
        told.begin(goal, path, settings.model or "")
        try:
            outcome = await _pursued(goal, path, plain, model, told)
        finally:
            await model.close()
    return told.result(outcome, path)


def _text(path: Path) -> str | None:
    return Plan.load(path).text if path.exists() else None


async def _pursued(
    goal: Goal, path: Path, options: Options, model: Model, told: "_Told"
) -> Outcome:
    engine = opened(path, options)
    try:
        account = Account(goal.bounds.budget)
        dialogue = Dialogue(model, account, told.hear) if model.settings.is_configured else None
        mender = Mender(engine, told.hear, dialogue)
        return await pursue(goal, workplace(path, options, engine, told.hear), mender, dialogue)
    finally:
        await engine.close()


def _tape(options: AgentOptions, path: Path, inputs: Mapping[str, object]) -> TapeWriter:
    chosen = options.get("tape")
    try:
        return new_tape(Path(chosen) if chosen else None, path, known_inputs(path) | dict(inputs))
    except TapeFileError as error:
        raise TapeError(str(error)) from error


class _Told:
    """Puts the steps on the tape, hands them on, and keeps what the result is made of."""

    def __init__(self, tape: TapeWriter, heard: Callable[[Step], None] | None) -> None:
        self._tape = tape
        self._heard = heard
        self._run: list[Happened] = []

    def begin(self, goal: Goal, path: Path, model: str) -> None:
        self.hear(
            Begun(
                command="agent" if goal.runs else "plan",
                task=goal.task,
                file=str(path.resolve()),
                shown=str(path),
                program=codeact_lsp.__version__,
                model=model,
                bounds=goal.bounds.as_data(),
            )
        )
        if goal.text is not None:
            self.hear(Revised(text=goal.text, by="file"))

    def hear(self, step: Step) -> None:
        self._tape.write(step)
        if isinstance(step, Happened):
            if step.event.sequence == 0:
                self._run.clear()
            self._run.append(step)
        if self._heard:
            self._heard(step)

    def result(self, outcome: Outcome, path: Path) -> AgentResult:
        ended = outcome.ended
        plan = Plan.loads(outcome.text, path) if outcome.text is not None else None
        events = [step.event for step in self._run]
        run = RunResult.of(plan, events) if plan and events else None
        return AgentResult(ended.status, ended.message, ended.stuck, plan, run, self._tape.path)

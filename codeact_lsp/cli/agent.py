"""`codeact agent`: from a task to its result: plan, run, repair, and run again."""

import argparse
import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import codeact_lsp
from codeact_lsp.agent import Bounds, Goal, Outcome, pursue
from codeact_lsp.agent.dialogue import Dialogue
from codeact_lsp.agent.mending import Mender
from codeact_lsp.agent.resuming import Left, left_by
from codeact_lsp.cli import asking, jobs, plans, taping, works
from codeact_lsp.cli.exits import DONE, FAILED, USAGE, UsageError, complain
from codeact_lsp.cli.narrator import Narrator
from codeact_lsp.engine.session import Engine
from codeact_lsp.model import Account, Model, Spent
from codeact_lsp.plan import Source
from codeact_lsp.tape import Tape, TapeFileError, TapeWriter
from codeact_lsp.tape.keeping import new_tape
from codeact_lsp.tape.steps import Begun, Resumed, Revised, Step
from codeact_lsp.tape.telling import told

_STATUSES = {"done": DONE, "refused": USAGE}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "agent", help="write a plan for a task, run it, and repair it until it runs"
    )
    parser.add_argument("task", nargs="?", default="", metavar="TASK",
                        help="what is to be done, in words")  # fmt: skip
    works.add_output(parser)
    parser.add_argument("--resume", type=Path, metavar="TAPE",
                        help="go on where a tape broke off")  # fmt: skip
    asking.add_model(parser)
    asking.add_bounds(parser)
    jobs.add_job(parser)
    taping.add_tape(parser)
    plans.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Go from the task to its result, or to the place where nothing helps."""
    if bool(options.resume) == bool(options.output):
        raise UsageError("name the plan with -o FILE, or a tape to go on with by --resume TAPE")
    if options.resume and (options.task or options.tape):
        raise UsageError("--resume goes on with the task of its tape, and on that tape")
    return jobs.run_until_interrupted(lambda stop: work(options, "agent", stop))


async def work(options: argparse.Namespace, command: str, stop: asyncio.Event) -> int:
    """Do what `plan` or `agent` was called for; the status to end with."""
    sitting = _resumed(options) if options.resume else _begun(options, command)
    model = Model(asking.settings(sitting.options, sitting.left.goal.bounds))
    try:
        with sitting.tape, _heard(options, sitting) as tell:
            async with jobs.engine_for(sitting.options, sitting.path) as engine:
                outcome = await _work(sitting, model, engine, tell, stop)
    finally:
        await model.close()
    if sitting.tape.trouble:
        complain(UsageError(sitting.tape.trouble))
    if (outcome is None or outcome.ended.status != "done") and command == "agent":
        tape = sitting.tape.path
        complain(UsageError(f"the tape is {tape}; to go on: codeact agent --resume {tape}"))
    return _STATUSES.get(outcome.ended.status, FAILED) if outcome else FAILED


@dataclass(frozen=True, slots=True)
class _Sitting:
    """What is worked on, and how much of it is done.

    Attributes:
        options: The options that hold; those of a tape that is gone on with.
        first: The steps that tell of the beginning.
    """

    options: argparse.Namespace
    path: Path
    begun: Begun
    left: Left
    tape: TapeWriter
    first: tuple[Step, ...]


async def _work(
    sitting: _Sitting,
    model: Model,
    engine: Engine,
    tell: Callable[[Step], None],
    stop: asyncio.Event,
) -> Outcome | None:
    """Do the work; None if it was stopped."""
    for step in sitting.first:
        tell(step)
    left = sitting.left
    account = Account(left.goal.bounds.budget)
    account.add(left.spent)
    dialogue = Dialogue(model, account, tell, left.known) if model.settings.is_configured else None
    place = works.workplace(sitting.options, engine, sitting.path, sitting.begun.shown, tell)
    if left.is_unsaved:
        place.save(works.text_of(sitting.path), left.goal.text or "")
    mender = Mender(engine, tell, dialogue)
    task = asyncio.create_task(pursue(left.goal, place, mender, dialogue))
    jobs.cancel_when(task, stop)
    await asyncio.wait([task])
    return None if task.cancelled() else task.result()


def _begun(options: argparse.Namespace, command: str) -> _Sitting:
    path: Path = options.output
    text = works.text_of(path)
    if text is None and not options.task:
        raise UsageError(f"{path}: there is no such file; say what it is to do: codeact agent TASK")
    bounds = asking.bounds(options)
    settings = asking.settings(options, bounds)
    if (text is None or command == "plan") and not settings.is_configured:
        raise UsageError(asking.NO_MODEL)
    begun = Begun(
        command=command,
        task=options.task,
        file=str(path.resolve()),
        shown=str(path),
        program=codeact_lsp.__version__,
        model=settings.model or "",
        bounds=bounds.as_data(),
        options=tuple(works.as_arguments(options)),
    )
    first: tuple[Step, ...] = (begun,)
    if text is not None:
        first = (begun, Revised(text=text, by="file"))
    goal = Goal(options.task, bounds, text, runs=command == "agent")
    try:
        tape = new_tape(options.tape, path, works.named(options, path))
    except TapeFileError as error:
        raise UsageError(str(error)) from error
    return _Sitting(options, path, begun, Left(goal, Spent(), ()), tape, first)


def _resumed(options: argparse.Namespace) -> _Sitting:
    try:
        tape = Tape.load(options.resume)
        path = Path(tape.begun.file)
        named = works.named(options, path)
        writer = tape.continued(named, works.text_of(path) or "")
        kept = works.from_arguments(tape.begun.options, options)
        bounds = asking.bounds(options, Bounds.of(tape.begun.bounds))
        left = left_by(tape, works.text_of(path), bounds, named)
    except TapeFileError as error:
        raise UsageError(str(error)) from error
    resumed = Resumed(program=codeact_lsp.__version__)
    return _Sitting(kept, path, tape.begun, left, writer, (resumed,))


@contextmanager
def _heard(options: argparse.Namespace, sitting: _Sitting) -> Iterator[Callable[[Step], None]]:
    """Whoever is told of the steps: the tape first, then people or a program."""
    source = Source(sitting.left.goal.text or "")

    def print_json(step: Step) -> None:
        nonlocal source
        if isinstance(step, Revised):
            source = Source(step.text)
        print(json.dumps(told(step, source)), flush=True)

    with Narrator(sitting.begun, sitting.left.goal.text or "") as narrator:
        show = print_json if options.json else narrator.tell

        def tell(step: Step) -> None:
            sitting.tape.write(step)
            show(step)

        yield tell

"""A plan of a script as a place for an agent to work at."""

from collections.abc import Callable
from pathlib import Path

from codeact_lsp.agent import Workplace
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.library.errors import InvalidInputError, InvalidPlanError, PlanFileError
from codeact_lsp.library.order import Options, make_order
from codeact_lsp.library.plan import Plan
from codeact_lsp.plan import Plan as Snapshot
from codeact_lsp.tape.steps import Step


def opened(path: Path, options: Options) -> Engine:
    """The engine that a plan needs, whatever is in it.

    Raises:
        SetupError: The interpreter or the folder of results cannot be used.
    """
    return make_order(Plan.loads("", path), (), _without_inputs(options)).open_engine()


def workplace(
    path: Path, options: Options, engine: Engine, tell: Callable[[Step], None]
) -> Workplace:
    """The place; the plan is saved in its file."""

    def job(plan: Snapshot) -> Job:
        try:
            return make_order(Plan(plan, path.resolve()), (), options).job
        except InvalidPlanError as error:
            raise PlanError(list(error.problems)) from error
        except InvalidInputError as error:
            raise InputError(str(error)) from error

    def save(before: str | None, text: str) -> None:
        if before is not None and Plan.load(path).text != before:
            message = f"{path}: it was changed meanwhile; nothing was written to it."
            raise PlanFileError(message)
        try:
            with path.open("x" if before is None else "w", encoding="utf-8", newline="") as file:
                file.write(text)
        except OSError as error:
            message = f"{path}: {error.strerror}."
            raise PlanFileError(message) from error

    return Workplace(engine, path.resolve(), str(path), job, save, tell)


def _without_inputs(options: Options) -> Options:
    """Options for a plan that has no inputs yet."""
    others = options.copy()
    others.pop("inputs", None)
    return others

"""Options that say what to run, and the engine to run it with."""

import argparse
import asyncio
import os
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from codeact_lsp.cli import permits
from codeact_lsp.cli.exits import INTERRUPTED, UsageError, complain
from codeact_lsp.engine.choosing import UnknownNodeError, make_job, select
from codeact_lsp.engine.job import DEFAULT_TIMEOUT, Job
from codeact_lsp.engine.run.modes import MODES
from codeact_lsp.engine.run.runner import Run
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.store import Store, unusable
from codeact_lsp.engine.workspace.folders import store_folder
from codeact_lsp.engine.workspace.inputs import InputError, parse_assignments, read_inputs
from codeact_lsp.engine.workspace.interpreter import NoInterpreterError
from codeact_lsp.engine.workspace.workspace import find_workspace
from codeact_lsp.plan import Plan

_ENDING = (signal.SIGINT, signal.SIGTERM)
_TEXT = re.compile(r"(?:str|(?:\w+\.)?(?:Pure)?Path)(?:\s*\|\s*None)?")


def add_job(parser: argparse.ArgumentParser) -> None:
    """Add the options that `run` and `fix` share."""
    parser.add_argument("--node", action="append", default=[], help="run this and what it needs")
    parser.add_argument(
        "--input", action="append", default=[], metavar="NAME=VALUE", help="give an input a value"
    )
    parser.add_argument("--workers", type=positive, default=os.cpu_count() or 1, metavar="N",
                        help="how many nodes may run at once (%(default)s)")  # fmt: skip
    parser.add_argument("--mode", choices=MODES, default="adaptive",
                        help="whether that many do (%(default)s)")  # fmt: skip
    parser.add_argument("--timeout", type=amount("seconds"), default=DEFAULT_TIMEOUT,
                        metavar="SECONDS",
                        help="for a node that sets none; 0 sets none (%(default)g)")  # fmt: skip
    parser.add_argument("--interpreter", metavar="PYTHON", help="the Python that runs the nodes")
    parser.add_argument("--resource", action="append", default=[], metavar="NAME=N",
                        help="how many units there are of a counted resource (1)")  # fmt: skip
    parser.add_argument("--no-cache", action="store_true", help="run all, reuse no earlier result")
    permits.add_options(parser)


def make(options: argparse.Namespace, plan: Plan, path: Path) -> Job:
    """The job that the options ask for.

    Raises:
        UsageError: An input or a node is not what the plan needs.
        PlanError: The plan has errors.
    """
    try:
        given = parse_assignments(options.input, _texts(plan))
        decided = permits.decided(options, plan, path)
        return make_job(
            plan,
            path.resolve(),
            select(plan, options.node),
            named=given,
            inputs=read_inputs(path) | given,
            timeout=options.timeout or None,
            capacities=_capacities(options.resource),
            workers=options.workers,
            mode=options.mode,
            reuse=not options.no_cache,
            policies=decided.policies,
            minimum_tier=decided.minimum_tier,
            run_time=decided.run_time,
            notes=decided.notes,
            imports=decided.imports,
        )
    except (InputError, UnknownNodeError) as error:
        raise UsageError(str(error)) from error


def _capacities(assignments: Iterable[str]) -> dict[str, int]:
    capacities: dict[str, int] = {}
    for assignment in assignments:
        name, _, amount = assignment.partition("=")
        if not name or not amount.isdecimal() or int(amount) == 0:
            raise UsageError(f"--resource expects NAME=N with N above 0, not '{assignment}'.")
        capacities[name] = int(amount)
    return capacities


def _texts(plan: Plan) -> set[str]:
    """The inputs whose annotation asks for text."""
    parameters = (parameter for node in plan.nodes for parameter in plan.inputs(node))
    return {p.name for p in parameters if p.annotation and _TEXT.fullmatch(p.annotation)}


@asynccontextmanager
async def engine_for(options: argparse.Namespace, path: Path) -> AsyncIterator[Engine]:
    """The engine of the plan's workspace.

    Raises:
        UsageError: The interpreter or the store cannot be used.
    """
    try:
        engine = Engine(find_workspace(path), _from_here(options.interpreter))
    except NoInterpreterError as error:
        raise UsageError(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise unusable_store(error) from error
    tell_troubles(engine.store)
    try:
        yield engine
    finally:
        await engine.close()
        tell_troubles(engine.store)


def unusable_store(error: OSError | sqlite3.Error) -> UsageError:
    """Why there is no store, and what to do."""
    return UsageError(unusable(store_folder(), error))


def tell_troubles(store: Store) -> None:
    """Tell what people should know of the store, and have not been told."""
    for trouble in store.troubles.take():
        complain(UsageError(trouble))


def _from_here(interpreter: str | None) -> str | None:
    """A path as the command line means it: relative to where it was typed."""
    if interpreter and Path(interpreter).is_file():
        return str(Path(interpreter).absolute())
    return interpreter


def run_until_interrupted(
    work: Callable[[asyncio.Event], Coroutine[Any, Any, int]],
) -> int:
    """Run `work`, which is told by an event that it is to stop.

    Ctrl-C says so, and so does who ends the process as `kill` does; a second time ends it at once.
    """
    heard: list[signal.Signals] = []

    async def main() -> int:
        interrupted = asyncio.Event()
        loop = asyncio.get_running_loop()

        def interrupt(number: signal.Signals) -> None:
            heard.append(number)
            interrupted.set()
            for each in _ENDING:
                loop.remove_signal_handler(each)

        for number in _ENDING:
            loop.add_signal_handler(number, interrupt, number)
        status = await work(interrupted)
        return INTERRUPTED if interrupted.is_set() else status

    status = asyncio.run(main())
    if signal.SIGTERM in heard:
        # All is tidied up now, and whoever sent it gets to see that it was heeded.
        sys.stdout.flush()
        signal.raise_signal(signal.SIGTERM)
    return status


def positive(text: str) -> int:
    """A whole number above 0, as an argument's type."""
    if not text.isdecimal() or int(text) == 0:
        message = f"expected a number above 0, not '{text}'"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def amount(unit: str) -> Callable[[str], float]:
    """A number of `unit`, 0 or more, as an argument's type."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number < float("inf"):
            message = f"expected {unit}, not '{text}'"
            raise argparse.ArgumentTypeError(message)
        return number

    return read


def cancel_when(run: "Run | asyncio.Task[Any]", stop: asyncio.Event) -> None:
    """Cancel a run, or a task, as soon as `stop` is set."""

    async def wait() -> None:
        await stop.wait()
        run.cancel()

    task = asyncio.create_task(wait())
    _waiting.add(task)
    task.add_done_callback(_waiting.discard)


_waiting: set[asyncio.Task[None]] = set()

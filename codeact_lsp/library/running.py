"""Run a plan from Python: at once, from a coroutine, or event by event."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import aclosing, closing
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypedDict, Unpack

from codeact_lsp.engine.events import Event
from codeact_lsp.engine.inputs import plain, read_inputs
from codeact_lsp.engine.interpreter import NoInterpreterError
from codeact_lsp.engine.job import Job, Mode, make_job, require_known, select
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace import find_workspace
from codeact_lsp.library.errors import SetupError, translated
from codeact_lsp.library.plan import Plan
from codeact_lsp.library.result import RunResult

_TIMEOUT = 60.0


class Options(TypedDict, total=False):
    """How to run a plan; what is left out is as on the command line.

    Attributes:
        inputs: Values of inputs, by name: plain data, dates and paths. They go before those of the
            plan's inputs file.
        mode: "adaptive" (the default), "parallel" or "sequential".
        workers: How many nodes may run at once; without it as many as there are processors.
        timeout: Seconds for nodes without a `Timeout:`; 60, and None sets none.
        reuse: Whether results of earlier runs may be used; True.
        resources: How many units there are of counted resources, by name; 1 of each.
        interpreter: The Python that runs the nodes; without it, the workspace's.
    """

    inputs: Mapping[str, Any]
    mode: Mode
    workers: int
    timeout: float | None
    reuse: bool
    resources: Mapping[str, int]
    interpreter: "str | Path | None"


def run(plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]) -> RunResult:
    """Run a plan to its end. Nodes that fail raise nothing: see `RunResult.raise_for_status`.

    It works where an event loop is running already, as in a notebook, though that loop stands still
    meanwhile; in a coroutine use `arun`. Ctrl-C ends the nodes' processes, and then raises
    `KeyboardInterrupt` as usual.

    Args:
        plan: A plan, or the path of one.
        nodes: The nodes to run, with all that they need; without any, all nodes.
        options: See `Options`.

    Raises:
        PlanFileError: The file cannot be read.
        InvalidPlanError: The plan has errors.
        UnknownNodeError: The plan has no such node.
        InvalidInputError: An input is missing, unknown, or cannot be used.
        SetupError: The interpreter or the folder of results cannot be used.
    """
    order = _order(plan, nodes, options)
    with closing(_from_thread(order)) as happened:
        return RunResult.of(order.plan, happened)


async def arun(plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]) -> RunResult:
    """As `run`, from a coroutine. To cancel it ends the nodes' processes."""
    order = _order(plan, nodes, options)
    async with aclosing(_stream(order)) as happened:
        return RunResult.of(order.plan, [event async for event in happened])


def events(
    plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]
) -> Generator[Event, None, None]:
    """As `run`, event by event; the last one is `RunFinished`. To close it cancels the run."""
    return _from_thread(_order(plan, nodes, options))


def stream(
    plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]
) -> AsyncGenerator[Event, None]:
    """As `events`, for `async for`.

    Whoever leaves the loop early has it closed at once by `contextlib.aclosing`.
    """
    return _stream(_order(plan, nodes, options))


@dataclass(frozen=True, slots=True)
class _Order:
    """What to run, and with which Python."""

    plan: Plan
    job: Job
    interpreter: str | None


def _order(plan: "Plan | Path | str", nodes: tuple[str, ...], options: Options) -> _Order:
    read = plan if isinstance(plan, Plan) else Plan.load(plan)
    interpreter = options.get("interpreter")
    with translated():
        given = {name: plain(name, value) for name, value in options.get("inputs", {}).items()}
        require_known(read.snapshot, given)
        job = make_job(
            read.snapshot,
            read.path,
            select(read.snapshot, nodes),
            inputs=read_inputs(read.path) | given,
            timeout=options.get("timeout", _TIMEOUT),
            workers=options.get("workers", os.cpu_count() or 1),
            mode=options.get("mode", "adaptive"),
            reuse=options.get("reuse", True),
            capacities=options.get("resources", {}),
        )
    return _Order(read, job, str(interpreter) if interpreter else None)


async def _stream(order: _Order) -> AsyncGenerator[Event, None]:
    try:
        engine = Engine(find_workspace(order.plan.path), order.interpreter)
    except NoInterpreterError as error:
        raise SetupError(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        message = f"The folder of results cannot be used: {error}. See CODEACT_CACHE_DIR."
        raise SetupError(message) from error
    try:
        # The run has to be over before its engine goes.
        async with aclosing(aiter(engine.run(order.job))) as happened:
            async for event in happened:
                yield event
    finally:
        await engine.close()


def _from_thread(order: _Order) -> Generator[Event, None, None]:
    """The events of a run that has a thread, and so an event loop, of its own."""
    thread = _Thread(order)
    thread.start()
    try:
        while (told := thread.told.get()) is not None:
            if isinstance(told, BaseException):
                raise told
            yield told
    finally:
        thread.cancel()
        thread.join()


class _Thread(threading.Thread):
    """Runs a plan, and tells its events, an error if there is one, and last None."""

    def __init__(self, order: _Order) -> None:
        super().__init__(name=f"codeact {order.plan.path.name}")
        self.told: SimpleQueue[Event | BaseException | None] = SimpleQueue()
        self._order = order
        self._began = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._task: asyncio.Task[None]

    def run(self) -> None:
        try:
            with asyncio.Runner() as runner:
                self._loop = runner.get_loop()
                self._task = self._loop.create_task(self._follow())
                self._began.set()
                self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass  # As was asked for; nobody listens any more.
        except Exception as error:  # noqa: BLE001 - it is raised where the events are taken.
            self.told.put(error)
        finally:
            self._began.set()
            self.told.put(None)

    def cancel(self) -> None:
        """End the run, if it has not ended."""
        self._began.wait()
        try:
            self._loop.call_soon_threadsafe(self._task.cancel)
        except RuntimeError:
            return  # The loop is closed: it has ended.

    async def _follow(self) -> None:
        async with aclosing(_stream(self._order)) as happened:
            async for event in happened:
                self.told.put(event)

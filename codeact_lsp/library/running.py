"""Run a plan from Python: at once, from a coroutine, or event by event."""

from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, closing
from pathlib import Path
from typing import Unpack

from codeact_lsp.engine.events import Event
from codeact_lsp.library.order import Options, Order, make_order
from codeact_lsp.library.plan import Plan
from codeact_lsp.library.result import RunResult
from codeact_lsp.library.session import Session


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
        TypeError: There is no such option, or it is of a wrong type.
        ValueError: The value of an option cannot be used.
        PlanFileError: The file cannot be read.
        InvalidPlanError: The plan has errors.
        UnknownNodeError: The plan has no such node.
        InvalidInputError: An input is missing, unknown, or cannot be used.
        SetupError: The interpreter or the folder of results cannot be used.
    """
    order = make_order(plan, nodes, options)
    with closing(_once(order)) as happened:
        return RunResult.of(order.plan, happened)


async def arun(plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]) -> RunResult:
    """As `run`, from a coroutine. To cancel it ends the nodes' processes."""
    order = make_order(plan, nodes, options)
    async with aclosing(_stream(order)) as happened:
        return RunResult.of(order.plan, [event async for event in happened])


def events(
    plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]
) -> Generator[Event, None, None]:
    """As `run`, event by event; the last one is `RunFinished`. To close it cancels the run."""
    return _once(make_order(plan, nodes, options))


def stream(
    plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]
) -> AsyncGenerator[Event, None]:
    """As `events`, for `async for`.

    Whoever leaves the loop early has it closed at once by `contextlib.aclosing`.
    """
    return _stream(make_order(plan, nodes, options))


async def _stream(order: Order) -> AsyncGenerator[Event, None]:
    engine = order.open_engine()
    try:
        # The run has to be over before its engine goes.
        async with aclosing(aiter(engine.run(order.job))) as happened:
            async for event in happened:
                yield event
    finally:
        await engine.close()


def _once(order: Order) -> Generator[Event, None, None]:
    with Session() as session:
        yield from session.follow(order)

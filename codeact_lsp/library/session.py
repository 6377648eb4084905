"""Several calls that share what each would have to start for itself."""

import asyncio
from collections.abc import Generator
from contextlib import aclosing, closing
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self, Unpack

from codeact_lsp.engine.events import Event
from codeact_lsp.engine.run.runner import Run
from codeact_lsp.engine.session import Engine
from codeact_lsp.library.looping import LoopThread
from codeact_lsp.library.order import Options, Order, make_order
from codeact_lsp.library.plan import Plan
from codeact_lsp.library.result import RunResult

_CLOSED = "the session is closed"

_Told = SimpleQueue["Event | asyncio.Task[None]"]


class Session:
    """Runs plans, and keeps the store open and worker processes ready between its calls.

    Use it as a context manager, or close it. It may be used from several threads at once; the runs
    have a thread and an event loop of their own.
    """

    def __init__(self) -> None:
        """Begin. Worker processes start with the first call that needs them."""
        self._engines: dict[tuple[Path, str | None], Engine] = {}
        self._runs: dict[asyncio.Task[None], Run] = {}
        self._loop = LoopThread(self._end)

    def run(self, plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]) -> RunResult:
        """As the function `run`, at less cost from the second call on."""
        order = make_order(plan, nodes, options)
        with closing(self.follow(order)) as happened:
            return RunResult.of(order.plan, happened)

    def events(
        self, plan: "Plan | Path | str", *nodes: str, **options: Unpack[Options]
    ) -> Generator[Event, None, None]:
        """As the function `events`, at less cost from the second call on."""
        return self.follow(make_order(plan, nodes, options))

    def follow(self, order: Order) -> Generator[Event, None, None]:
        """The events of a run; to close them cancels it.

        Raises:
            RuntimeError: The session is closed.
        """
        if self._loop.is_over:
            raise RuntimeError(_CLOSED)
        told: _Told = SimpleQueue()
        run, task = self._loop.do(self._begin(order, told))
        try:
            while isinstance(each := told.get(), Event):
                yield each
            each.result()
        finally:
            if not task.done():
                self._loop.soon(run.cancel)
                while isinstance(told.get(), Event):
                    pass  # Nobody listens any more, but the run has to be over.

    def close(self) -> None:
        """End all runs and worker processes."""
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def _end(self) -> None:
        for run in self._runs.values():
            run.cancel()
        await asyncio.gather(*self._runs, return_exceptions=True)
        for engine in self._engines.values():
            await engine.close()

    async def _begin(self, order: Order, told: _Told) -> "tuple[Run, asyncio.Task[None]]":
        if self._loop.is_closing:
            raise RuntimeError(_CLOSED)
        run = self._engine(order).run(order.job)
        task = asyncio.create_task(_follow(run, told))
        self._runs[task] = run
        task.add_done_callback(self._runs.pop)
        task.add_done_callback(told.put)
        return run, task

    def _engine(self, order: Order) -> Engine:
        key = (order.workspace, order.interpreter)
        if key not in self._engines:
            self._engines[key] = order.open_engine()
        return self._engines[key]


async def _follow(run: Run, told: _Told) -> None:
    async with aclosing(aiter(run)) as happened:
        async for event in happened:
            told.put(event)

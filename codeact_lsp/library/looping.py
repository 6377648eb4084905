"""An event loop in a thread of its own, for callers that have none or are inside of another."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


class LoopThread:
    """An event loop that runs until it is closed. It may be used from several threads at once."""

    def __init__(self, at_end: Callable[[], Awaitable[None]]) -> None:
        """Begin.

        Args:
            at_end: What the loop does last, once it is closed.
        """
        self._at_end = at_end
        self._ending = threading.Lock()
        self._loop: asyncio.AbstractEventLoop
        self._closing: asyncio.Event
        began = threading.Event()
        # A loop that nobody closes must not keep a script from ending.
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._live(began)), name="codeact", daemon=True
        )
        self._thread.start()
        began.wait()

    @property
    def is_closing(self) -> bool:
        """Whether it has been closed: nothing may be begun in it any more."""
        return self._closing.is_set()

    @property
    def is_over(self) -> bool:
        """Whether it has done what it does last."""
        return not self._thread.is_alive()

    def do(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Have it done in the loop, and wait; who is interrupted meanwhile takes it back."""
        doing = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return doing.result()
        finally:
            doing.cancel()  # Of no effect once it has ended.

    def soon(self, call: Callable[[], object]) -> None:
        """Have it called in the loop, and do not wait."""
        self._loop.call_soon_threadsafe(call)

    def close(self) -> None:
        """Do what is done last, and end; of no effect once it has ended."""
        with self._ending:
            if not self.is_over:
                self.soon(self._closing.set)
                self._thread.join()

    async def _live(self, began: threading.Event) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        began.set()
        await self._closing.wait()
        await self._at_end()

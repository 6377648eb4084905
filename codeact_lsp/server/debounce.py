"""Do something once, soon or when nothing else happens, however often it is asked for."""

import asyncio
from collections.abc import Callable


class Debounce:
    """Runs `action` on the event loop `seconds` after the first of a burst of requests."""

    def __init__(self, seconds: float, action: Callable[[], None]) -> None:
        self._seconds = seconds
        self._action = action
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether the action was asked for and is still to come."""
        return self._timer is not None

    def schedule(self) -> None:
        """Ask for the action."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._seconds, self.flush)

    def cancel(self) -> None:
        """Ask no more."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def flush(self) -> None:
        """Act now if the action was asked for."""
        if self._timer:
            self.cancel()
            self._action()


class Idle:
    """Runs `action` on the event loop once nothing has stirred for `seconds`."""

    def __init__(self, seconds: float, action: Callable[[], None]) -> None:
        self._seconds = seconds
        self._action = action
        self._stirred = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def stir(self) -> None:
        """Something happened; the action follows once it was the last for a while."""
        self._stirred = asyncio.get_running_loop().time()
        if self._timer is None:
            self._wait(self._seconds)

    def cancel(self) -> None:
        """Forget what happened."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _wait(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        left = self._stirred + self._seconds - asyncio.get_running_loop().time()
        if left > 0:
            self._wait(left)
        else:
            self._timer = None
            self._action()

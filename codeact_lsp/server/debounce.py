"""Do something soon, once, however often it is asked for."""

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

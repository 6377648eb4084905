"""The lower end of a terminal while a plan runs: what runs, how far it is, how long it may take."""

import time
from collections.abc import Callable, Iterator

from rich.console import Console, ConsoleOptions
from rich.live import Live
from rich.text import Text

from codeact_lsp.engine import events
from codeact_lsp.plan.visible import visible

_REFRESHES_A_SECOND = 8
_MOST_ROWS = 10
# What else a small terminal shows should not be pushed out of it.
_SHARE_OF_HEIGHT = 0.5
_MINUTE, _HOUR = 60, 3600


class Progress:
    """A row for the run and one for each running node; drawn anew on its own, so that time goes on.

    Use it as a context manager. On what is no terminal it draws nothing.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._expected: float | None = None
        self._nodes: int | None = None
        self._ended = 0
        self._running: dict[str, float] = {}
        self._live = Live(
            self,
            console=console,
            transient=True,
            refresh_per_second=_REFRESHES_A_SECOND,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._is_drawn = console.is_terminal and not console.is_dumb_terminal

    def start(self) -> None:
        """Begin to draw."""
        if self._is_drawn:
            self._live.start()

    def stop(self) -> None:
        """Draw no more, and leave nothing of it on the terminal."""
        self._live.stop()

    def note(self, event: events.Event) -> None:
        """Take in an event."""
        match event:
            case events.RunStarted(nodes=nodes, expected=expected):
                self._nodes, self._expected = len(nodes), expected
            case events.NodeStarted(node=node):
                self._running.setdefault(node, self._clock())
            case (
                events.NodeSucceeded(node=node)
                | events.NodeCached(node=node)
                | events.NodeFailed(node=node)
                | events.NodeBlocked(node=node)
                | events.NodeCancelled(node=node)
            ):
                self._running.pop(node, None)
                self._ended += 1
            case _:
                pass

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Draw it, no larger than the terminal leaves room for."""
        now = self._clock()
        # A thread of its own draws, while events come in.
        running = list(self._running.items())
        room = max(min(int(console.height * _SHARE_OF_HEIGHT) - 1, _MOST_ROWS), 0)
        for node, began in running[:room]:
            yield _row(f"  {visible(node)}  {said_clock(now - began)}", "cyan")
        yield _row(self._summary(now, max(len(running) - room, 0)), "bold")

    def _summary(self, now: float, hidden: int) -> str:
        elapsed = now - self._began
        if self._nodes is None:
            return f"getting ready: what confines nodes here is tried out, {said_clock(elapsed)}"
        parts = [f"{self._ended} of {self._nodes} nodes", said_clock(elapsed)]
        left = 0.0 if self._expected is None else self._expected - elapsed
        if left >= 1:  # Less is over before it is read.
            parts.append(f"about {said_clock(left)} left")
        if hidden:
            parts.append(f"{hidden} more running")
        return ", ".join(parts)


def said_clock(seconds: float) -> str:
    """A time that goes on, as people read it: `7 s`, `2:05 min`, `1:00:03 h`."""
    whole = max(int(seconds), 0)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE}:{whole % _MINUTE:02} min"
    return f"{whole // _HOUR}:{whole % _HOUR // _MINUTE:02}:{whole % _MINUTE:02} h"


def _row(text: str, style: str) -> Text:
    return Text(text, style, no_wrap=True, overflow="ellipsis")

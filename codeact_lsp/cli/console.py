"""The console that people read: as wide as the terminal, and endless in a pipe."""

from typing import NoReturn

from rich.console import Console

_ENDLESS = 100_000


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the command how to end; the base class exits as if a node had failed."""
        raise BrokenPipeError


def console() -> Console:
    """A console for standard output. Text in a pipe is never broken, so that tools can read it."""
    # What is printed is text of plans and paths, which may look like markup and is none.
    made = _Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = _ENDLESS
    return made

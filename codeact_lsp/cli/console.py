"""The console that people read: as wide as the terminal, and endless in a pipe."""

from rich.console import Console

_ENDLESS = 100_000


def console() -> Console:
    """A console for standard output. Text in a pipe is never broken, so that tools can read it."""
    made = Console(highlight=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = _ENDLESS
    return made

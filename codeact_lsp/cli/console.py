"""The console that people read: as wide as the terminal, and endless in a pipe."""

from rich.console import Console

_ENDLESS = 100_000


def console() -> Console:
    """A console for standard output. Text in a pipe is never broken, so that tools can read it."""
    # What is printed is text of plans and paths, which may look like markup and is none.
    made = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = _ENDLESS
    return made

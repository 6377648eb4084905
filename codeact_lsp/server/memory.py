"""Keep the garbage collector from what will stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Of three generations the oldest, counted in collections of the one before. Many small looks at it
# are better than one that somebody who types would feel.
_WHOLE_AFTER = 3
_OLDEST = 2


@contextmanager
def for_long() -> Iterator[None]:
    """Make objects that live as long as an open plan, or as the server.

    The syntax trees of a large plan are hundreds of thousands of objects without cycles. To look
    through them again and again while they are made doubles the time to open it, and later is what
    makes one keystroke in twenty slow. They still go when the last reference to them does.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def collect_in_small() -> None:
    """Have each object looked at in one whole collection at most, until `collect_all` is called.

    What survives one is what plans and their runs consist of. A process of hundreds of thousands of
    such objects else stops for 30 to 60 ms every few seconds of typing.
    """
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _WHOLE_AFTER)
    _keep_all()
    gc.callbacks.append(_collected)


def collect_all() -> None:
    """Look at everything, which takes long: what was kept from the collector may be garbage now."""
    gc.unfreeze()
    gc.collect()
    _keep_all()


def _keep_all() -> None:
    gc.freeze()
    # CPython puts a whole collection off until a quarter as much is new as the last one has left.
    gc.collect()


def _collected(phase: str, info: dict[str, Any]) -> None:
    if phase == "stop" and info["generation"] == _OLDEST:
        gc.freeze()

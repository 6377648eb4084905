"""Keep the garbage collector from what will stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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

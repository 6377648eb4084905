"""The client's process: when it ends without a word, so do we."""

import asyncio
import os
from collections.abc import Callable


def watch(process: int, ended: Callable[[], None]) -> Callable[[], None]:
    """Call `ended` once `process` has ended; return what stops watching.

    Where the system cannot tell (not Linux, or the client's process is of another container), the
    end of the input has to.
    """
    try:
        descriptor = os.pidfd_open(process)
    except (AttributeError, OSError, OverflowError):
        return lambda: None
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if loop.remove_reader(descriptor):
            os.close(descriptor)

    def gone() -> None:
        stop()
        ended()

    loop.add_reader(descriptor, gone)
    return stop

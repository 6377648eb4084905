"""Keeps a zygote: whatever happens to it, nothing that it or its nodes started is left.

The keeper only waits, so it has no reason to end before the zygote does; and should it, then the
zygote goes on without one.
"""

import os
from collections.abc import Callable
from typing import NoReturn

from . import processes

Serve = Callable[[list[str], int], NoReturn]


def keep(preload: list[str], serve: Serve) -> NoReturn:
    """Run the zygote until it ends; then kill what is left below it, and end in the same way.

    Args:
        preload: What the zygote is to import.
        serve: What the zygote does, given `preload` and a descriptor. To that it writes the name of
            a module before it ends if it wants a successor that does without it.
    """
    processes.die_with_parent()
    processes.adopt_orphans()
    while True:
        status, unwanted = _kept(preload, serve)
        if unwanted not in preload:
            os._exit(status if status >= 0 else 128 - status)
        # What lies in it would import it, too.
        preload = [name for name in preload if not f"{name}.".startswith(f"{unwanted}.")]


def _kept(preload: list[str], serve: Serve) -> tuple[int, str]:
    """How one zygote ended, and the module that its successor is to do without."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        serve(preload, writing)
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    processes.kill_left_behind(pid, set())
    unwanted = os.read(reading, 4096).decode()
    os.close(reading)
    return os.waitstatus_to_exitcode(status), unwanted

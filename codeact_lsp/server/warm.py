"""Load in idle time what the first run, hover, misspelt name or repair would otherwise wait for."""

import asyncio
import threading
import time
from collections.abc import Callable
from importlib import import_module
from itertools import accumulate

from codeact_lsp.sandbox import mechanisms
from codeact_lsp.server.memory import for_long

# They are no part of the start, which an editor waits for.
_MODULES = (
    "networkx",
    "rapidfuzz.process",
    "rapidfuzz.distance",
    "codeact_lsp.server.features.code_action",
    "codeact_lsp.server.features.refactor",
    "griffe",
    "codeact_lsp.engine.failures.blame",
    "codeact_lsp.repair.rules",
    "libcst.metadata",
    "_strptime",
)
_FOR_A_RUN = "codeact_lsp.engine.session"
_FOR_REPAIRS = ("codeact_lsp.repair", "codeact_lsp.repair.memory.lessons")
_IDLE_SECONDS = 0.2


def for_a_run() -> None:
    """Load the engine, and ask what the machine can enforce, while a client begins its session.

    It takes some 15 ms, which are no part of the start, and which a client needs as well before it
    opens a plan. Nothing of a workspace is looked at.
    """
    mechanisms.begin()
    with for_long():
        import_module(_FOR_A_RUN)


def for_repairs() -> None:
    """Load what looks for fixes, unless idle time has; it takes 0.1 s, so call it in a thread."""
    for name in _FOR_REPAIRS:
        _load_one(name)


def soon(is_busy: Callable[[], bool]) -> asyncio.TimerHandle:
    """Begin when the first document has been read.

    Args:
        is_busy: Whether something goes first, such as a run, whose worker imports a lot as well.
            It is asked in another thread.
    """
    return asyncio.get_running_loop().call_later(_IDLE_SECONDS, _begin, is_busy)


def _begin(is_busy: Callable[[], bool]) -> None:
    threading.Thread(target=_load, args=(is_busy,), name="codeact-warm", daemon=True).start()


def _load(is_busy: Callable[[], bool]) -> None:
    for name in _MODULES:
        while is_busy():
            time.sleep(_IDLE_SECONDS)
        _load_one(name)


def _load_one(name: str) -> None:
    with for_long():
        # From the outside in: of two threads that come to a package from both ends, one gets half
        # of a module, since else they would wait for each other.
        for whole in accumulate(name.split("."), "{}.{}".format):
            import_module(whole)

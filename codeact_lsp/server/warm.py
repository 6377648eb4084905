"""Load in idle time what the first hover, misspelt name or repair would otherwise wait for."""

import asyncio
import threading
from importlib import import_module
from itertools import accumulate

from codeact_lsp.server.memory import for_long

# They are no part of the start, which an editor waits for.
_MODULES = (
    "networkx",
    "rapidfuzz.process",
    "rapidfuzz.distance",
    "codeact_lsp.server.features.code_action",
    "codeact_lsp.server.features.refactor",
    "griffe",
    "codeact_lsp.engine.session",
    "codeact_lsp.repair.rules",
    "libcst.metadata",
    "_strptime",
)
_IDLE_SECONDS = 0.2


def soon() -> asyncio.TimerHandle:
    """Begin when the first document has been read."""
    return asyncio.get_running_loop().call_later(_IDLE_SECONDS, _begin)


def _begin() -> None:
    threading.Thread(target=_load, name="codeact-warm", daemon=True).start()


def _load() -> None:
    with for_long():
        for name in _MODULES:
            # From the outside in: of two threads that come to a package from both ends, one gets
            # half of a module, since else they would wait for each other.
            for whole in accumulate(name.split("."), "{}.{}".format):
                import_module(whole)

"""What a plan imports, imported ahead of its nodes."""

import contextlib
import importlib
import os
import sys

from . import installed


def preload(names: list[str]) -> str | None:
    """Import `names`; one that cannot be imported is the business of the node that needs it.

    Args:
        names: Full names; what is below a package need not be a module.

    Returns:
        The first module that started threads. The process must not be forked then: they would be
        missing in its child, and so would whoever is to unlock what they hold.
    """
    threaded = None
    for name in names:
        # An import may raise anything, even what ends a process.
        with contextlib.suppress(BaseException):
            if installed.is_installed(name.partition(".")[0]):
                _load(name)
        if threaded is None and _threads() > 1:
            threaded = name
    return threaded


def _load(name: str) -> None:
    """As `from` does it: what a package has by the name of one of its modules stays as it is."""
    package, _, member = name.rpartition(".")
    if not package or not hasattr(importlib.import_module(package), member):
        importlib.import_module(name)


def _threads() -> int:
    """Threads of this process, those that Python knows nothing of among them (Linux)."""
    return len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 1

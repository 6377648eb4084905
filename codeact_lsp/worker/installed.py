"""Which files belong to the interpreter, and not to somebody's working copy."""

import functools
import importlib.util
import os
import sysconfig

_KINDS = ("stdlib", "platstdlib", "purelib", "platlib")


@functools.cache
def folders() -> tuple[str, ...]:
    """The real paths of the interpreter's library folders, each with a separator at its end."""
    return tuple({os.path.realpath(sysconfig.get_path(kind)) + os.sep for kind in _KINDS})


def is_installed(module: str) -> bool:
    """Whether a top-level module comes with the interpreter or was installed for it.

    A package that is installed in place changes under our hands. Its node imports it itself, so
    that each run has it as it is, and its files are among those that the node was seen to read.
    """
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        return False
    if spec.origin in {"built-in", "frozen"}:
        return True
    return os.path.realpath(spec.origin).startswith(folders())

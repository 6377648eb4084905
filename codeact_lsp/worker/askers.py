"""Whose code asked: the plan's and what lies beside it, or what is installed."""

import os
import sys
import types

from . import installed

_OURS = f"{__package__}."


class Askers:
    """Tells the workspace's code from the interpreter's and from that of installed packages."""

    def __init__(self) -> None:
        self._folders = (*installed.folders(), os.path.dirname(__file__) + os.sep)
        self._known: dict[str, bool] = {}

    def is_own(self, frame: types.FrameType | None) -> bool:
        """Whether a frame runs the plan's code, or a module that lies in the workspace."""
        if frame is None:
            return False
        file = frame.f_code.co_filename
        if file not in self._known:
            frozen = file.startswith("<frozen ")
            self._known[file] = not frozen and not os.path.realpath(file).startswith(self._folders)
        return self._known[file]


def asker(passing: frozenset[str] = frozenset()) -> types.FrameType | None:
    """The innermost frame that is not ours.

    Args:
        passing: Modules that only pass on what others ask for: their frames are left out too.
    """
    frame: types.FrameType | None = sys._getframe(1)  # noqa: SLF001 - there is no public way.
    while frame is not None and _passes(module_of(frame), passing):
        frame = frame.f_back
    return frame


def module_of(frame: types.FrameType) -> str:
    """The name of the module whose code a frame runs."""
    return str(frame.f_globals.get("__name__", ""))


def _passes(module: str, passing: frozenset[str]) -> bool:
    return module in passing or module.startswith(_OURS)

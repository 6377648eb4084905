"""Which lines of the plan ran, recorded at next to no cost: each line is told of once.

From Python 3.12 on the interpreter itself counts (PEP 669); before that, a trace function is called
for each line of the plan, and of nothing else.
"""

import sys
import threading
import types
from collections.abc import Callable
from typing import Any

_NAME = "codeact-lines"
_TOOLS = range(6)
_monitoring: Any = getattr(sys, "monitoring", None)


class Lines:
    """The lines of one file that ran, from `start` on."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._ran: set[int] = set()

    def start(self) -> None:
        """Record from now on."""
        if _monitoring:
            _monitor(self._note)
        else:
            threading.settrace(self._trace)
            sys.settrace(self._trace)

    def ran(self) -> list[int]:
        """The lines so far, 1-based and in order."""
        return sorted(self._ran)

    def _note(self, code: types.CodeType, line: int) -> Any:
        if code.co_filename == self._file:
            self._ran.add(line)
        return _monitoring.DISABLE

    def _trace(self, frame: types.FrameType, _event: str, _argument: Any) -> Any:
        return self._trace_line if frame.f_code.co_filename == self._file else None

    def _trace_line(self, frame: types.FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            self._ran.add(frame.f_lineno)
        return self._trace_line


def _monitor(note: Callable[[types.CodeType, int], Any]) -> None:
    tool = next(number for number in _TOOLS if _monitoring.get_tool(number) is None)
    _monitoring.use_tool_id(tool, _NAME)
    _monitoring.register_callback(tool, _monitoring.events.LINE, note)
    _monitoring.set_events(tool, _monitoring.events.LINE)

"""Reading the clock: no audit event tells of it.

Only what the plan's own code asks counts. Libraries look at the clock all the time, to log, to
measure, to wait; hardly ever does it come to be in a value.
"""

import ctypes
import datetime as dt
import gc
import sys
import time
from collections.abc import Callable
from typing import Any

from .askers import Askers, asker
from .effects import Effects
from .gate import Gate, replace

# Timers: they tell how long something takes, and not when it was.
_TIMERS = frozenset(
    getattr(time, name)
    for name in dir(time)
    if name.startswith("CLOCK_") and name not in {"CLOCK_REALTIME", "CLOCK_TAI"}
)
# Which argument, if it is given, makes them independent of the clock.
_FUNCTIONS = {
    "asctime": 0,
    "ctime": 0,
    "gmtime": 0,
    "localtime": 0,
    "strftime": 1,
    "time": 0,
    "time_ns": 0,
}


class Clocks:
    """Puts functions that tell of themselves in the place of those that read the clock."""

    def __init__(self, effects: Effects, askers: Askers, gate: Gate) -> None:
        self._effects = effects
        self._askers = askers
        self._read = gate.guarded(self._note)

    def watch(self) -> None:
        """Begin to watch. `date.today` and `datetime.today` call `time.time` themselves."""
        for name in _FUNCTIONS:
            replace(time, name, self._telling)
        for name in ("clock_gettime", "clock_gettime_ns"):
            if hasattr(time, name):
                replace(time, name, self._telling_of_clock)
        self._watch_datetime()

    def _telling_of_clock(self, before: Callable[..., Any]) -> Callable[..., Any]:
        def read(clock: int) -> Any:
            if clock not in _TIMERS:
                self._read(f"time.{before.__name__}")
            return before(clock)

        return read

    def _telling(self, before: Callable[..., Any]) -> Callable[..., Any]:
        index = _FUNCTIONS[before.__name__]

        def read(*arguments: Any) -> Any:
            if len(arguments) <= index or arguments[index] is None:
                self._read(f"time.{before.__name__}")
            return before(*arguments)

        return read

    def _watch_datetime(self) -> None:
        """The class is immutable, and a subclass in its place would be another class to plans.

        So its methods are replaced where they are kept. If that is no dictionary any more, in some
        Python to come, `datetime.now` is not seen, and all else is as it was.
        """
        kept = gc.get_referents(dt.datetime.__dict__)
        if sys.implementation.name != "cpython" or not kept or not isinstance(kept[0], dict):
            return
        for name in ("now", "utcnow"):
            kept[0][name] = classmethod(self._telling_of_now(kept[0][name], name))
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(dt.datetime))

    def _telling_of_now(self, before: Any, name: str) -> Callable[..., Any]:
        def now(kind: type, *arguments: Any, **named: Any) -> Any:
            self._read(f"datetime.{name}")
            return before.__get__(None, kind)(*arguments, **named)

        now.__name__, now.__qualname__, now.__module__ = name, f"datetime.{name}", "datetime"
        now.__doc__ = before.__doc__
        return now

    def _note(self, what: str) -> None:
        if self._askers.is_own(asker()):
            self._effects.note("clock", what)

"""How a driver is asked and answers: a task on its command line, a JSON object a case.

A driver runs in the environment of its engine, in a process of its own.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO


@dataclass
class Measured:
    """What a case took, and what else is to be known of it.

    Attributes:
        seconds: One figure a repetition.
        facts: Counts and sizes, by name.
    """

    seconds: list[float]
    facts: dict[str, float] = field(default_factory=dict)


class WrongError(Exception):
    """The engine gave a value that is not the right one."""


Settings = Mapping[str, Any]
Case = tuple[str, Callable[[], Measured]]
Task = Callable[[Settings], Iterator[Case]]


def main(tasks: Mapping[tuple[str, str], Task]) -> None:
    """Do what the command line says: `VARIANT TASK SETTINGS`.

    Args:
        tasks: By variant of the engine and name. Each gives its cases one by one; what it sets up
            for them lasts as long as it does.
    """
    variant, name, settings = sys.argv[1:]
    answers = _answers()
    for case, work in tasks[variant, name](json.loads(settings)):
        print(json.dumps({"case": case, **_outcome(work)}), file=answers, flush=True)


def timed(work: Callable[[], Any], expected: Any = None) -> float:
    """How many seconds some work takes.

    Raises:
        WrongError: It does not give what is expected.
    """
    begin = time.perf_counter()
    value = work()
    seconds = time.perf_counter() - begin
    require(value, expected)
    return seconds


def require(value: Any, expected: Any) -> None:
    """Check what an engine gave; an expected None checks nothing.

    Raises:
        WrongError: It is not what was expected.
    """
    if expected is not None and value != expected:
        raise WrongError(f"gave {value!r:.60} where {expected!r:.60} is right")


def _outcome(work: Callable[[], Measured]) -> dict[str, Any]:
    try:
        measured = work()
    except Exception as error:  # noqa: BLE001 - whatever an engine raises is what it is reported with.
        reason = next(iter(str(error).splitlines()), "")
        return {"failure": f"{type(error).__name__}: {reason:.200}"}
    return {"seconds": measured.seconds, "facts": measured.facts}


def _answers() -> TextIO:
    """The standard output, for answers alone: what engines and nodes print goes elsewhere."""
    kept = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return kept

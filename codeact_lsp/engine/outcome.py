"""What a worker says about a call, read as the claim of an untrusted process.

The worker shares its process with the plan's code, so its words are data: shape, size and types
are checked here, and nothing in them is believed that the kernel can tell better.
"""

import json
import re
import signal
from dataclasses import dataclass, field
from typing import Any

from codeact_lsp.engine.strict import structure
from codeact_lsp.engine.values import Preview, Usage

MOST_OUTCOME_BYTES = 4_000_000
_FAULT_LINE = re.compile(
    r'^  File "(?P<file>.*)", line (?P<line>\d{1,9}) in (?P<function>.+)$', re.MULTILINE
)

Place = tuple[int, int, int, int]
"""1-based line and 0-based UTF-8 column, of the start and of the end: as Python counts."""


@dataclass(frozen=True)
class RawFrame:
    """A call inside the plan."""

    function: str
    place: Place


@dataclass(frozen=True)
class RawValue:
    """The value of a part of the failing expression; `input` is the parameter that it is."""

    text: str
    place: Place
    value: str
    type: str
    input: str | None = None


@dataclass(frozen=True)
class RawFact:
    """A name, attribute or key that does not exist, and those like it that do."""

    kind: str
    name: str
    options: list[str]
    place: Place | None = None


@dataclass(frozen=True)
class RawLinked:
    """A cause, a context, or a member of an exception group."""

    how: str
    type: str
    message: str
    frames: list[RawFrame]


@dataclass(frozen=True)
class RawSurface:
    """The library line that raised."""

    file: str
    line: int
    function: str


@dataclass(frozen=True)
class RawError:
    """A failure as the worker saw it."""

    type: str
    message: str
    category: str
    frames: list[RawFrame] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: list[RawValue] = field(default_factory=list)
    linked: list[RawLinked] = field(default_factory=list)
    surfaced: RawSurface | None = None
    facts: RawFact | None = None
    returned: int | None = None
    value: str = ""
    input: str | None = None


@dataclass(frozen=True)
class Read:
    """A file that the node opened for reading, with `[size, modification time in ns]`."""

    path: str
    state: tuple[int, int] | None


@dataclass(frozen=True)
class Outcome:
    """How a call ended. Exactly one of `preview` (it has a value) and `error` is set."""

    preview: Preview | None = None
    error: RawError | None = None
    returned: int | None = None
    breach: str | None = None
    carries: tuple[str, ...] = ()
    reads: tuple[Read, ...] | None = ()
    usage: Usage = field(default_factory=Usage)


def read_outcome(data: bytes, status: int, usage: Usage, file: str) -> Outcome:
    """Make the outcome of what the worker wrote and of how its process ended.

    Args:
        data: What came through the outcome descriptor.
        status: The exit status; a negative one is the signal that ended the process.
        usage: What the kernel counted.
        file: The plan's path, as the worker knows it.
    """
    if status != 0 or not data:
        return Outcome(error=_crash(data, status, file), usage=usage)
    try:
        return _structured(_claim(data), usage)
    except Exception:  # noqa: BLE001 - cattrs wraps whatever hostile data makes it raise.
        message = (
            "The worker's report was not understood: the node wrote to descriptors not its own."
        )
        return Outcome(error=RawError("", message, "crash"), usage=usage)


def _structured(claim: dict[str, Any], usage: Usage) -> Outcome:
    reads = _reads(claim.get("reads", []))
    if claim.get("ok") is not True:
        error: RawError = structure(claim["error"], RawError)
        return Outcome(error=error, reads=reads, usage=usage)
    return Outcome(
        preview=structure(claim["preview"], Preview),
        returned=structure(claim.get("returned"), int | None),
        breach=structure(claim.get("breach"), str | None),
        carries=structure(claim.get("carries", []), tuple[str, ...]),
        reads=reads,
        usage=usage,
    )


def _reads(claim: Any) -> tuple[Read, ...] | None:
    """What the node read; None if that was too much to keep an eye on."""
    if claim is None:
        return None
    pairs: list[tuple[str, Any]] = structure(claim, list[tuple[str, Any]])
    if any("\0" in path for path, _ in pairs):
        raise ValueError("a path with a NUL byte")
    return tuple(Read(path, _state(state)) for path, state in pairs)


def _state(state: Any) -> tuple[int, int] | None:
    return structure(state, tuple[int, int]) if state is not None else None


def _claim(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_OUTCOME_BYTES:
        raise ValueError("the report is too long")
    claim = json.loads(data, parse_constant=lambda _: None)
    if not isinstance(claim, dict):
        raise TypeError("the report is no object")
    return claim


def _crash(data: bytes, status: int, file: str) -> RawError:
    """The process ended without a word, or with a fault handler's."""
    named = file.encode("ascii", "backslashreplace").decode()  # As the fault handler writes it.
    frames = [
        RawFrame(match["function"], (int(match["line"]), 0, int(match["line"]), 0))
        for match in _FAULT_LINE.finditer(data[:100_000].decode("utf-8", "replace"))
        if match["file"] == named
    ]
    kind, message = _ending(status)
    return RawError(kind, message, "crash", frames=frames[::-1])


def _ending(status: int) -> tuple[str, str]:
    if status >= 0:
        return "ProcessExit", (
            f"The process exited with status {status} before the node returned; something "
            "called os._exit, or closed descriptors not its own."
        )
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    why = " The system may have run out of memory." if name == "SIGKILL" else ""
    return name, f"The process was ended by {name}.{why}"

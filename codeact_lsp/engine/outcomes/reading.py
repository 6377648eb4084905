"""Reads what a worker says about a call as the claim of an untrusted process.

The worker shares its process with the plan's code, so its words are data: shape, size and types
are checked here, and nothing in them is believed that the kernel can tell better.
"""

import base64
import json
import re
import signal
import struct
from collections.abc import Iterator
from typing import Any

from codeact_lsp.engine.outcomes.outcome import Outcome, RawError, RawFrame, Read
from codeact_lsp.engine.outcomes.strict import structure
from codeact_lsp.engine.values import Effect, Preview, Usage

MOST_OUTCOME_BYTES = 4_000_000
_MOST_READS = 10_000
_MOST_EFFECTS = 100
_MOST_LINES = 200_000
_MOST_DETAIL = 200
_LOOKS = frozenset({"kind", "mode", "size", "status", "target"})
_CATEGORIES = frozenset(
    {
        *("crash", "denied", "exit", "import", "input", "memory", "stopped", "syntax", "user"),
        "unserialisable",
    }
)
_EFFECTS = frozenset({"clock", "network", "process", "random", "reads", "writes"})
# How a picture begins, and then the numbers of its columns and rows.
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_PNG_SIZE = struct.Struct("!II")
# Few bytes can be a picture of more dots than an editor has memory for.
_MOST_DOTS = 25_000_000
# Characters of type, size, text, HTML, picture and data: more than an honest worker lets through.
_MOST_PREVIEW = (1_000, 1_000, 10_000, 100_000, 200_000, 100_000)
_FAULT_LINE = re.compile(
    r'^  File "(?P<file>.*)", line (?P<line>\d{1,9}) in (?P<function>.+)$', re.MULTILINE
)
# The first process of a namespace outlives a signal that it sends itself, and `abort` then goes on
# to a second one: what the fault handler wrote first is how it ended.
_FAULT = re.compile(rb"Fatal Python error: ([\w -]{1,40})\n")
_FAULTS = {
    str(signal.strsignal(each)).encode(): each
    for each in (signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV)
}


def read_outcome(data: bytes, status: int, usage: Usage, file: str) -> Outcome:
    """Make the outcome of what the worker wrote and of how its process ended.

    Args:
        data: What came through the outcome descriptor.
        status: The exit status; a negative one is the signal that ended the process.
        usage: What the kernel counted.
        file: The plan's path, as the worker knows it.
    """
    fault = _fault(data)
    report = None if fault else _report(data, status)
    if not report:
        return Outcome(error=_crash(data, fault or status, file), usage=usage)
    try:
        return _structured(_claim(report), usage)
    except Exception:  # noqa: BLE001 - cattrs wraps whatever hostile data makes it raise.
        message = (
            "The worker's report was not understood: the node wrote to descriptors not its own."
        )
        return Outcome(error=RawError("", message, "crash"), usage=usage)


def _report(data: bytes, status: int) -> bytes:
    """What counts of what was written; nothing if the process came to no end of its own.

    What stands in a line before the last one was to hold if the process ended itself, while it
    looked at its value or its exception.
    """
    parting, is_line, last = data.partition(b"\n")
    if status > 0 and is_line:
        return parting
    return (last or parting) if status == 0 else b""


def _structured(claim: dict[str, Any], usage: Usage) -> Outcome:
    reads, effects = tuple(_reads(claim)), tuple(_effects(claim))
    if claim.get("ok") is not True:
        error: RawError = structure(claim["error"], RawError)
        if error.category not in _CATEGORIES:
            raise ValueError("an unknown kind of failure")
        return Outcome(error=error, reads=reads, effects=effects, lines=_lines(claim), usage=usage)
    return Outcome(
        preview=_preview(claim["preview"]),
        returned=structure(claim.get("returned"), int | None),
        breach=structure(claim.get("breach"), str | None),
        broke=structure(claim.get("broke", ""), str),
        came_with=structure(claim.get("came_with"), str | None),
        carries=structure(claim.get("carries", []), tuple[str, ...]),
        reads=reads,
        effects=effects,
        lines=_lines(claim),
        usage=usage,
    )


def _preview(claim: Any) -> Preview:
    preview: Preview = structure(claim, Preview)
    picture = preview.png
    if picture:
        _check_picture(base64.b64decode(picture, validate=True))
    parts = (preview.type, preview.size, preview.text, preview.html, picture, preview.data)
    if any(len(part) > most for part, most in zip(parts, _MOST_PREVIEW, strict=True)):
        raise ValueError("the preview is too long")
    if preview.data and not isinstance(json.loads(preview.data), dict):
        raise ValueError("data that are none")
    return preview


def _check_picture(data: bytes) -> None:
    if not data.startswith(_PNG):
        raise ValueError("a picture that is none")
    columns, rows = _PNG_SIZE.unpack_from(data, len(_PNG))
    if not 0 < columns * rows <= _MOST_DOTS:
        raise ValueError("a picture that nobody has room for")


def _reads(claim: dict[str, Any]) -> Iterator[Read]:
    """What the node looked at."""
    files: list[tuple[str, Any]] = _few(claim, "reads", tuple[str, Any])
    looks: list[tuple[str, str, Any]] = _few(claim, "looks", tuple[str, str, Any])
    variables: list[str] = _few(claim, "variables", str)
    if any("\0" in name for name in (*variables, *(path for *_, path, _ in [*files, *looks]))):
        raise ValueError("a name with a NUL byte")
    for path, state in files:
        yield Read(path, _numbers(state, tuple[int, int]))
    for what, path, state in looks:
        if what.removeprefix("link ") not in _LOOKS:
            raise ValueError("an unknown question")
        yield Read(path, _numbers(state, tuple[int, ...]), what)
    for name in variables:
        yield Read(name, what="variable")


def _numbers(state: Any, kind: Any) -> tuple[int, ...] | None:
    numbers: tuple[int, ...] | None = structure(state, kind) if state is not None else None
    return numbers


def _effects(claim: dict[str, Any]) -> Iterator[Effect]:
    for kind, detail in _few(claim, "effects", tuple[str, str], _MOST_EFFECTS):
        if kind not in _EFFECTS:
            raise ValueError("an unknown effect")
        yield Effect(kind, detail[:_MOST_DETAIL])


def _lines(claim: dict[str, Any]) -> tuple[int, ...]:
    lines: list[int] = _few(claim, "lines", int, _MOST_LINES)
    if any(line < 1 for line in lines):
        raise ValueError("a line before the first")
    return tuple(lines)


def _few(claim: dict[str, Any], name: str, kind: Any, most: int = _MOST_READS) -> list[Any]:
    """A list of the claim, if it is no longer than an honest worker makes it."""
    given = claim.get(name, [])
    if not isinstance(given, list) or len(given) > most:
        raise ValueError("no list, or one that is too long")
    found: list[Any] = structure(given, list[kind])
    return found


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


def _fault(data: bytes) -> int:
    """The signal of which the fault handler wrote, as an exit status; 0 if it wrote of none."""
    found = _FAULT.match(data)
    return -_FAULTS.get(found[1].replace(b"-", b" "), 0) if found else 0


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

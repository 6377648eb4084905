"""A call as its process is told of it: JSON behind a descriptor, which only that process reads."""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from codeact_lsp.engine.executors.protocol import Call


@contextmanager
def request(call: Call) -> Iterator[int]:
    """A descriptor that holds the request, ready to be read."""
    places = {descriptor: number for number, descriptor in enumerate(call.stored.values())}
    with _written(_as_dict(call, places)) as descriptor:
        yield descriptor


@contextmanager
def chain_request(calls: Sequence[Call], values: Sequence[int]) -> Iterator[int]:
    """As `request`, for calls that one process makes one after the other.

    Args:
        calls: The calls.
        values: The descriptors that they read and write, in the order in which the process gets
            them.
    """
    places = {descriptor: number for number, descriptor in enumerate(values)}
    links = [{**_as_dict(call, places), "blob": places[call.blob]} for call in calls]
    with _written({"links": links}) as descriptor:
        yield descriptor


@contextmanager
def nowhere() -> Iterator[int]:
    """A descriptor of a file that is gone once it is closed."""
    descriptor = _anonymous()
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _written(asked: Mapping[str, Any]) -> Iterator[int]:
    data = json.dumps(asked).encode()
    with os.fdopen(_anonymous(), "wb", buffering=0) as file:
        while data:
            data = data[file.write(data) :]
        file.seek(0)
        yield file.fileno()


def _as_dict(call: Call, places: Mapping[int, int]) -> dict[str, Any]:
    arguments: dict[str, Any] = {name: {"value": value} for name, value in call.literals.items()}
    for name, descriptor in call.stored.items():
        arguments[name] = {"descriptor": places[descriptor]}
    return {
        "node": call.node,
        "text": call.text,
        "file": str(call.file),
        "folder": str(call.file.parent),
        "arguments": arguments,
        "memory": _memory(call),
        "lines": call.lines,
        "guarded": call.guarded,
        "debugger": _debugger(call),
    }


def _debugger(call: Call) -> dict[str, Any] | None:
    """Its socket comes behind the values of other nodes."""
    if call.debugger is None:
        return None
    library = call.debugger.library
    return {"descriptor": len(call.stored), "library": str(library) if library else None}


def _memory(call: Call) -> int | None:
    """A plan may ask for less than it may have, and not for more."""
    allowed = call.policy.limits.memory if call.policy.confined else None
    return min((limit for limit in (call.memory, allowed) if limit is not None), default=None)


def _anonymous() -> int:
    """A file without a name: in memory where the system can do that."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("request")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())

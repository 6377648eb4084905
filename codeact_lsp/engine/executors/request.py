"""A call as its process is told of it: JSON behind a descriptor, which only that process reads."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from codeact_lsp.engine.executors.protocol import Call


@contextmanager
def request(call: Call) -> Iterator[int]:
    """A descriptor that holds the request, ready to be read."""
    data = json.dumps(_as_dict(call)).encode()
    with os.fdopen(_anonymous(), "wb", buffering=0) as file:
        while data:
            data = data[file.write(data) :]
        file.seek(0)
        yield file.fileno()


def _as_dict(call: Call) -> dict[str, Any]:
    arguments: dict[str, Any] = {name: {"value": value} for name, value in call.literals.items()}
    for number, name in enumerate(call.stored):
        arguments[name] = {"descriptor": number}
    return {
        "node": call.node,
        "text": call.text,
        "file": str(call.file),
        "folder": str(call.file.parent),
        "arguments": arguments,
        "memory": call.memory,
    }


def _anonymous() -> int:
    """A file without a name: in memory where the system can do that."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("request")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())

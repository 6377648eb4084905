"""Processes that were started on behalf of a test and are still there.

All that a process starts inherits its environment, whoever adopts it later. So a variable that only
one test sets marks the server, the zygotes, the nodes and what the nodes start.
"""

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

_VARIABLE = "CODEACT_TEST_MARK"


class Marked:
    """An environment whose processes can be told from all others."""

    def __init__(self, **variables: str) -> None:
        self._mark = secrets.token_hex(16)
        self.environment = {**os.environ, **variables, _VARIABLE: self._mark}

    def processes(self) -> list[str]:
        """The command lines of the processes that run in this environment now."""
        return [command for _, command in self._found()]

    def left(self, seconds: float = 20.0) -> list[str]:
        """The processes that are still there after a while; none as soon as there are none."""
        deadline = time.monotonic() + seconds
        while (there := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.02)
        return there

    def _found(self) -> Iterator[tuple[int, str]]:
        wanted = f"{_VARIABLE}={self._mark}".encode()
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    variables = (folder / "environ").read_bytes().split(b"\0")
                    command = (folder / "cmdline").read_bytes()
                except OSError:  # It ended between the listing and the look, or is not ours.
                    continue
                if wanted in variables:
                    yield int(folder.name), command.replace(b"\0", b" ").decode(errors="replace")


def children() -> set[int]:
    """The processes that this one has started and that are there."""
    tasks = Path("/proc/self/task").iterdir()
    told = " ".join((task / "children").read_text(encoding="ascii") for task in tasks)
    return set(map(int, told.split()))

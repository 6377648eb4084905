"""What the engine asks of an executor."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from codeact_lsp.engine.debugging.debugger import Debugger
from codeact_lsp.engine.outcomes.outcome import Outcome
from codeact_lsp.sandbox.levels import UNCONFINED, Policy

MOST_STORED = 240
"""As many stored values as a call can take: the kernel passes 253 descriptors at once."""
MOST_CHAIN_SECONDS = 1.0
"""As long as a chain may take: what was cheap is done long before, and what takes longer has a
right to a time limit of its own."""


@dataclass(frozen=True, slots=True)
class Call:
    """One node to run.

    Attributes:
        text: What of the plan the node needs, each line where it was when the run began.
        file: The plan's path, under which tracebacks name it.
        literals: Inputs that are plain data, by parameter.
        stored: Descriptors of stored values, by parameter; they stay the caller's to close.
        blob: The descriptor that the value is written to; it stays the caller's to close.
        memory: How many bytes the node may use; None sets no limit.
        preload: Modules that the plan imports.
        lines: Whether to record which lines run.
        policy: What the node may do.
        guarded: Whether the stored values come from nodes that may do less. Then they are loaded
            only if they are data, so that they cannot do more here than where they were made.
        debugger: What debugs it; None if nothing does.
    """

    node: str
    text: str
    file: Path
    blob: int
    literals: Mapping[str, Any] = field(default_factory=dict)
    stored: Mapping[str, int] = field(default_factory=dict)
    memory: int | None = None
    preload: tuple[str, ...] = ()
    lines: bool = False
    policy: Policy = UNCONFINED
    guarded: bool = False
    debugger: Debugger | None = None


@dataclass(frozen=True, slots=True)
class Began:
    """The node's own time runs: what its process is made from, imports included, was there."""


@dataclass(frozen=True, slots=True)
class Output:
    """A piece of what a node wrote; `stream` is stdout or stderr."""

    stream: str
    text: str


class Execution(Protocol):
    """A call that was started."""

    def __aiter__(self) -> AsyncIterator[Began | Output | Outcome]:
        """That it began, outputs as they come, and last the outcome."""

    def stop(self) -> None:
        """End it: first by asking, so that it can say where it was, then by force."""


class ChainExecution(Protocol):
    """Calls of plain code that were started as one, to be made one after the other."""

    async def outcomes(self) -> list[Outcome]:
        """Those of the first calls that took plain data and did nothing but return.

        Of what became of the others, and of whether they were made, it says nothing: they leave
        nothing behind, and can be made again.
        """

    def stop(self) -> None:
        """End it by force."""


class Executor(Protocol):
    """Runs calls, each isolated from the others."""

    def use(self, identity: str) -> None:
        """Keep nothing that was prepared for an interpreter of another identity."""

    def start(self, call: Call) -> Execution:
        """Start a call. Never raises: what goes wrong is the call's outcome."""

    def start_chain(self, calls: Sequence[Call]) -> ChainExecution:
        """Start calls of plain code; what one of them stores as its blob, later ones may take.

        Never raises.
        """

    async def close(self) -> None:
        """End all calls and release everything."""

"""What is remembered of calls and runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codeact_lsp.engine.history.code_changes import CodeParts

RAN = "ran"
"""The outcome of a call that returned a value; any other outcome is the category of its error."""


@dataclass(frozen=True, slots=True)
class Record:
    """One call of a node.

    Attributes:
        key: The code key that the node had.
        outcome: "ran", or the category of the error that it ended with.
        why: Why the node ran although results are kept.
        wall: Seconds that it took.
        cpu: Seconds of processor time that it took; 0 where that is not known.
        memory: Its peak memory in bytes; 0 where that is not known.
        size: The size of its value in bytes.
        at: When it ended, in seconds since the epoch.
        run: The id of the run that it was in.
        reused: How often its result has been reused since.
        error: What it failed with, on one line; empty if it did not.
        place: Where in the plan it failed: line and column from 1, as in "16:41".
        read: Bytes that it read from files, pipes and sockets; None where that is not known, as
            everything below.
        written: Bytes that it wrote to such.
        disk_read: Bytes that had to come from a disk.
        disk_written: Bytes that have to go to a disk.
    """

    node: str
    key: str
    outcome: str = RAN
    why: str = ""
    wall: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    size: int = 0
    at: float = 0.0
    run: str = ""
    reused: int = 0
    error: str = ""
    place: str = ""
    read: int | None = None
    written: int | None = None
    disk_read: int | None = None
    disk_written: int | None = None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of a plan.

    Attributes:
        status: "done", "failed" or "cancelled".
        mode: How it was run: see `modes`.
        workers: How many nodes could run at once.
        seconds: How long it took.
        counts: How many nodes came to which end.
        at: When it ended, in seconds since the epoch.
    """

    run: str
    status: str
    mode: str = ""
    workers: int = 1
    seconds: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Ran:
    """What there is to remember of a run.

    Attributes:
        run: The run as a whole.
        calls: The calls that it made, in their order.
        reused: The nodes whose earlier results it took.
        code: What the code of the nodes was made of that ran well.
    """

    run: RunRecord
    calls: Sequence[Record] = ()
    reused: Sequence[str] = ()
    code: Mapping[str, CodeParts] = field(default_factory=dict)

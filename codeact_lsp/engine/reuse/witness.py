"""What a node was observed to look at: its result holds as long as all of that is as it was."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from codeact_lsp.engine.outcomes.outcome import Read
from codeact_lsp.engine.reuse.looks import (
    RACY_SECONDS,
    SEALED,
    WHOLE,
    content,
    look,
    marks,
    seal,
    variable,
)

# Larger files, and what comes after so much of smaller ones, are known by their seal alone.
MOST_HASHED = 64_000_000
_MOST_HASHED_IN_ALL = 256_000_000
TIME_ZONE = Read("TZ", what="variable")
"""What local time depends on. It is native code that looks at it, so every node may have."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What something looked like when the node looked at it; the fields are those of `Read`.

    Attributes:
        digest: Of the content of a file, of the names in a folder, of the value of a variable.
        marks: What a file that was read cannot keep when it is changed; see `looks.marks`.
    """

    path: str
    what: str
    state: tuple[int, ...] | None
    digest: str = ""
    marks: tuple[int, ...] = ()

    def named(self, plan: str) -> str:
        """What has changed if it does not hold any more, in words.

        Args:
            plan: The path of the plan.
        """
        if self.what != "variable":
            return said_path(self.path, plan)
        return "the environment" if self.path == WHOLE else f"the variable {self.path}"


def said_path(path: str, plan: str) -> str:
    """A path, as short as it can be told from all others: many files are called `__init__.py`.

    Args:
        path: The path of what was looked at.
        plan: The path of the plan: what lies in its folder is named from there on.
    """
    folder, whole = Path(plan).parent, Path(path)
    if whole != folder and whole.is_relative_to(folder):
        return str(whole.relative_to(folder))
    _, installed, inside = path.rpartition("/site-packages/")
    return inside if installed and inside else path


def observe_all(
    reads: Iterable[Read],
    most: int = _MOST_HASHED_IN_ALL,
    clock: Callable[[], float] = time.time,
) -> tuple[Witness, ...] | Read:
    """All that was looked at, or the first thing of it that is not as it was any more.

    A variable is what the process started with, whatever the node's code made of it.

    Args:
        reads: What was looked at.
        most: How many bytes of files are hashed.
        clock: The time in seconds since the epoch.
    """
    left = most
    witnesses: list[Witness] = []
    for read in reads:
        witness = observe(read, min(left, MOST_HASHED), clock)
        if witness is None:
            return read
        witnesses.append(witness)
        if read.what == "content" and read.state and not witness.digest.startswith(SEALED):
            left -= min(read.state[0], left)
    return tuple(witnesses)


def observe(
    read: Read, most: int = MOST_HASHED, clock: Callable[[], float] = time.time
) -> Witness | None:
    """One thing as it was looked at; None if it is not that any more.

    Args:
        read: What was looked at.
        most: How large a file may be to be hashed, in bytes.
        clock: The time in seconds since the epoch.
    """
    if read.what == "variable":
        return Witness(read.path, read.what, None, variable(read.path))
    if look(read.path, read.what) != read.state:
        return None
    if read.what != "content" or read.state is None:
        return Witness(read.path, read.what, read.state)
    try:
        kept = marks(Path(read.path))  # First: what changes while it is read shows in them later.
        digest = content(Path(read.path), most, clock())
    except OSError:
        return None
    return Witness(read.path, read.what, read.state, digest, kept) if digest else None


def holds(witness: Witness, made: float) -> bool:
    """Whether it still looks as it did.

    Args:
        witness: What was looked at.
        made: When the result was stored, in seconds since the epoch.
    """
    return Glance().holds(witness, made)


class Glance:
    """How things look at one moment: each is looked at once, however many nodes looked at it."""

    def __init__(self) -> None:
        self._variable = cache(variable)
        self._look = cache(look)
        self._seal = cache(seal)
        self._marks = cache(_marks)
        self._content = cache(_content)

    def holds(self, witness: Witness, made: float) -> bool:
        """As the function `holds`."""
        if witness.what == "variable":
            return self._variable(witness.path) == witness.digest
        current, before = self._look(witness.path, witness.what), witness.state
        if witness.what != "content" or current is None or before is None:
            return current == before
        path = Path(witness.path)
        if witness.digest.startswith(SEALED):
            return self._seal(path) == witness.digest
        return self._is_untouched(path, witness, made) or self._has_content(path, witness, current)

    def _is_untouched(self, path: Path, witness: Witness, made: float) -> bool:
        """Whether there is no need to look inside: a change would have had another time."""
        if not witness.marks or made - witness.marks[-1] / 1e9 <= RACY_SECONDS:
            return False
        return self._marks(path) == witness.marks

    def _has_content(self, path: Path, witness: Witness, current: tuple[int, ...]) -> bool:
        if witness.state and current[0] != witness.state[0] and not path.is_dir():
            return False
        return self._content(path, current[0]) == witness.digest


def _marks(path: Path) -> tuple[int, ...] | None:
    try:
        return marks(path)
    except OSError:
        return None


def _content(path: Path, size: int) -> str | None:
    try:
        return content(path, size, time.time())
    except OSError:
        return None

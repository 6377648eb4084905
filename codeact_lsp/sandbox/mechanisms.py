"""What there is on this machine to confine a node with: each mechanism is tried, none is assumed.

This decides how workers are started. Whether that holds what it should is shown by canaries.
"""

import os
import sys
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from codeact_lsp.sandbox import containers, kernel
from codeact_lsp.sandbox.cgroups import Groups, NoGroupsError, find_groups

WITHHOLD = "CODEACT_SANDBOX_WITHHOLD"
"""The variable that takes mechanisms away, to try what happens without them."""
START_METHOD = "CODEACT_START_METHOD"
"""The variable that has nodes spawned instead of forked."""
WORDS = ("bwrap", "userns", "nested", "landlock", "seccomp", "cgroup")
"""What can be taken away."""

_SANDBOX_EXEC = Path("/usr/bin/sandbox-exec")
_looking = threading.Lock()


@dataclass(frozen=True)
class Mechanisms:
    """What works here.

    Attributes:
        bubblewrap: The program, if it starts with the arguments that workers are started with.
        nested: Whether what runs in it can make namespaces for each node.
        landlock: The version of Landlock's interface; 0 if there is none.
        seccomp: Whether system calls can be filtered, and there is what writes the filters.
        cgroup: Where groups with limits of memory and processes can be made.
        seatbelt: The program that applies a profile on macOS.
        faults: Why something does not work, in the words of the system, by its word in `WORDS`.
    """

    bubblewrap: Path | None = None
    nested: bool = False
    landlock: int = 0
    seccomp: bool = False
    cgroup: Groups | None = None
    seatbelt: Path | None = None
    faults: Mapping[str, str] = field(default_factory=dict, compare=False)


class WithholdError(ValueError):
    """The user wants to do without something that nobody knows."""


def mechanisms() -> Mechanisms:
    """What works here and is not withheld; looked for once in a process (some 100 ms).

    Raises:
        WithholdError: The variable `CODEACT_SANDBOX_WITHHOLD` names something unknown.
    """
    words = withheld(os.environ.get(WITHHOLD, ""))
    with _looking:
        found = _found()
    return _left(found, words)


def mechanisms_now() -> Mechanisms:
    """The same, looked for again; what `mechanisms` says stays what it was.

    Raises:
        WithholdError: The variable `CODEACT_SANDBOX_WITHHOLD` names something unknown.
    """
    return _left(detect(), withheld(os.environ.get(WITHHOLD, "")))


def _left(found: Mechanisms, words: frozenset[str]) -> Mechanisms:
    left = without(found, words)
    return spawned(left) if os.environ.get(START_METHOD) == "spawn" else left


def begin() -> None:
    """Start what `mechanisms` mostly waits for; it takes some 3 ms, and 20 more on their own."""
    if sys.platform == "linux" and not are_known():
        containers.begin()


def withheld(words: str) -> frozenset[str]:
    """The words in a list with commas.

    Raises:
        WithholdError: One of them is none of `WORDS`.
    """
    named = frozenset(word.strip() for word in words.split(",") if word.strip())
    if unknown := sorted(named - set(WORDS)):
        raise WithholdError(f"{WITHHOLD} has '{unknown[0]}', which is none of {', '.join(WORDS)}.")
    return named


def without(found: Mechanisms, words: Collection[str]) -> Mechanisms:
    """What is left when something is taken away. Without user namespaces no bubblewrap starts."""
    faults = {**found.faults, **dict.fromkeys(words, f"withheld by {WITHHOLD}")}
    contained = not {"bwrap", "userns"} & set(words)
    return replace(
        found,
        bubblewrap=found.bubblewrap if contained else None,
        nested=found.nested and contained and "nested" not in words,
        landlock=0 if "landlock" in words else found.landlock,
        seccomp=found.seccomp and "seccomp" not in words,
        cgroup=None if "cgroup" in words else found.cgroup,
        faults=faults,
    )


def spawned(found: Mechanisms) -> Mechanisms:
    """What is left for processes that are no copies: a program that is started loses all rights.

    So it cannot make namespaces of its own, and all nodes share those of bubblewrap.
    """
    fault = f"a node that {START_METHOD} has spawned has no right to make them"
    return replace(found, nested=False, faults={**found.faults, "nested": fault})


def are_known() -> bool:
    """Whether `mechanisms` has looked already, so that it takes no time."""
    return _found.cache_info().currsize > 0


@cache
def _found() -> Mechanisms:
    return detect()


def detect(places: Collection[str] = containers.PLACES) -> Mechanisms:
    """Look for all mechanisms.

    Args:
        places: Where bubblewrap may be.
    """
    if sys.platform == "darwin":
        return Mechanisms(seatbelt=_SANDBOX_EXEC if _SANDBOX_EXEC.is_file() else None)
    if sys.platform != "linux":
        return Mechanisms()
    faults: dict[str, str] = {}
    program, nested = containers.contained(places, faults)
    return Mechanisms(
        bubblewrap=program,
        nested=nested,
        landlock=kernel.landlock(faults),
        seccomp=kernel.seccomp(faults),
        cgroup=_groups(faults),
        faults=faults,
    )


def _groups(faults: dict[str, str]) -> Groups | None:
    try:
        return find_groups()
    except NoGroupsError as error:
        faults["cgroup"] = str(error)
        return None

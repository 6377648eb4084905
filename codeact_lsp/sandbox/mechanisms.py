"""What there is on this machine to confine a node with: each mechanism is tried, none is assumed.

This decides how workers are started. Whether that holds what it should is shown by canaries.
"""

import ctypes
import errno
import os
import stat
import sys
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from codeact_lsp.sandbox import bubblewrap
from codeact_lsp.sandbox.cgroups import Groups, NoGroupsError, find_groups
from codeact_lsp.sandbox.programs import Question, answer
from codeact_lsp.sandbox.runtime import runtime_paths, system_paths

WITHHOLD = "CODEACT_SANDBOX_WITHHOLD"
"""The variable that takes mechanisms away, to try what happens without them."""
START_METHOD = "CODEACT_START_METHOD"
"""The variable that has nodes spawned instead of forked."""
KERNEL_SAYS = "the kernel says: "
"""How a fault begins that is the kernel's, and no program's that could be installed."""
DISTRUSTED = "could have been put there by others than root"
"""What is said of a bubblewrap that is not started for that reason."""
WORDS = ("bwrap", "userns", "nested", "landlock", "seccomp", "cgroup")
"""What can be taken away."""

# Never from PATH: whoever can put a program in front of it would be what confines.
_PLACES = ("/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap")
_SANDBOX_EXEC = Path("/usr/bin/sandbox-exec")
_PROBE = Path(__file__).with_name("probe.py")
_CONFINE = Path(__file__).parent.parent / "worker" / "confine"
_PATIENCE_SECONDS = 10.0
_UNSAID = "the system does not say why"
_LANDLOCK_CREATE_RULESET = 444
_LANDLOCK_VERSION = 1
_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
_looking = threading.Lock()
_asked: dict[Path, Question] = {}


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
    if sys.platform == "linux" and not are_known() and not _asked:
        program = find_bubblewrap(_PLACES)
        with suppress(OSError):  # Whoever looks is told.
            if program:
                _asked[program] = _ask(program)


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


def detect(places: Collection[str] = _PLACES) -> Mechanisms:
    """Look for all mechanisms.

    Args:
        places: Where bubblewrap may be.
    """
    if sys.platform == "darwin":
        return Mechanisms(seatbelt=_SANDBOX_EXEC if _SANDBOX_EXEC.is_file() else None)
    if sys.platform != "linux":
        return Mechanisms()
    faults: dict[str, str] = {}
    program, nested = _contained(places, faults)
    return Mechanisms(
        bubblewrap=program,
        nested=nested,
        landlock=_landlock(faults),
        seccomp=_seccomp(faults),
        cgroup=_groups(faults),
        faults=faults,
    )


def _contained(places: Collection[str], faults: dict[str, str]) -> tuple[Path | None, bool]:
    """Bubblewrap, and whether there can be namespaces in it."""
    program = find_bubblewrap(places)
    if program is None:
        there = next(filter(Path.exists, map(Path, places)), None)
        faults["bwrap"] = f"{there} {DISTRUSTED}" if there else "bubblewrap is not installed"
        faults.update(_no_namespaces())
        return None, False
    try:
        asked = _asked.pop(program, None) or _ask(program)
        answer = asked.answer(_PATIENCE_SECONDS)
    except OSError as error:
        faults["bwrap"] = f"{program} does not start: {error}"
        return None, False
    if answer != "yes":
        faults["nested"] = answer or _UNSAID
    return program, answer == "yes"


def find_bubblewrap(places: Collection[str]) -> Path | None:
    """The first of some programs that only the system's administrator can have put there."""
    for place in map(Path, places):
        try:
            status = place.stat()
        except OSError:
            continue
        others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if stat.S_ISREG(status.st_mode) and status.st_uid == 0 and not others:
            return place
    return None


def version_of(program: Path) -> str:
    """The version of a bubblewrap, as it says itself: `0.8.0`."""
    said = answer([str(program), "--version"], _PATIENCE_SECONDS)
    return said.strip().removeprefix("bubblewrap ")


def _ask(program: Path) -> Question:
    """The probe, started as a worker would be.

    Raises:
        OSError: It does not start.
    """
    interpreter = Path(sys.executable)
    prefix = bubblewrap.command(
        program,
        show=[*system_paths(), *runtime_paths(interpreter), _PROBE, _CONFINE],
        writable=[],
        scratch=Path("/tmp"),  # noqa: S108 - a place in a file system of its own.
    )
    return Question([*prefix, *_probe()])


def _no_namespaces() -> dict[str, str]:
    """Why a bubblewrap would not start if there were one: else who installs it learns that then."""
    try:
        said = answer(_probe(), _PATIENCE_SECONDS)
    except OSError as error:
        said = str(error)
    reason = said.rpartition("] ")[2] or _UNSAID
    return {} if said == "yes" else {"userns": f"none can be made; {KERNEL_SAYS}{reason}"}


def _probe() -> list[str]:
    return [sys.executable, "-I", "-S", "-B", str(_PROBE), str(_CONFINE)]


def _landlock(faults: dict[str, str]) -> int:
    """The version that the kernel offers."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    if version < 0:
        faults["landlock"] = f"{KERNEL_SAYS}{os.strerror(ctypes.get_errno())}"
    return max(int(version), 0)


def _seccomp(faults: dict[str, str]) -> bool:
    """The kernel's part, and the library that makes its programs."""
    if fault := _no_filter():
        faults["seccomp"] = f"{KERNEL_SAYS}{fault}"
        return False
    try:
        ctypes.CDLL("libseccomp.so.2")
    except OSError as error:
        faults["seccomp"] = str(error)
    return "seccomp" not in faults


def _no_filter() -> str:
    """Why the kernel takes no program that filters calls; empty if it does.

    It is offered one at an address where there is none. A kernel that takes programs looks there
    first, and complains of the address: nothing has changed then.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), None, None, None)
    fault = ctypes.get_errno()
    return "" if fault == errno.EFAULT else os.strerror(fault)


def _groups(faults: dict[str, str]) -> Groups | None:
    try:
        return find_groups()
    except NoGroupsError as error:
        faults["cgroup"] = str(error)
        return None

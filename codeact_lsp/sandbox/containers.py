"""Whether there is a bubblewrap that can be trusted, and whether it starts as a worker needs it."""

import stat
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from codeact_lsp.sandbox import bubblewrap
from codeact_lsp.sandbox.kernel import KERNEL_SAYS
from codeact_lsp.sandbox.programs import Question, answer
from codeact_lsp.sandbox.runtime import runtime_paths, straight, system_paths

DISTRUSTED = "could have been put there by others than root"
"""What is said of a bubblewrap that is not started for that reason."""
PLACES = ("/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap")
"""Where it may be. Never from PATH: whoever can put a program in front would be what confines."""

_PROBE = Path(__file__).with_name("probe.py")
_CONFINE = Path(__file__).parent.parent / "worker" / "confine"
_PATIENCE_SECONDS = 10.0
_UNSAID = "the system does not say why"
asked: dict[Path, Question] = {}
"""The probes that are under way."""


def begin() -> None:
    """Start the probe that `contained` waits for."""
    program = None if asked else find_bubblewrap(PLACES)
    with suppress(OSError):  # Whoever looks is told.
        if program:
            asked[program] = _ask(program)


def contained(places: Collection[str], faults: dict[str, str]) -> tuple[Path | None, bool]:
    """Bubblewrap, and whether there can be namespaces in it; `faults` gets what is wrong."""
    program = find_bubblewrap(places)
    if program is None:
        there = next(filter(Path.exists, map(Path, places)), None)
        faults["bwrap"] = f"{there} {DISTRUSTED}" if there else "bubblewrap is not installed"
        faults.update(_no_namespaces())
        return None, False
    try:
        question = asked.pop(program, None) or _ask(program)
        answer = question.answer(_PATIENCE_SECONDS)
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
    prefix = bubblewrap.command(
        program,
        show=[*system_paths(), *runtime_paths(_own_python()), _PROBE, _CONFINE],
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
    return [str(_own_python()), "-I", "-S", "-B", str(_PROBE), str(_CONFINE)]


def _own_python() -> Path:
    """Ours, which may have been called as `../venv/bin/python`."""
    return straight(Path(sys.executable))

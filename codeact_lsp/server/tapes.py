"""The tapes of a plan, for a client that shows what happened: which there are, and their steps."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from codeact_lsp.tape import Tape, TapeFileError
from codeact_lsp.tape.export import as_json
from codeact_lsp.tape.keeping import Shelf

_MOST_LISTED = 50


def tapes_of(plan: Path, shelf: Shelf) -> list[dict[str, Any]]:
    """The tapes on a shelf that are about a plan, the newest first."""
    return [_listed(tape) for tape in _loaded(plan, shelf)]


def steps_of(name: str, shelf: Shelf) -> dict[str, Any]:
    """All that a tape tells, as `codeact tape export` has it.

    Raises:
        TapeFileError: There is no such tape on the shelf, or it is none.
    """
    path = next((each for each in shelf.tapes() if each.name == name), None)
    if path is None:
        raise TapeFileError(f"{name}: there is no such tape in {shelf.place}.")
    return as_json(Tape.load(path))


def _loaded(plan: Path, shelf: Shelf) -> Iterator[Tape]:
    for path in shelf.tapes(plan)[:_MOST_LISTED]:
        try:
            tape = Tape.load(path)
        except TapeFileError:
            continue  # Another process has made room, or it was never a tape.
        if Path(tape.begun.file) == plan:
            yield tape


def _listed(tape: Tape) -> dict[str, Any]:
    return {
        "tape": tape.path.name,
        "at": tape.lines[0].time,
        "command": tape.begun.command,
        "task": tape.begun.task,
        "status": tape.ended.status if tape.ended else None,
        "verdict": tape.verdict,
    }

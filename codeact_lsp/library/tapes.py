"""Tapes from Python: the runs that one tells of, as results, without running anything."""

from collections.abc import Iterable
from pathlib import Path

from codeact_lsp.library.errors import TapeError
from codeact_lsp.library.plan import Plan
from codeact_lsp.library.result import RunResult
from codeact_lsp.tape import Line, Tape, TapeFileError
from codeact_lsp.tape.replay import runs


def replay(tape: "Path | str") -> list[RunResult]:
    """The results of the runs that a tape tells of, in their order. No model is asked, nothing run.

    Args:
        tape: Its file.

    Raises:
        TapeError: It cannot be read, is no tape, or was changed since it was written.
    """
    try:
        read = Tape.load(tape)
    except TapeFileError as error:
        raise TapeError(str(error)) from error
    if read.fault:
        raise TapeError(f"{tape}: {read.fault}")
    return results(read.lines)


def results(lines: Iterable[Line]) -> list[RunResult]:
    """The results of the runs that lines of a tape tell of."""
    return [RunResult.of(Plan(run.job.plan, run.job.file), run.events) for run in runs(lines)]

"""Keeps the tape of a run that the command line makes."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import codeact_lsp
from codeact_lsp.cli.exits import UsageError, complain
from codeact_lsp.engine import events
from codeact_lsp.engine.job import Job
from codeact_lsp.tape import TapeFileError, TapeWriter
from codeact_lsp.tape.of_run import begin_run, record


def add_tape(parser: argparse.ArgumentParser) -> None:
    """Add the option."""
    parser.add_argument("--tape", type=Path, metavar="FILE",
                        help="record all that happens in a new file")  # fmt: skip


def begin_tape(path: Path, job: Job) -> TapeWriter:
    """Begin a tape.

    Raises:
        UsageError: The file is there already, or cannot be made.
    """
    try:
        return TapeWriter.begin(path, job.inputs)
    except TapeFileError as error:
        raise UsageError(str(error)) from error


@contextmanager
def taped(
    options: argparse.Namespace, job: Job, path: Path, tell: Callable[[events.Event], None]
) -> Iterator[Callable[[events.Event], None]]:
    """`tell`, with all that it is told put on a tape before, if one is wanted."""
    if options.tape is None:
        yield tell
        return

    def hear(event: events.Event) -> None:
        record(tape, event)
        tell(event)

    with begin_tape(options.tape, job) as tape:
        begin_run(tape, job, str(path), codeact_lsp.__version__)
        yield hear
    if tape.trouble:
        complain(UsageError(tape.trouble))

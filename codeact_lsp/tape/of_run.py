"""The tape of a run that a person asked for: the plan, its events, and how it ended."""

from typing import Any

from codeact_lsp.engine.events import Event, RunFinished
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.workspace.redaction import is_secret
from codeact_lsp.tape.steps import Begun, Ended, Happened, Revised, Started
from codeact_lsp.tape.writer import TapeWriter

_MOST_OF_A_VALUE = 200


def begin_run(tape: TapeWriter, job: Job, shown: str, program: str) -> None:
    """Put what is to be run on a tape.

    Args:
        tape: The tape, as yet empty.
        job: What is to be run.
        shown: The plan's path, as whoever asked wrote it.
        program: Our version.
    """
    tape.write(Begun(command="run", task="", file=str(job.file), shown=shown, program=program))
    tape.write(Revised(text=job.plan.source.text, by="file"))
    tape.write(started(job))


def started(job: Job) -> Started:
    """That a job is run: what is wanted, with which inputs, and what its nodes may do."""
    inputs = {name: _short(value) for name, value in job.inputs.items() if not is_secret(name)}
    levels = sorted({str(job.policy(node).level) for node in job.nodes})
    return Started(targets=job.targets, level=", ".join(levels), inputs=inputs)


def record(tape: TapeWriter, event: Event) -> None:
    """Put an event of a run on its tape; with the last one, the end."""
    tape.write(Happened(event=event))
    if isinstance(event, RunFinished):
        status = "stopped" if event.status == "cancelled" else event.status
        tape.write(Ended(status=status, message=event.message))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _MOST_OF_A_VALUE else f"{text[: _MOST_OF_A_VALUE - 1]}…"

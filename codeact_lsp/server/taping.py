"""Keeps tapes of what an editor runs, where the user wants them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import codeact_lsp
from codeact_lsp.engine import events
from codeact_lsp.engine.job import Job

if TYPE_CHECKING:
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer
    from codeact_lsp.server.tape_settings import TapeSettings
    from codeact_lsp.tape import TapeWriter
    from codeact_lsp.tape.keeping import Shelf

_log = logging.getLogger(__name__)
Record = Callable[[events.Event], None]


def shelf(settings: "TapeSettings") -> "Shelf":
    """Where tapes go, and how many stay there."""
    from codeact_lsp.tape.keeping import Shelf  # noqa: PLC0415 - no part of the start.

    folder = Path(settings.folder).expanduser() if settings.folder else None
    return Shelf(folder, settings.keep)


@asynccontextmanager
async def taped(server: "PlanServer", opened: "OpenPlan", job: Job) -> AsyncIterator[Record]:
    """Who puts the events of a run on its tape; without effect where none is wanted.

    A tape that cannot be written costs nobody the run: the user is told.
    """
    settings = server.session.settings_for(opened.path).tape
    if not settings.runs or opened.path is None:
        yield lambda _: None
        return
    # Steps are flushed to the disk, and editors wait on the loop; one thread keeps their order.
    writing = ThreadPoolExecutor(1, "codeact-tape")
    tape = _RunTape(shelf(settings), job)
    writing.submit(tape.begin).add_done_callback(_log_defect)
    try:
        yield lambda event: writing.submit(tape.record, event).add_done_callback(_log_defect)
    finally:
        writing.submit(tape.close).add_done_callback(_log_defect)
        await asyncio.to_thread(writing.shutdown)
        if tape.trouble:
            server.warn(tape.trouble)


def _log_defect(written: "Future[None]") -> None:
    if error := written.exception():
        _log.error("a tape went wrong: %s", error, exc_info=error)


class _RunTape:
    """The tape of one run. It is begun, written and closed in one thread, which is not the loop's.

    Attributes:
        trouble: Why it is not whole; empty if it is.
    """

    def __init__(self, shelf: "Shelf", job: Job) -> None:
        self.trouble = ""
        self._shelf = shelf
        self._job = job
        self._tape: TapeWriter | None = None

    def begin(self) -> None:
        from codeact_lsp.tape import TapeFileError  # noqa: PLC0415 - no part of the start.
        from codeact_lsp.tape.keeping import new_tape  # noqa: PLC0415
        from codeact_lsp.tape.of_run import begin_run  # noqa: PLC0415

        job = self._job
        try:
            self._tape = new_tape(None, job.file, job.inputs, self._shelf)
        except TapeFileError as error:
            self.trouble = f"The run has no tape. {error}"
            return
        begin_run(self._tape, job, job.file.name, codeact_lsp.__version__)

    def record(self, event: events.Event) -> None:
        from codeact_lsp.tape.of_run import record  # noqa: PLC0415 - loaded by `begin`.

        if self._tape:
            record(self._tape, event)

    def close(self) -> None:
        if self._tape:
            self.trouble = self._tape.trouble
            self._tape.close()

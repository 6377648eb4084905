"""Our own tape of what an environment does, which `codeact tape` shows and replays."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import codeact_lsp
from codeact_lsp.engine.events import RunFinished
from codeact_lsp.engine.workspace.inputs import known_inputs
from codeact_lsp.library.errors import TapeError
from codeact_lsp.library.order import Options
from codeact_lsp.tape import TapeFileError, TapeWriter
from codeact_lsp.tape.steps import Begun, Ended, Happened, Revised, Step


class Record:
    """A tape that is begun with the first thing that is done; without effect if none is wanted.

    Args:
        path: The plan's file.
        tape: The tape; None keeps none.
    """

    def __init__(self, path: Path, tape: TapeWriter | None) -> None:
        self._path = path
        self._tape = tape
        self._known: list[Revised] = []
        self._status = "stopped"

    @classmethod
    def begin(cls, path: Path, tape: Path | None, options: Options) -> Self:
        """A record on a new file.

        Raises:
            TapeError: It cannot be made.
        """
        try:
            named = known_inputs(path) | dict(options.get("inputs", {}))
            writer = TapeWriter.begin(tape, named) if tape else None
        except TapeFileError as error:
            raise TapeError(str(error)) from error
        return cls(path, writer)

    def catch_up(self, task: str, revisions: Sequence[Revised]) -> None:
        """Tell of what was done elsewhere: the task, and what the plan has been until now."""
        if not self._known:
            file, shown, program = (
                str(self._path.resolve()),
                str(self._path),
                codeact_lsp.__version__,
            )
            self.tell(Begun(command="agent", task=task, file=file, shown=shown, program=program))
        for revised in revisions[len(self._known) :]:
            self._known.append(revised)
            self.tell(revised)

    def tell(self, step: Step) -> None:
        """Put a step on the tape."""
        if self._tape:
            self._tape.write(step)
        if isinstance(step, Happened) and isinstance(step.event, RunFinished):
            self._status = step.event.status

    def close(self) -> None:
        """Tell of the end."""
        if self._tape and self._known:
            self.tell(Ended(status=self._status))
        if self._tape:
            self._tape.close()

"""Writes a tape, step by step, so that a crash at any point leaves one that can be read."""

import fcntl
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from codeact_lsp.engine.events import Event, NodeFailed, RunFinished
from codeact_lsp.engine.failures.hidden import hidden
from codeact_lsp.engine.store.secret import user_secret
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.model.masking import written
from codeact_lsp.plan.edits import minimal
from codeact_lsp.tape.chain import Chain
from codeact_lsp.tape.coding import encoded
from codeact_lsp.tape.masking import Mask
from codeact_lsp.tape.steps import Answered, Happened, Revised, Step, Tried


class TapeFileError(Exception):
    """A tape cannot be begun or continued; the message names it, and the way out."""


class TapeWriter:
    """Appends steps to the file of one tape. It may be called from several threads.

    A tape that cannot be written any more, since a disk is full, costs nobody the run: `trouble`
    says so, and what comes later is not on the tape.

    Args:
        descriptor: The file, open for appending, and locked.
        path: How it is called.
        number: The number of the next line.
        last: The digest of the line before.
        text: The plan's text as the tape has it.
        named: Values of inputs by name: see `Mask`.
    """

    def __init__(  # noqa: PLR0913 - where a tape stands.
        self,
        descriptor: int,
        path: Path,
        *,
        number: int = 0,
        last: str = "",
        text: str | None = None,
        named: Mapping[str, Any] | None = None,
    ) -> None:
        self.path = path
        self.trouble = ""
        self._descriptor = descriptor
        self._number = number
        self._text = text
        self._chain = Chain(user_secret(data_folder()).key, last)
        self._mask = Mask(named)
        self._lock = threading.Lock()

    @classmethod
    def begin(cls, path: Path, named: Mapping[str, Any] | None = None) -> Self:
        """Begin a tape.

        Raises:
            TapeFileError: The file is there already, or cannot be made.
        """
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            descriptor = os.open(path, flags, 0o600)
        except FileExistsError as error:
            message = f"{path} exists: a tape is never written over. Name another file."
            raise TapeFileError(message) from error
        except OSError as error:
            raise TapeFileError(f"{path}: {error.strerror}.") from error
        lock(descriptor, path)
        return cls(descriptor, path, named=named)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def write(self, step: Step) -> None:
        """Append a step."""
        with self._lock:
            if self.trouble:
                return
            data = self._data(step)
            head: dict[str, Any] = {"step": self._number, "time": time.time()}
            if self._number == 0:
                head["key"] = self._chain.key_name
            self._append(self._chain.sealed(head | data), durable=_is_landmark(step))
            self._number += 1

    def cover_said(self, code: str) -> None:
        """Cover the secrets in a plan of which nothing is told anew, where they are said."""
        self._mask.learn(written(code))

    def close(self) -> None:
        """Close the file; what was written is on the disk then."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _append(self, line: bytes, *, durable: bool) -> None:
        try:
            while line:
                line = line[os.write(self._descriptor, line) :]
            if durable:
                os.fsync(self._descriptor)
        except OSError as error:
            self.trouble = f"The tape {self.path} ends too early: {error.strerror}."

    def _data(self, step: Step) -> dict[str, Any]:
        if isinstance(step, Happened) and isinstance(step.event, NodeFailed):
            self._mask.learn(hidden(step.event.error, self._text or ""))
        data = encoded(step)
        if isinstance(step, Revised):
            # Code is covered character by character, so that all places in it stay right.
            text = self._mask.code(step.text)
            del data["text"]
            safe: dict[str, Any] = self._mask.data(data)
            safe |= self._change(text)
            self._text = text
            return safe
        safe = self._mask.data(data)
        if isinstance(step, Tried):
            start, end, new = step.edit
            safe["edit"] = [start, end, self._mask.code(new)]
        if isinstance(step, Answered):
            safe["covered"] = safe["text"] != step.text
        return safe

    def _change(self, text: str) -> dict[str, Any]:
        """How the plan's text comes about: whole at first, then by what has changed."""
        if self._text is None:
            return {"text": text}
        edit = minimal(self._text, text)
        return {"edit": [edit.span.start, edit.span.end, edit.new]}


def lock(descriptor: int, path: Path) -> None:
    """Keep others from writing to the same tape; the system ends that with this process.

    Raises:
        TapeFileError: Somebody does already. The descriptor is closed then.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise TapeFileError(f"{path} is being written by another process.") from error


def _is_landmark(step: Step) -> bool:
    """Whether a step has to be on the disk before anything else is done.

    What nodes write can be lost with the machine; what was paid for, or was changed, cannot.
    """
    if isinstance(step, Happened):
        event: Event = step.event
        return isinstance(event, RunFinished)
    return True

"""Reads a tape, believes what its chain holds together, and says what is wrong with the rest."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

from codeact_lsp.engine.store.secret import user_secret
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.tape.chain import BrokenChainError, Chain
from codeact_lsp.tape.coding import UnreadableStepError, decoded
from codeact_lsp.tape.steps import SCHEMA, Begun, Ended, Revised, Step
from codeact_lsp.tape.writer import TapeFileError, TapeWriter, lock

_LONGEST_LINE = 64 * 10**6
# The year 10000, in which dates end.
_LATEST = 253_402_300_800


@dataclass(frozen=True, slots=True)
class Line:
    """A step where it stands on a tape: its number, from 0, and when it was, since the epoch."""

    number: int
    time: float
    step: Step


@dataclass(frozen=True, slots=True)
class Tape:
    """A tape as far as it can be believed.

    Attributes:
        path: Its file.
        lines: The steps up to the first line that is not what was written there.
        is_own: Whether it bears the marks of the user's own key.
        fault: What is wrong from there on, in a sentence; empty if nothing is.
        is_torn: Whether it ends in the middle of a line, as a crash or a full disk leaves it.
        size: How many bytes the lines take.
        last: The digest of the last of them.
    """

    path: Path
    lines: tuple[Line, ...]
    is_own: bool
    fault: str = ""
    is_torn: bool = False
    size: int = 0
    last: str = ""

    @classmethod
    def load(cls, path: "Path | str") -> Self:
        """Read a tape.

        Raises:
            TapeFileError: The file cannot be read, or is no tape that this version knows.
        """
        try:
            with Path(path).open("rb") as file:
                return cls._read(Path(path), file)
        except OSError as error:
            raise TapeFileError(f"{path}: {error.strerror}.") from error

    @classmethod
    def _read(cls, path: Path, file: BinaryIO) -> Self:
        reader = _Reader(path)
        lines = tuple(reader.lines(file))
        if not lines:
            why = reader.fault or "It has no whole line."
            raise TapeFileError(f"{path} is no tape. {why}")
        return cls(
            path, lines, reader.is_own, reader.fault, reader.is_torn, reader.size, reader.last
        )

    @property
    def begun(self) -> Begun:
        """Its first step."""
        first = self.lines[0].step
        assert isinstance(first, Begun)  # noqa: S101 - it would not have been read else.
        return first

    @property
    def ended(self) -> Ended | None:
        """Its last step, if it came to its end."""
        last = self.lines[-1].step
        return last if isinstance(last, Ended) else None

    @property
    def text(self) -> str | None:
        """The last text of the plan, with secrets covered; None if there is none yet."""
        texts = (line.step.text for line in reversed(self.lines) if isinstance(line.step, Revised))
        return next(texts, None)

    @property
    def verdict(self) -> str:
        """What the tape proves, in a sentence."""
        if self.fault:
            return self.fault
        whose = "It was written with your key, and no line was changed."
        if not self.is_own:
            whose = (
                "It was not written with your key: its lines fit together, which shows that it was "
                "not damaged, and not who wrote it."
            )
        if self.is_torn:
            return f"{whose} Its last line is torn, and was left out."
        if not self.ended:
            return f"{whose} It has no end: it goes on, crashed, or was cut off."
        return whose

    def continued(self, named: Mapping[str, Any] | None = None, code: str = "") -> TapeWriter:
        """Go on writing it; what is torn at its end goes.

        Args:
            named: Values of inputs by name: see `Mask`.
            code: The plan as it is now, with the secrets that are covered on the tape.

        Raises:
            TapeFileError: It is not yours, was changed, or somebody writes to it.
        """
        if self.fault or not self.is_own:
            raise TapeFileError(f"{self.path} cannot be continued. {self.verdict}")
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        except OSError as error:
            raise TapeFileError(f"{self.path}: {error.strerror}.") from error
        lock(descriptor, self.path)
        os.ftruncate(descriptor, self.size)
        writer = TapeWriter(
            descriptor,
            self.path,
            number=len(self.lines),
            last=self.last,
            text=self.text,
            named=named,
        )
        writer.cover_said(code)
        return writer


class _Reader:
    """What is known of a tape while it is read."""

    def __init__(self, path: Path) -> None:
        self.is_own = False
        self.fault = ""
        self.is_torn = False
        self.size = 0
        self._path = path
        self._chain = Chain(user_secret(data_folder()).key)
        self._text: str | None = None

    @property
    def last(self) -> str:
        return self._chain.last

    def lines(self, file: BinaryIO) -> Iterator[Line]:
        number = 0
        while raw := file.readline(_LONGEST_LINE):
            if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
                most = _LONGEST_LINE // 10**6
                self.fault = f"Line {number + 1} is longer than the {most} MB that are read of one."
                return
            if not raw.endswith(b"\n"):
                self.is_torn = True
                return
            before = self._chain.last
            try:
                line = self._line(number, raw[:-1])
            except (BrokenChainError, UnreadableStepError) as error:
                self._chain.last = before
                self.fault = f"Line {number + 1} is not what was written: {error}."
                return
            self.size += len(raw)
            number += 1
            yield line

    def _line(self, number: int, raw: bytes) -> Line:
        if number == 0:
            self.is_own = f'"key":"{self._chain.key_name}"'.encode() in raw
        data = self._chain.opened(raw, is_own=self.is_own)
        if data.get("step") != number:
            raise BrokenChainError("it does not have the number of its place")
        step = decoded(self._with_text(data))
        if number == 0 and not isinstance(step, Begun):
            raise BrokenChainError("a tape begins otherwise")
        if isinstance(step, Begun) and step.schema != SCHEMA:
            message = f"{self._path} has the layout {step.schema!r}; this version reads {SCHEMA!r}."
            raise TapeFileError(message)
        if isinstance(step, Revised):
            self._text = step.text
        return Line(number, _time(data), step)

    def _with_text(self, data: dict[str, Any]) -> dict[str, Any]:
        """A revision of the plan with its whole text."""
        if data.get("kind") != "plan" or "text" in data:
            return data
        match data.get("edit"):
            case [int(start), int(end), str(new)] if self._text is not None:
                return data | {"text": TextEdit(Span(start, end), new).apply(self._text)}
        raise UnreadableStepError("it changes a plan of which nothing was told")


def _time(data: Mapping[str, Any]) -> float:
    time = data.get("time")
    if isinstance(time, bool) or not isinstance(time, int | float):
        raise UnreadableStepError("it does not say when it was")
    if not 0 <= time < _LATEST:
        raise UnreadableStepError("it says that it was at a time that no clock shows")
    return float(time)

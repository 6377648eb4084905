"""Where tapes lie that nobody named a file for: with the user's own data, the newest of them."""

import contextlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.tape.writer import TapeFileError, TapeWriter

MOST = 200
"""How many such tapes are kept, where nobody says otherwise."""
_NAME = re.compile(r".+-\d{8}-\d{6}-\d{9}\.jsonl")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where such tapes go.

    Attributes:
        folder: None is `tapes` in the folder of the user's data.
        keep: How many of them stay there; the oldest make room for a new one.
    """

    folder: Path | None = None
    keep: int = MOST

    @property
    def place(self) -> Path:
        """The folder, wherever it was said."""
        return self.folder or data_folder() / "tapes"

    def tapes(self, plan: Path | None = None) -> list[Path]:
        """The tapes that lie there, the newest first; with a plan, those that are named after it.

        Whoever chose the folder may keep other files there too, which are none.
        """
        found = self.place.glob(f"{escape(_stem(plan))}-*.jsonl" if plan else "*.jsonl")
        return sorted((each for each in found if _NAME.fullmatch(each.name)), key=_age)


def new_tape(
    path: Path | None,
    plan: Path,
    named: Mapping[str, Any] | None = None,
    shelf: Shelf | None = None,
) -> TapeWriter:
    """Begin a tape.

    Args:
        path: Where; None takes the shelf.
        plan: The plan that it is about.
        named: Values of inputs by name: see `Mask`.
        shelf: Where tapes go that nobody named a file for; None is the usual one.

    Raises:
        TapeFileError: It cannot be made.
    """
    if path is not None:
        return TapeWriter.begin(path, named)
    shelf = shelf or Shelf()
    folder = shelf.place
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise TapeFileError(f"{folder}: {error.strerror}. Have tapes kept elsewhere.") from error
    _make_room(shelf)
    when = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09}"
    return TapeWriter.begin(folder / f"{_stem(plan)}-{when}.jsonl", named)


def _make_room(shelf: Shelf) -> None:
    for oldest in shelf.tapes()[max(shelf.keep - 1, 0) :]:
        with contextlib.suppress(OSError):  # Another process was faster.
            oldest.unlink()


def _stem(plan: Path) -> str:
    return plan.name.partition(".")[0] or "plan"


def _age(path: Path) -> float:
    """A number that is the greater the older a file is."""
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0

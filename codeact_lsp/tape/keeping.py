"""Where tapes lie that nobody named a place for: with the user's own data, the newest of them."""

import contextlib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.tape.writer import TapeFileError, TapeWriter

_MOST = 200


def tapes_folder() -> Path:
    """The folder of such tapes."""
    return data_folder() / "tapes"


def new_tape(path: Path | None, plan: Path, named: Mapping[str, Any] | None = None) -> TapeWriter:
    """Begin a tape.

    Args:
        path: Where; None takes the folder of tapes, in which the oldest make room.
        plan: The plan that it is about.
        named: Values of inputs by name: see `Mask`.

    Raises:
        TapeFileError: It cannot be made.
    """
    if path is not None:
        return TapeWriter.begin(path, named)
    folder = tapes_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise TapeFileError(f"{folder}: {error.strerror}. Name a file with --tape.") from error
    _make_room(folder)
    name = plan.name.partition(".")[0] or "plan"
    when = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09}"
    return TapeWriter.begin(folder / f"{name}-{when}.jsonl", named)


def _make_room(folder: Path) -> None:
    found = sorted(folder.glob("*.jsonl"), key=_age)
    for oldest in found[: max(len(found) - _MOST + 1, 0)]:
        with contextlib.suppress(OSError):  # Another process was faster.
            oldest.unlink()


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0

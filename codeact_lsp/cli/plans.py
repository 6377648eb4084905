"""Load a plan file for the command line, and save it."""

import argparse
import sys
from pathlib import Path
from typing import BinaryIO

from codeact_lsp.cli.decoding import decode
from codeact_lsp.cli.exits import UsageError
from codeact_lsp.engine.workspace.files import waits
from codeact_lsp.plan import Plan

_MOST_BYTES = 10_000_000


def load_plan(name: str, stdin_filename: str | None = None) -> tuple[Plan, Path]:
    """Read a plan file; `-` reads standard input.

    Args:
        name: The file.
        stdin_filename: What standard input is called; None calls it `-`.

    Raises:
        UsageError: The file cannot be read, or is not in the encoding that it declares.
    """
    is_stdin = name == "-"
    name = stdin_filename if is_stdin and stdin_filename else name
    path = Path(name)
    _refuse_unspeakable(path)
    try:
        data = _read(sys.stdin.buffer) if is_stdin else _read_file(path)
    except FileNotFoundError as error:
        message = f"{name}: there is no such file."
        raise UsageError(message) from error
    except OSError as error:
        message = f"{name}: {error.strerror}."
        raise UsageError(message) from error
    if len(data) > _MOST_BYTES:
        message = f"{name}: larger than {_MOST_BYTES // 1_000_000} MB, which no plan is."
        raise UsageError(message)
    # Neither Python nor an editor counts a byte order mark as a part of the first line.
    text, _ = decode(data, name)
    return Plan.from_text(text), path


def _read_file(path: Path) -> bytes:
    if waits(path):
        raise UsageError(f"{path}: a pipe and no file. To read a plan from a pipe, name it -.")
    with path.open("rb") as file:
        return _read(file)


def _read(file: BinaryIO) -> bytes:
    """No more than shows that it is too much: a repository can hold a link to something endless."""
    return file.read(_MOST_BYTES + 1)


def _refuse_unspeakable(path: Path) -> None:
    """Refuse a path of bytes that are no text: results are kept, and told of, by the path.

    Raises:
        UsageError: It is one.
    """
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError as error:
        message = f"{str(path.absolute())!a}: the path is not UTF-8. Rename what is not."
        raise UsageError(message) from error


def save_plan(path: Path, old: str, new: str) -> None:
    """Write `new` to a plan file that was read as `old`; encoding and byte order mark stay.

    Raises:
        UsageError: The file is not what it was any more, or cannot be written.
    """
    try:
        data = path.read_bytes()
        _, encoding = decode(data, str(path))
        if data != old.encode(encoding):
            raise UsageError(f"{path}: changed while it was repaired; nothing was written to it.")
        path.write_bytes(new.encode(encoding))
    except UnicodeEncodeError as error:
        message = f"{path}: {error.encoding} has no {error.object[error.start]!r}."
        raise UsageError(f"{message} Save the file with the encoding UTF-8.") from error
    except OSError as error:
        message = f"{path}: {error.strerror}."
        raise UsageError(message) from error


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the plan file argument."""
    parser.add_argument("file", metavar="FILE", help="a plan: a Python file, as a rule *.plan.py")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the switch for JSON output."""
    parser.add_argument("--json", action="store_true", help="print JSON lines")

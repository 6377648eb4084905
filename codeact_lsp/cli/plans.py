"""Load a plan file for the command line."""

import argparse
import codecs
import sys
from pathlib import Path

from codeact_lsp.cli.exits import UsageError
from codeact_lsp.plan import Plan


def load_plan(name: str) -> tuple[Plan, Path]:
    """Read a plan file; `-` reads standard input.

    Raises:
        UsageError: The file cannot be read, or is not UTF-8.
    """
    path = Path(name)
    try:
        data = sys.stdin.buffer.read() if name == "-" else path.read_bytes()
        # Neither Python nor an editor counts a byte order mark as a part of the first line.
        return Plan.from_text(data.decode("utf-8-sig")), path
    except FileNotFoundError as error:
        message = f"{name}: there is no such file."
        raise UsageError(message) from error
    except OSError as error:
        message = f"{name}: {error.strerror}."
        raise UsageError(message) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = (
            f"{name}:{line}: byte {error.object[error.start]:#04x} is not UTF-8. "
            "Save the file with the encoding UTF-8."
        )
        raise UsageError(message) from error


def save_plan(path: Path, old: str, new: str) -> None:
    """Write `new` to a plan file that was read as `old`; a byte order mark stays.

    Raises:
        UsageError: The file is not what it was any more, or cannot be written.
    """
    try:
        data = path.read_bytes()
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        if data != mark + old.encode():
            raise UsageError(f"{path}: changed while it was repaired; nothing was written to it.")
        path.write_bytes(mark + new.encode())
    except OSError as error:
        message = f"{path}: {error.strerror}."
        raise UsageError(message) from error


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the plan file argument."""
    parser.add_argument("file", metavar="FILE", help="a plan: a Python file, as a rule *.plan.py")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the switch for JSON output."""
    parser.add_argument("--json", action="store_true", help="print JSON lines")

"""Load a plan file for the command line."""

import argparse
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
        return Plan.from_text(data.decode("utf-8")), path
    except FileNotFoundError as error:
        message = f"{name}: there is no such file."
        raise UsageError(message) from error
    except OSError as error:
        message = f"{name}: {error.strerror}."
        raise UsageError(message) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = (
            f"{name}:{line}: byte {data[error.start]:#04x} is not UTF-8. "
            "Save the file with the encoding UTF-8."
        )
        raise UsageError(message) from error


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the plan file argument."""
    parser.add_argument("file", metavar="FILE", help="a plan: a Python file, as a rule *.plan.py")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the switch for JSON output."""
    parser.add_argument("--json", action="store_true", help="print JSON lines")

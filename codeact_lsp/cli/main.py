"""Parse the command line and run a subcommand."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import codeact_lsp
from codeact_lsp.cli.exits import CLOSED, INTERRUPTED, USAGE, UsageError, complain
from codeact_lsp.cli.parsers import Parser

_COMMANDS = ("run", "check", "graph", "fix", "plan", "agent", "cache", "history", "memory", "tape",
             "grant", "doctor", "serve")  # fmt: skip
_EPILOG = """\
exit status: 0 done, 1 a node failed, 2 the plan has errors, 3 bad usage or input,
130 interrupted, 141 the reader of the output closed it
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status.

    Args:
        arguments: The arguments; None takes those of the process.
    """
    if sys.stdout is None:  # It was closed before we were started.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end.
    # A path may hold what the terminal's encoding cannot show.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        given = sys.argv[1:] if arguments is None else arguments
        status = _called(given)
        sys.stdout.flush()
    except UsageError as error:
        complain(error)
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        _discard_output()
        return CLOSED
    except OSError as error:
        _discard_output()
        print(f"codeact: cannot write the output: {error.strerror}.", file=sys.stderr)
        return USAGE
    return status


def _called(given: Sequence[str]) -> int:
    """Run what the arguments name."""
    parser = _parser(given)
    if not given:  # Whoever has just installed it wants to know what there is.
        parser.print_help(sys.stderr)
        return USAGE
    options = parser.parse_args(given)
    status: int = options.run(options)
    return status


def _discard_output() -> None:
    """Have what is still buffered go nowhere, so that nobody fails over it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of all commands; of one alone, if it is named: the others need not be loaded."""
    parser = Parser(
        prog="codeact",
        description="Read, run and repair plans that are executable Python.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"codeact {codeact_lsp.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    named = [name for name in _COMMANDS if name in arguments[:1]]
    for name in named or _COMMANDS:
        import_module(f"codeact_lsp.cli.{name}").register(commands)
    return parser

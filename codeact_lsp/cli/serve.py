"""`codeact serve`: the language server."""

import argparse

from codeact_lsp.cli.exits import UsageError

_MOST_PORT = 65_535


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("serve", help="start the language server")
    parser.add_argument(
        "--stdio", action="store_true", help="over standard input and output (default)"
    )
    parser.add_argument("--tcp", type=int, metavar="PORT", help="over TCP on loopback, to debug it")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until the client leaves."""
    # The other commands need no server.
    from codeact_lsp.server.memory import for_long  # noqa: PLC0415

    with for_long():
        from codeact_lsp.server import start  # noqa: PLC0415

    if options.tcp is None:
        return start.serve_stdio()
    if not 0 <= options.tcp <= _MOST_PORT:
        raise UsageError(f"--tcp expects a port from 0 to {_MOST_PORT}, not {options.tcp}")
    return start.serve_tcp(options.tcp)

"""The `codeact` command: one module a subcommand."""

from codeact_lsp.cli.main import main

__all__ = ["main"]

"""Parsers of arguments that end as this command ends, and take them in any order."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from codeact_lsp.cli.exits import UsageError


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors end in our exit status instead of its own."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments.

        Raises:
            UsageError: Always.
        """
        raise UsageError(f"{message}\n{self.format_usage().rstrip()}")


class Intermixed(Parser):
    """Takes options between positional arguments too: `cache why FILE --json NODE`.

    Python's own parser gives up an optional argument when an option comes before it.
    """

    _is_asked_back = False

    def parse_known_args(  # type: ignore[override]  # Of its overloads this one is called.
        self,
        args: Sequence[str] | None = None,
        namespace: argparse.Namespace | None = None,
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse arguments as a subcommand is told to."""
        if self._is_asked_back:
            return super().parse_known_args(args, namespace)
        self._is_asked_back = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_asked_back = False

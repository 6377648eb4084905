"""Parsers of arguments that end as this command ends, and take them in any order."""

import argparse
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

from codeact_lsp.cli.exits import UsageError
from codeact_lsp.plan.spelling import closest, did_you_mean

# What Python's own parser says of a value that is none of those that there are.
_CHOICE = re.compile(r"invalid choice: '([^']*)' \(choose from (.*)\)$")
_WORD = re.compile(r"[\w-]+")


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors end in our exit status instead of its own."""

    def parse_args(  # type: ignore[override]  # Of its overloads this one is called.
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Parse arguments; of an option that there is not, the one that was meant is told.

        Raises:
            UsageError: The arguments cannot be used.
        """
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            named = next((each for each in unknown if each.startswith("--")), "").partition("=")[0]
            meant = closest(named, _options(self)) if named else None
            self.error(f"unrecognized arguments: {' '.join(unknown)}.{did_you_mean(meant)}")
        return options

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments.

        Raises:
            UsageError: Always.
        """
        if wrong := _CHOICE.search(message):
            message = f"{message}.{did_you_mean(closest(wrong[1], _WORD.findall(wrong[2])))}"
        raise UsageError(f"{message}\n{self.format_usage().rstrip()}")


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The long options of a parser, and of the subcommands that it knows."""
    for action in parser._actions:  # noqa: SLF001 - argparse tells of its options nowhere else.
        yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above.
            for command in action.choices.values():
                yield from _options(command)


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

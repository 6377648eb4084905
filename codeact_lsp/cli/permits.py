"""Options that say what nodes may do, and what comes of them."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from codeact_lsp.cli.exits import UsageError, complain
from codeact_lsp.engine.permissions.permission import permission
from codeact_lsp.engine.permissions.policies import Decision
from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings, read_level, read_right
from codeact_lsp.engine.workspace.configuration import ConfigurationError
from codeact_lsp.engine.workspace.workspace import find_workspace
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level
from codeact_lsp.sandbox.tiers import tier_of

_T = TypeVar("_T")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that go before the user's configuration."""
    parser.add_argument("--level", type=_read(read_level), metavar="LEVEL",
                        help=f"what nodes may do: {', '.join(Level)}")  # fmt: skip
    parser.add_argument("--allow", type=_read(read_right), action="append", default=[],
                        metavar="RIGHT",
                        help="give a right to the nodes that ask for it, in this run")  # fmt: skip
    parser.add_argument("--minimum-tier", type=_read(tier_of), metavar="TIER",
                        help="run nothing where less than this is enforced")  # fmt: skip


def decided(options: argparse.Namespace, plan: Plan, path: Path) -> Decision:
    """What the nodes of a plan may do; an option that is without effect is told of.

    Raises:
        UsageError: The configuration of the user or of the workspace cannot be used.
    """
    own = SandboxSettings(options.level, options.minimum_tier, tuple(options.allow))
    try:
        found = permission(plan, path.resolve(), find_workspace(path), own)
    except ConfigurationError as error:
        raise UsageError(str(error)) from error
    for right in found.unasked:
        if right in own.allow:
            complain(UsageError(
                f"--allow '{right}' is without effect: no node asks for it. Add this line to the "
                f"docstring of the one that needs it: Needs: {right}"
            ))  # fmt: skip
    return found


def _read(reader: Callable[[str], _T]) -> Callable[[str], _T]:
    """A reader as the type of an argument, whose complaint is shown as it is."""

    def read(text: str) -> _T:
        try:
            return reader(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return read

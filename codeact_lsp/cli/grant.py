"""`codeact grant`: give rights to a plan for good, look at what was given, take it back."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from codeact_lsp.cli import plans
from codeact_lsp.cli.exits import DONE, UsageError, complain
from codeact_lsp.engine.permissions.grants import Grants, GrantsError
from codeact_lsp.engine.permissions.rights import refuse, surroundings
from codeact_lsp.engine.permissions.sandbox_settings import read_right
from codeact_lsp.engine.workspace.workspace import find_workspace
from codeact_lsp.plan.docstrings.needs import Need
from codeact_lsp.plan.visible import visible
from codeact_lsp.sandbox.needs import NeverGrantedError

_HELP = "such as 'write out/', 'network api.example.com' or 'processes'"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("grant", help="give a plan rights that its nodes ask for")
    parser.add_argument("file", metavar="FILE", nargs="?", help="the plan")
    parser.add_argument("rights", metavar="RIGHT", nargs="*", help=_HELP)
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--list", action="store_true", help="show what was granted")
    action.add_argument("--revoke", metavar="RIGHT", nargs="*",
                        help="take these rights back, or all that it has")  # fmt: skip
    plans.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Grant, revoke or list.

    Raises:
        UsageError: It is not said what, a right is never granted, or the list cannot be used.
    """
    try:
        if options.list:
            return _list(options)
        return _grant(options) if options.revoke is None else _revoke(options)
    except GrantsError as error:
        raise UsageError(str(error)) from error


def _grant(options: argparse.Namespace) -> int:
    if not options.file or not options.rights:
        raise UsageError(f"grant expects a plan and a right {_HELP}; or --list, or --revoke.")
    file, rights = Path(options.file), tuple(map(_right, options.rights))
    if not file.is_file():  # A misspelt name would wait for a plan of that name.
        raise UsageError(f"{file}: there is no such file.")
    for right in rights:
        _require_grantable(file, right)
    for right in rights:
        Grants().add(file, right)
    _show(options, {file.resolve(): rights}, "granted")
    return DONE


def _revoke(options: argparse.Namespace) -> int:
    if not options.file or options.rights:
        raise UsageError("grant expects the plan before, and rights after --revoke.")
    file, rights = Path(options.file), tuple(map(_right, options.revoke))
    gone = Grants().revoke(file, rights)
    _show(options, {file.resolve(): gone}, "revoked")
    for right in rights:
        if right not in gone:
            complain(UsageError(f"{file}: '{right}' was not granted."))
    return DONE


def _list(options: argparse.Namespace) -> int:
    grants = Grants()
    file = Path(options.file).resolve() if options.file else None
    _show(options, {file: grants.of(file)} if file else grants.all(), "granted")
    return DONE


def _show(
    options: argparse.Namespace, rights: Mapping[Path, tuple[Need, ...]], became: str
) -> None:
    for file, of_plan in rights.items():
        for right in of_plan:
            if options.json:
                print(json.dumps({"plan": str(file), "right": str(right), "became": became}))
            else:
                print(f"{visible(str(file))}: {became} {visible(str(right))}")


def _right(text: str) -> Need:
    try:
        return read_right(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _require_grantable(file: Path, right: Need) -> None:
    try:
        refuse(right, surroundings(file, find_workspace(file)))
    except NeverGrantedError as error:
        raise UsageError(f"'{right}' is never granted: {error}.") from error

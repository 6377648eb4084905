"""`codeact memory`: what was learnt from earlier repairs; to look at, to forget, to hand on."""

import argparse
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.table import Table

from codeact_lsp.cli import plans
from codeact_lsp.cli.console import console
from codeact_lsp.cli.exits import DONE, UsageError
from codeact_lsp.cli.parsers import Intermixed
from codeact_lsp.engine.outcomes.strict import describe, structure
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.plan.visible import visible
from codeact_lsp.repair.memory.database import Memory, Remembered

_FORMAT = "codeact-memory-1"
_MOST_BYTES = 10_000_000


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand with its own."""
    parser = commands.add_parser("memory", help="look at what repairs have taught")
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=Intermixed)
    listing = actions.add_parser("list", help="list what was learnt, the most proven first")
    plans.add_json(listing)
    listing.set_defaults(run=list_all)
    showing = actions.add_parser("show", help="show one pattern whole")
    showing.add_argument("number", type=int, metavar="NUMBER")
    showing.set_defaults(run=show)
    forgetting = actions.add_parser("forget", help="forget patterns")
    forgetting.add_argument("number", type=int, nargs="?", metavar="NUMBER")
    forgetting.add_argument("--all", action="store_true", help="all that was learnt")
    forgetting.set_defaults(run=forget)
    exporting = actions.add_parser("export", help="write what was learnt, as JSON")
    exporting.add_argument("-o", "--output", type=Path, help="to a file instead of the output")
    exporting.set_defaults(run=export)
    importing = actions.add_parser("import", help="add what somebody else has exported")
    importing.add_argument("file", type=Path)
    importing.set_defaults(run=take_in)


def list_all(options: argparse.Namespace) -> int:
    """List the patterns, each in a line."""
    found = _memory().all()
    if options.json:
        for each in found:
            print(json.dumps(asdict(each)))
        return DONE
    if not found:
        console().print("Nothing was learnt yet: that happens when a node that failed works again.")
        return DONE
    table = Table("number", "error", "before", "after", "taken", "worked", "failed")
    for each in found:
        pattern = each.pattern
        texts = (pattern.error, _short(pattern.before), _short(pattern.after))
        counts = (each.accepted, each.worked, each.failed)
        table.add_row(str(each.number), *map(visible, texts), *map(str, counts))
    console().print(table)
    return DONE


def show(options: argparse.Namespace) -> int:
    """Show one pattern whole."""
    found = next((each for each in _memory().all() if each.number == options.number), None)
    if found is None:
        raise _unknown(options.number)
    pattern = found.pattern
    print(visible(f"{pattern.error}: {pattern.message}"))
    for sign, text in (("-", pattern.before), ("+", pattern.after)):
        print("\n".join(f"{sign} {visible(line)}" for line in text.splitlines()))
    print(f"taken {found.accepted}, worked {found.worked}, failed {found.failed} times")
    return DONE


def forget(options: argparse.Namespace) -> int:
    """Forget one pattern, or all."""
    if options.all == (options.number is not None):
        raise UsageError("give the number of the pattern to forget, or --all")
    with _writing():
        count = _memory().forget(None if options.all else options.number)
    if not options.all and count == 0:
        raise _unknown(options.number)
    print(f"forgot {count} {'pattern' if count == 1 else 'patterns'}")
    return DONE


def export(options: argparse.Namespace) -> int:
    """Write all patterns as JSON."""
    text = json.dumps(
        {"format": _FORMAT, "patterns": [asdict(each) for each in _memory().all()]}, indent=1
    )
    if options.output is None:
        print(text)
        return DONE
    try:
        options.output.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {options.output}: {error.strerror}") from error
    return DONE


def take_in(options: argparse.Namespace) -> int:
    """Add the patterns of a file; each is tried like any other before it is offered."""
    found = list(_exported(options.file))
    with _writing():
        count = _memory().take_in(found)
    print(f"took in {count} {'pattern' if count == 1 else 'patterns'}")
    if left := len(found) - count:
        print(f"left out {left}: they say nothing that can be used, or the memory is full")
    return DONE


def _exported(file: Path) -> Iterator[Remembered]:
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{file} is larger than {_MOST_BYTES // 1_000_000} MB")
    try:
        content: Any = json.loads(data)
    except ValueError as error:
        raise UsageError(f"{file} is no JSON: {error}") from error
    except RecursionError as error:
        raise UsageError(f"{file} was not written by 'codeact memory export'") from error
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise UsageError(f"{file} was not written by 'codeact memory export'")
    try:
        yield from structure(content.get("patterns"), list[Remembered])
    except Exception as error:  # cattrs wraps whatever the data makes it raise.
        raise UsageError(f"{file}: {describe(error, 'patterns')}") from error


def _memory() -> Memory:
    return Memory(data_folder())


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise UsageError(f"the memory in {data_folder()} cannot be written: {error}") from error


def _unknown(number: int) -> UsageError:
    return UsageError(f"there is no pattern {number}; 'codeact memory list' shows those there are")


def _short(text: str) -> str:
    first = text.splitlines()[0] if text else ""
    return first if first == text and len(first) <= 60 else f"{first[:57]}..."  # noqa: PLR2004

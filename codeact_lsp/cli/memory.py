"""`codeact memory`: what was learnt from earlier repairs; to look at, to forget, to hand on."""

import argparse
import json
import re
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
from codeact_lsp.repair.memory.file import NewerError
from codeact_lsp.repair.memory.shelf import Kept, Shelf

_FORMAT = "codeact-memory-1"
_LAYOUT = re.compile(r"codeact-memory-[0-9]{1,9}")
_MOST_BYTES = 10_000_000
# Before the number of what fits one failure alone.
_ANSWER = "a"
_MOST_DIGITS = 18


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand with its own."""
    parser = commands.add_parser("memory", help="look at what repairs have taught")
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=Intermixed)
    listing = actions.add_parser("list", help="list what was learnt, the most proven first")
    plans.add_json(listing)
    listing.set_defaults(run=list_all)
    showing = actions.add_parser("show", help="show one lesson whole")
    showing.add_argument("number", metavar="NUMBER", help="as 'list' shows it: 3, or a3")
    plans.add_json(showing)
    showing.set_defaults(run=show)
    forgetting = actions.add_parser("forget", help="forget lessons")
    forgetting.add_argument("number", nargs="?", metavar="NUMBER", help="as 'list' shows it")
    forgetting.add_argument("--all", action="store_true", help="all that was learnt")
    forgetting.set_defaults(run=forget)
    exporting = actions.add_parser("export", help="write the patterns that were learnt, as JSON")
    exporting.add_argument("-o", "--output", type=Path, help="to a file instead of the output")
    exporting.set_defaults(run=export)
    importing = actions.add_parser("import", help="add what somebody else has exported")
    importing.add_argument("file", type=Path)
    importing.set_defaults(run=take_in)


def list_all(options: argparse.Namespace) -> int:
    """List the lessons, each in a line."""
    found, answers = _known()
    lessons: list[Remembered | Kept] = [*found, *answers]
    if options.json:
        for each in lessons:
            print(json.dumps(_as_json(each)))
        return DONE
    if not lessons:
        console().print("Nothing was learnt yet: that happens when a node that failed works again.")
        return DONE
    table = Table("number", "error", "before", "after", "accepted", "worked", "failed")
    for each in lessons:
        table.add_row(*map(visible, _cells(each)))
    console().print(table)
    return DONE


def show(options: argparse.Namespace) -> int:
    """Show one lesson whole."""
    known = {_number(each): each for some in _known() for each in some}
    found = known.get(options.number)
    if found is None:
        raise _unknown(options.number)
    if options.json:
        print(json.dumps(_as_json(found)))
        return DONE
    told = found.pattern if isinstance(found, Remembered) else found.answer
    before, after = _told(found)
    print(visible(f"{told.error}: {told.message}"))
    for sign, text in (("-", before), ("+", after)):
        print("\n".join(f"{sign} {visible(line)}" for line in text.splitlines()))
    print(f"accepted {found.accepted}, worked {found.worked}, failed {found.failed} times")
    if isinstance(found, Remembered) and found.met:
        print(f"offered {found.met} times, and taken in {found.taken} of them")
    return DONE


def forget(options: argparse.Namespace) -> int:
    """Forget one lesson, or all."""
    if options.all == (options.number is not None):
        raise UsageError("give the number of the lesson to forget, or --all")
    with _trouble("written"):
        memory = _memory()
        if options.all:
            count = memory.forget() + memory.answers.forget()
        else:
            store, number = _meant(memory, options.number)
            count = store.forget(number)
    if not options.all and count == 0:
        raise _unknown(options.number)
    print(f"forgot {count} {'lesson' if count == 1 else 'lessons'}")
    return DONE


def _known() -> tuple[list[Remembered], list[Kept]]:
    with _trouble("read"):
        memory = _memory()
        return memory.all(), memory.answers.all()


def _meant(memory: Memory, number: str) -> tuple[Memory | Shelf, int]:
    """Where a lesson is kept, and its number there."""
    digits = number.removeprefix(_ANSWER)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        raise _unknown(number)
    return memory.answers if digits != number else memory, int(digits)


def _number(lesson: Remembered | Kept) -> str:
    return f"{'' if isinstance(lesson, Remembered) else _ANSWER}{lesson.number}"


def _told(lesson: Remembered | Kept) -> tuple[str, str]:
    """What a lesson says of the code before, and of that after."""
    if isinstance(lesson, Remembered):
        return lesson.pattern.before, lesson.pattern.after
    return "the very code that failed", lesson.answer.told


def _cells(lesson: Remembered | Kept) -> list[str]:
    error = lesson.pattern.error if isinstance(lesson, Remembered) else lesson.answer.error
    counts = (lesson.accepted, lesson.worked, lesson.failed)
    return [_number(lesson), error, *map(_short, _told(lesson)), *map(str, counts)]


def _as_json(lesson: Remembered | Kept) -> dict[str, Any]:
    """An answer without the marks, which mean nothing to anybody."""
    if isinstance(lesson, Remembered):
        return asdict(lesson)
    answer = {"error": lesson.answer.error, "message": lesson.answer.message}
    counts = {key: getattr(lesson, key) for key in ("accepted", "worked", "failed")}
    return {"number": _number(lesson), "answer": {**answer, "after": lesson.answer.told}, **counts}


def export(options: argparse.Namespace) -> int:
    """Write all patterns as JSON."""
    found, _ = _known()
    text = json.dumps({"format": _FORMAT, "patterns": [*map(asdict, found)]}, indent=1)
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
    with _trouble("written"):
        count = _memory().take_in(found)
    print(f"took in {count} {'pattern' if count == 1 else 'patterns'}")
    if left := len(found) - count:
        print(f"left out {left}: known already, of no use, or more than the memory holds")
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
        raise UsageError(f"{file} {_what_is_wrong(content)}")
    try:
        yield from structure(content.get("patterns"), list[Remembered])
    except Exception as error:  # cattrs wraps whatever the data makes it raise.
        raise UsageError(f"{file}: {describe(error, 'patterns')}") from error


def _what_is_wrong(content: Any) -> str:
    layout = content.get("format") if isinstance(content, dict) else None
    if isinstance(layout, str) and _LAYOUT.fullmatch(layout):
        return f"has the layout {layout!r}; this version reads {_FORMAT!r}"
    return "was not written by 'codeact memory export'"


def _memory() -> Memory:
    return Memory(data_folder())


@contextmanager
def _trouble(done: str) -> Iterator[None]:
    try:
        yield
    except NewerError as error:
        raise UsageError(str(error)) from error
    except (sqlite3.Error, OSError, ValueError) as error:
        raise UsageError(f"the memory in {data_folder()} cannot be {done}: {error}") from error


def _unknown(number: str) -> UsageError:
    return UsageError(f"there is no lesson {number}; 'codeact memory list' shows those there are")


def _short(text: str) -> str:
    first = text.splitlines()[0] if text else ""
    return first if first == text and len(first) <= 60 else f"{first[:57]}..."  # noqa: PLR2004

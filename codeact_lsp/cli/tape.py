"""`codeact tape`: what was recorded of a run; to look at, to see again, to compare, to hand on."""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from codeact_lsp.cli import plans
from codeact_lsp.cli.console import console
from codeact_lsp.cli.exits import DONE, FAILED, UsageError, complain
from codeact_lsp.cli.narrator import Narrator
from codeact_lsp.cli.parsers import Intermixed
from codeact_lsp.cli.report import Report
from codeact_lsp.plan import Source
from codeact_lsp.plan.visible import visible
from codeact_lsp.tape import Line, Tape, TapeFileError
from codeact_lsp.tape.difference import differences
from codeact_lsp.tape.export import as_json, as_markdown, with_source
from codeact_lsp.tape.replay import runs
from codeact_lsp.tape.steps import Happened
from codeact_lsp.tape.telling import said, told


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand with its own."""
    parser = commands.add_parser("tape", help="look at what was recorded of runs; runs nothing")
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=Intermixed)
    showing = actions.add_parser("show", help="list the steps, and what the tape proves")
    _add_tape(showing)
    plans.add_json(showing)
    showing.set_defaults(run=show)
    replaying = actions.add_parser("replay", help="print again what was printed; runs nothing")
    _add_tape(replaying)
    plans.add_json(replaying)
    replaying.set_defaults(run=replay)
    comparing = actions.add_parser("diff", help="compare two tapes, step by step")
    _add_tape(comparing, "before")
    _add_tape(comparing, "after")
    plans.add_json(comparing)
    comparing.set_defaults(run=diff)
    exporting = actions.add_parser("export", help="write a tape as one document")
    _add_tape(exporting)
    exporting.add_argument("--format", choices=("json", "markdown"), default="json")
    exporting.add_argument("-o", "--output", type=Path, help="to a file instead of the output")
    exporting.set_defaults(run=export)


def _add_tape(parser: argparse.ArgumentParser, name: str = "tape") -> None:
    parser.add_argument(name, type=Path, metavar=name.upper())


def show(options: argparse.Namespace) -> int:
    """List the steps."""
    tape = _loaded(options.tape)
    if options.json:
        for line, source in with_source(tape):
            print(json.dumps(_numbered(line, source)))
    else:
        began = tape.lines[0].time
        for line in tape.lines:
            _print(f"{line.number:>5}  {line.time - began:>8.2f} s  {said(line.step)}")
        _print(f"\n{tape.verdict}", "bold red" if tape.fault else "")
    return FAILED if tape.fault else DONE


def replay(options: argparse.Namespace) -> int:
    """Print what was printed when the tape was made, up to where it can be believed."""
    tape = _loaded(options.tape)
    is_run = tape.begun.command == "run"
    if options.json:
        for line, source in with_source(tape):
            if isinstance(line.step, Happened) or not is_run:
                print(json.dumps(told(line.step, source)))
    elif is_run:
        for again in runs(tape.lines):
            with Report(again.job, Path(tape.begun.shown)) as report:
                for event in again.events:
                    report.tell(event)
    else:
        with Narrator() as narrator:
            for line in tape.lines:
                narrator.tell(line.step)
    return _told_fault(tape)


def diff(options: argparse.Namespace) -> int:
    """Compare two tapes; status 1 if they differ, as `diff` has it."""
    before, after = _loaded(options.before), _loaded(options.after)
    found = list(differences(before.lines, after.lines))
    for each in found:
        if options.json:
            print(
                json.dumps({"gone": _all_of(each.gone, before), "come": _all_of(each.come, after)})
            )
            continue
        for sign, style, lines in (("-", "red", each.gone), ("+", "green", each.come)):
            for line in lines:
                _print(f"{sign} {line.number:>5}  {said(line.step)}", style)
    if not found and not options.json:
        _print("The tapes tell the same.")
    faults = [_told_fault(tape) for tape in (before, after)]
    return max(FAILED if found else DONE, *faults)


def export(options: argparse.Namespace) -> int:
    """Write a tape as one document."""
    tape = _loaded(options.tape)
    if options.format == "json":
        text = json.dumps(as_json(tape), indent=1) + "\n"
    else:
        text = as_markdown(tape)
    if options.output is None:
        print(text, end="")
        return _told_fault(tape)
    try:
        options.output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {options.output}: {error.strerror}") from error
    return _told_fault(tape)


def _loaded(path: Path) -> Tape:
    try:
        return Tape.load(path)
    except TapeFileError as error:
        raise UsageError(str(error)) from error


def _told_fault(tape: Tape) -> int:
    if not tape.fault:
        return DONE
    complain(UsageError(f"{tape.path}: {tape.fault} What follows is left out."))
    return FAILED


def _all_of(lines: Sequence[Line], tape: Tape) -> list[dict[str, object]]:
    return list(_some(lines, tape))


def _some(lines: Sequence[Line], tape: Tape) -> Iterator[dict[str, object]]:
    wanted = {line.number for line in lines}
    for line, source in with_source(tape):
        if line.number in wanted:
            yield _numbered(line, source)


def _numbered(line: Line, source: Source) -> dict[str, object]:
    return {"step": line.number, "at": line.time, **told(line.step, source)}


def _print(text: str, style: str = "") -> None:
    for line in text.split("\n"):
        console().print(Text(visible(line), style))

"""`codeact history`: the last runs of a plan, and what came of them."""

import argparse
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from rich.text import Text

from codeact_lsp.cli import jobs, plans
from codeact_lsp.cli.console import console
from codeact_lsp.cli.exits import DONE
from codeact_lsp.engine.history.history import RAN, History, Record, RunRecord
from codeact_lsp.engine.run.modes import said_time
from codeact_lsp.engine.wire import wire_history
from codeact_lsp.engine.workspace.folders import store_folder
from codeact_lsp.plan.visible import visible

_USUAL = 10
_STYLES = {"done": "green", "failed": "bold red", "cancelled": "yellow"}
_NAMES = {"cached": "reused"}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("history", help="show the last runs of a plan; runs nothing")
    plans.add_file(parser)
    parser.add_argument("-n", type=jobs.positive, default=_USUAL, metavar="N",
                        help="how many of them (%(default)s)")  # fmt: skip
    plans.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show the runs, the newest first."""
    _, path = plans.load_plan(options.file)
    history = History(store_folder())
    try:
        runs = history.runs(path.resolve())[: options.n]
        calls = wire_history.by_run(history.calls_of_plan(path.resolve()))
    finally:
        history.close()
    if options.json:
        for each in runs:
            print(json.dumps(wire_history.run(each, calls.get(each.run, []))))
        return DONE
    if not runs:
        console().print(Text(visible(f"{path}: no run is remembered")))
    for each in runs:
        _show(each, calls.get(each.run, []), path)
    return DONE


def _show(ran: RunRecord, calls: Iterable[Record], path: Path) -> None:
    when = datetime.fromtimestamp(ran.at).astimezone()
    counts = [f"{count} {_NAMES.get(how, how)}" for how, count in sorted(ran.counts.items())]
    line = Text(f"{when:%Y-%m-%d %H:%M:%S}  ")
    line.append(visible(ran.status), style=_STYLES.get(ran.status, ""))
    line.append(f"  {', '.join(counts) or 'no nodes'}, {ran.seconds:.2f} s")
    console().print(line)
    for call in calls:
        console().print(Text(visible(f"  {call.node}  {_became(call, path)}")))


def _became(call: Record, path: Path) -> str:
    """Why a call was made; of one that failed with what, and where that was then."""
    if call.outcome == RAN:
        return f"{said_time(call.wall)}: {call.why}"
    return f"failed after {said_time(call.wall)} at {path}:{call.place}: {call.error}"

"""The remembered runs of a plan as plain JSON data."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from codeact_lsp.engine.history.history import History
from codeact_lsp.engine.history.records import Record, RunRecord
from codeact_lsp.engine.wire.wire import usage
from codeact_lsp.engine.workspace.folders import store_folder

_MOST_RUNS = 50


def runs(plan: Path, most: int = _MOST_RUNS) -> list[dict[str, Any]]:
    """The last runs of a plan with the calls that they made, the newest first."""
    history = History(store_folder())
    try:
        made = history.runs(plan.resolve())[:most]
        calls = by_run(history.calls_of_plan(plan.resolve()))
    finally:
        history.close()
    return [run(each, calls.get(each.run, ())) for each in made]


def by_run(calls: Mapping[str, Iterable[Record]]) -> dict[str, list[Record]]:
    """The calls of each run, in the order in which they ended."""
    found: dict[str, list[Record]] = {}
    every = (call for of_node in calls.values() for call in of_node)
    for call in sorted(every, key=lambda call: call.at):
        found.setdefault(call.run, []).append(call)
    return found


def run(ran: RunRecord, calls: Iterable[Record]) -> dict[str, Any]:
    """A run; `at` is when it ended, in seconds since the epoch, as that of each call is."""
    return {
        "run": ran.run,
        "at": ran.at,
        "status": ran.status,
        "mode": ran.mode,
        "workers": ran.workers,
        "seconds": ran.seconds,
        "counts": dict(ran.counts),
        "nodes": [
            {"node": call.node, "outcome": call.outcome, "why": call.why, **usage(call),
             "bytes": call.size, "error": call.error, "place": call.place, "at": call.at}
            for call in calls
        ],
    }  # fmt: skip

"""`codeact cache`: what results are kept, why a node would be reused or not, and clearing them."""

import argparse
import asyncio
import json
import re
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path

from rich.table import Table
from rich.text import Text

from codeact_lsp.cli import jobs, plans
from codeact_lsp.cli.console import console
from codeact_lsp.cli.dry_run import show_prospects
from codeact_lsp.cli.exits import DONE, UsageError
from codeact_lsp.cli.parsers import Intermixed
from codeact_lsp.cli.run import refused
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.history.forecast import Forecast
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.reuse.call_parts import name_of
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.engine.store import Choice, Store, Stored, open_store
from codeact_lsp.engine.wire import wire_forecast
from codeact_lsp.plan.spelling import closest, did_you_mean
from codeact_lsp.plan.visible import visible

_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_AGE = re.compile(rf"(\d{{1,6}})\s*({'|'.join(_SECONDS)})")


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand with its own."""
    parser = commands.add_parser("cache", help="look at kept results, or clear them")
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=Intermixed)
    listing = actions.add_parser("list", help="list the results that are kept")
    plans.add_json(listing)
    listing.set_defaults(run=list_all)
    why = actions.add_parser("why", help="say what a run would reuse, and why not the rest")
    plans.add_file(why)
    why.add_argument("one", metavar="NODE", nargs="?", help="only this node")
    jobs.add_job(why)
    plans.add_json(why)
    why.set_defaults(run=explain)
    clearing = actions.add_parser("clear", help="forget results")
    clearing.add_argument("--plan", type=Path, help="only those of this plan")
    clearing.add_argument("--older-than", type=_age, metavar="AGE",
                          help="only those that were made so long ago, such as 30d")  # fmt: skip
    clearing.set_defaults(run=clear)


def list_all(options: argparse.Namespace) -> int:
    """List the results, the newest of each node first."""
    with _store() as store:
        found, size = store.stored(), store.size
        if options.json:
            for each in found:
                print(json.dumps(_as_json(each)))
            return DONE
        _show(found)
        files = {each.file for each in found}
        print(
            f"{_count(len(found), 'result')} of {_count(len(files), 'plan')}, {said_size(size)} of "
            f"{said_size(store.most_bytes)}, in {visible(str(store.folder))}"
        )
    return DONE


def explain(options: argparse.Namespace) -> int:
    """Say of each node whether a run would take its value from the store."""
    plan, path = plans.load_plan(options.file)
    if options.one:
        options.node = [options.one]
    try:
        job = jobs.make(options, plan, path)
    except PlanError as error:
        return refused(options, plan, path, error)
    forecast = asyncio.run(_forecast(options, job, path))
    asked = {options.one} if options.one else {*job.nodes}
    if options.json:
        for line in wire_forecast.forecast(forecast):
            if line.get("node") in asked:
                print(json.dumps(line))
    else:
        show_prospects(each for each in forecast.prospects if each.node in asked)
    return DONE


def clear(options: argparse.Namespace) -> int:
    """Forget results; values that a run needs at this moment stay until it has ended.

    Raises:
        UsageError: There is no such plan, and nothing is stored of one that was there.
    """
    file = name_of(options.plan.resolve()) if options.plan else None
    before = time.time() - options.older_than if options.older_than is not None else None
    with _store() as store:
        if options.plan and not options.plan.exists():
            _require_known(options.plan, file, {each.file for each in store.stored()})
        size = store.size
        forgotten = store.clear(Choice(file=file, before=before))
        freed = max(size - store.size, 0)
    print(f"removed {_count(forgotten, 'result')}, {said_size(freed)}")
    return DONE


def _require_known(plan: Path, file: str | None, known: Collection[str]) -> None:
    """A plan that is gone may still have results; of one that never was nothing can be cleared."""
    if file not in known:
        names = {Path(each).name: each for each in known}
        near = closest(plan.name, names)
        meant = did_you_mean(names[near] if near else None)
        raise UsageError(f"{plan}: there is no such file, and no result of it.{meant}")


async def _forecast(options: argparse.Namespace, job: Job, path: Path) -> Forecast:
    async with jobs.engine_for(options, path) as engine:
        return engine.forecast(job)


@contextmanager
def _store() -> Iterator[Store]:
    """The user's store.

    Raises:
        UsageError: It cannot be used.
    """
    try:
        store = open_store()
    except (OSError, sqlite3.Error) as error:
        raise jobs.unusable_store(error) from error
    try:
        yield store
    except sqlite3.Error as error:
        raise jobs.unusable_store(error) from error
    finally:
        store.close()
        jobs.tell_troubles(store)


def _show(found: list[Stored]) -> None:
    """A table of each plan on a terminal, lines that tools can read in a pipe."""
    screen = console()
    for plan, of_plan in groupby(found, lambda each: each.file):
        rows = [[visible(cell) for cell in _cells(each)] for each in of_plan]
        if screen.is_terminal:
            screen.print(Text(visible(plan), "bold"), _table(rows))
            continue
        for node, value, size, made, used in rows:
            print(f"{visible(plan)}: {node}  {value}  {size}  made {made}  used {used}")


def _table(rows: Iterable[list[str]]) -> Table:
    """The results of one plan; where there is little room, names are folded and times are not."""
    table = Table(box=None)
    for name in ("node", "value", "size", "made", "used"):
        is_name = name in {"node", "value"}
        table.add_column(name, overflow="fold" if is_name else "ellipsis", no_wrap=not is_name)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _cells(stored: Stored) -> list[str]:
    line, size = stored.result.preview.line, said_size(stored.result.blob.size)
    return [stored.node, line, size, _moment(stored.made), _moment(stored.used)]


def _as_json(stored: Stored) -> dict[str, object]:
    result = stored.result
    return {
        "plan": stored.file,
        "node": stored.node,
        "type": result.preview.type,
        "size": result.preview.size,
        "digest": result.blob.digest,
        "bytes": result.blob.size,
        "made": stored.made,
        "used": stored.used,
    }


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _age(text: str) -> int:
    match = _AGE.fullmatch(text.strip())
    if match is None:
        message = f"expected an age such as 30d or 12h, not '{text}'"
        raise argparse.ArgumentTypeError(message)
    return int(match[1]) * _SECONDS[match[2]]

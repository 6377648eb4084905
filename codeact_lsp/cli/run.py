"""`codeact run`: run a plan."""

import argparse
import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from codeact_lsp.cli import check, dry_run, jobs, plans, taping
from codeact_lsp.cli.exits import DONE, FAILED, PROBLEMS, USAGE
from codeact_lsp.cli.findings import show_problems
from codeact_lsp.cli.report import Report
from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.hints import hints
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.run.runner import Run
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.wire import wire
from codeact_lsp.plan import Plan


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("run", help="run a plan")
    plans.add_file(parser)
    jobs.add_job(parser)
    plans.add_json(parser)
    parser.add_argument("--dry-run", action="store_true",
                        help="say what would run and why, and run nothing")  # fmt: skip
    parser.add_argument("--lines", action="store_true",
                        help="record which lines of the plan run")  # fmt: skip
    parser.add_argument("--hints", action="store_true",
                        help="say what would make the plan faster")  # fmt: skip
    taping.add_tape(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the plan; the events are the output."""
    plan, path = plans.load_plan(options.file)
    try:
        job = replace(jobs.make(options, plan, path), lines=options.lines)
    except PlanError as error:
        return refused(options, plan, path, error)
    return jobs.run_until_interrupted(lambda stop: _run(options, job, path, stop))


def refused(options: argparse.Namespace, plan: Plan, path: Path, error: PlanError) -> int:
    """Say why a plan with errors is not run."""
    if options.json:
        for problem in error.problems:
            found = wire.problem(problem, plan.source, str(path))
            print(json.dumps({"event": "Problem", **found}))
    else:
        check.show(plan, path, error.problems)
    return PROBLEMS


async def _run(options: argparse.Namespace, job: Job, path: Path, stop: asyncio.Event) -> int:
    def print_json(event: events.Event) -> None:
        print(json.dumps(wire.event(event, job.plan.source)), flush=True)

    async with jobs.engine_for(options, path) as engine:
        if options.dry_run:
            dry_run.show(engine.forecast(job), as_json=options.json)
            return DONE
        run = engine.run(job)
        if options.json:
            with taping.taped(options, job, path, print_json) as tell:
                status = await _follow(run, tell, stop)
        else:
            with (
                Report(job, path) as report,
                taping.taped(options, job, path, report.tell) as tell,
            ):
                status = await _follow(run, tell, stop)
        if options.hints:
            _show_hints(options, engine, run, job, path)
        return status


def _show_hints(
    options: argparse.Namespace, engine: Engine, run: Run, job: Job, path: Path
) -> None:
    calls = engine.history.calls_of_plan(job.file)
    found = hints(job.plan, calls, run.results, job.workers, job.capacities)
    if not options.json:
        show_problems(job.plan.source, path, [hint.problem for hint in found])
        return
    for hint in found:
        told = wire.problem(hint.problem, job.plan.source, str(path))
        evidence = {"node": hint.node, "evidence": dict(hint.evidence)}
        print(json.dumps({"event": "Hint", **told, **evidence}))


async def _follow(run: Run, tell: Callable[[events.Event], None], stop: asyncio.Event) -> int:
    jobs.cancel_when(run, stop)
    status = FAILED
    # Whatever becomes of the output, the run is brought to its end before the loop is.
    async with aclosing(aiter(run)) as happening:
        async for event in happening:
            tell(event)
            if isinstance(event, events.RunFinished):
                status = {"done": DONE, "refused": USAGE}.get(event.status, FAILED)
    return status

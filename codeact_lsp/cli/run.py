"""`codeact run`: run a plan."""

import argparse
import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from codeact_lsp.cli import check, jobs, plans
from codeact_lsp.cli.exits import DONE, FAILED, PROBLEMS
from codeact_lsp.cli.report import Report
from codeact_lsp.engine import events, wire
from codeact_lsp.engine.job import Job, PlanError
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("run", help="run a plan")
    plans.add_file(parser)
    jobs.add_job(parser)
    plans.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the plan; the events are the output."""
    plan, path = plans.load_plan(options.file)
    try:
        job = jobs.make(options, plan, path)
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
        if options.json:
            return await _follow(engine, job, print_json, stop)
        with Report(job, path) as report:
            return await _follow(engine, job, report.tell, stop)


async def _follow(
    engine: Engine, job: Job, tell: Callable[[events.Event], None], stop: asyncio.Event
) -> int:
    run = engine.run(job)
    jobs.cancel_when(run, stop)
    status = FAILED
    async for event in run:
        tell(event)
        if isinstance(event, events.RunFinished) and event.status == "done":
            status = DONE
    return status

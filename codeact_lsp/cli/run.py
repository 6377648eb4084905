"""`codeact run`: run a plan."""

import argparse
import asyncio
import json
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
    async with jobs.engine_for(options, path) as engine:
        if not options.json:
            return await follow(engine, job, Report(job, path), stop)
        run = engine.run(job)
        jobs.cancel_when(run, stop)
        status = FAILED
        async for event in run:
            print(json.dumps(wire.event(event, job.plan.source)), flush=True)
            if isinstance(event, events.RunFinished):
                status = DONE if event.status == "done" else FAILED
        return status


async def follow(engine: Engine, job: Job, report: Report, stop: asyncio.Event) -> int:
    """Run a job and report on it for people."""
    run = engine.run(job)
    jobs.cancel_when(run, stop)
    with report:
        async for event in run:
            report.tell(event)
    return DONE if report.status == "done" else FAILED

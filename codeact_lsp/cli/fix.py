"""`codeact fix`: run a plan, and offer repairs that have been run for what fails."""

import argparse
import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from codeact_lsp.cli import asking, jobs, mending, plans
from codeact_lsp.cli.console import console
from codeact_lsp.cli.exits import DONE, FAILED, UsageError
from codeact_lsp.cli.failures import Failures
from codeact_lsp.cli.reflecting import answers
from codeact_lsp.cli.run import refused
from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import PlanError
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.wire import wire
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.plan import Plan
from codeact_lsp.plan.visible import visible
from codeact_lsp.repair import Failure, Fix, Repairer, failures
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.lessons import Lessons

# Each round mends at least one failure; a plan with more than that needs an author.
_MOST_ROUNDS = 20


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("fix", help="find repairs that have been run for what fails")
    plans.add_file(parser)
    jobs.add_job(parser)
    parser.add_argument("--apply", action="store_true", help="write the preferred repairs")
    asking.add_model(parser)
    parser.add_argument(
        "--no-model", action="store_true", help="ask no language model (none is without --model)"
    )
    plans.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Repair the plan, round by round, until nothing more can be mended."""
    plan, path = plans.load_plan(options.file)
    if options.apply and options.file == "-":
        raise UsageError("--apply needs a file to write to")
    if options.apply:
        plan = mending.mended(options, plan, path)
    try:
        job = jobs.make(options, plan, path)
    except PlanError as error:
        status = refused(options, plan, path, error)
        mending.show(options, plan)
        return status
    return jobs.run_until_interrupted(lambda stop: _fix(options, job, path, stop))


async def _fix(options: argparse.Namespace, job: Job, path: Path, stop: asyncio.Event) -> int:
    lessons = Lessons(Memory(data_folder()))
    async with jobs.engine_for(options, path) as engine:
        for _ in range(_MOST_ROUNDS):
            failures = await _run(engine, job, lessons, stop)
            fixes = await _search(options, engine, failures, stop)
            if stop.is_set():
                return FAILED
            preferred = [fix for fix in fixes if fix.preferred]
            # One at a time: the edits were made for the text as it is now.
            chosen = preferred[0] if options.apply and preferred else None
            _show(options, job, path, _Round(failures, fixes, chosen))
            if chosen is None:
                return FAILED if failures else DONE
            job = _applied(options, job, path, chosen)
        return FAILED


async def _run(engine: Engine, job: Job, lessons: Lessons, stop: asyncio.Event) -> list[Failure]:
    run = engine.run(job)
    jobs.cancel_when(run, stop)
    async for event in run:
        if isinstance(event, events.RunFinished) and event.status.startswith("broken"):
            raise RuntimeError(event.status)
        if isinstance(event, events.RunFinished) and event.status == "refused":
            raise UsageError(event.message)
    lessons.after(job.file, job.plan, run.results, run.errors.values())
    return failures(run)


async def _search(
    options: argparse.Namespace, engine: Engine, failures: list[Failure], stop: asyncio.Event
) -> list[Fix]:
    task = asyncio.create_task(_found(options, engine, failures))
    jobs.cancel_when(task, stop)
    await asyncio.wait([task])
    return [] if task.cancelled() else task.result()


async def _found(options: argparse.Namespace, engine: Engine, failures: list[Failure]) -> list[Fix]:
    """What mends the failures; a model is asked about those that nothing else mends."""
    repairer = Repairer.with_memory(engine)
    fixes = [fix for failure in failures for fix in await repairer.fixes(failure)]
    mended = {fix.node for fix in fixes if not fix.hides}
    left = [failure for failure in failures if failure.error.node not in mended]
    if left and options.model and not options.no_model:
        fixes += await answers(options, engine, left)
    return fixes


def _applied(options: argparse.Namespace, job: Job, path: Path, fix: Fix) -> Job:
    text = fix.edit.apply(job.plan.source.text)
    plans.save_plan(path, job.plan.source.text, text)
    return jobs.make(options, Plan.from_text(text), path)


@dataclass(frozen=True, slots=True)
class _Round:
    """What one run of the plan brought; `chosen` is the fix that is applied."""

    failures: list[Failure]
    fixes: list[Fix]
    chosen: Fix | None


def _show(options: argparse.Namespace, job: Job, path: Path, seen: _Round) -> None:
    if options.json:
        for fix in seen.fixes:
            print(json.dumps(_as_json(fix, job, applied=fix is seen.chosen)))
        return
    out = console()
    if not seen.failures:
        out.print(f"{path}: runs, nothing to repair")
    for failure in seen.failures:
        error = failure.error
        out.print(Text("✗ ", style="bold red").append(visible(f"{error.node}  {error.headline}")))
        Failures(job.plan, path, out).show(error)
        own = [fix for fix in seen.fixes if fix.node == error.node]
        for fix in own:
            mark = "→ applied" if fix is seen.chosen else "→"
            out.print(
                Text(visible(f"  {mark} {fix.title}"), style="green" if fix.preferred else "")
            )
        if not own:
            out.print("  no repair was found that runs")


def _as_json(fix: Fix, job: Job, *, applied: bool) -> dict[str, object]:
    return {
        "node": fix.node,
        "title": fix.title,
        "rule": fix.rule,
        "preferred": fix.preferred,
        "applied": applied,
        "edit": {"range": wire.span(fix.edit.span, job.plan.source), "newText": fix.edit.new},
    }

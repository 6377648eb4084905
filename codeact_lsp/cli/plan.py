"""`codeact plan`: have a model write a plan for a task, or change one; runs nothing."""

import argparse

from codeact_lsp.cli import agent, asking, jobs, plans, taping, works


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = commands.add_parser("plan", help="have a model write a plan for a task; runs nothing")
    parser.add_argument("task", metavar="TASK", help="what the plan is to do, in words")
    works.add_output(parser, required=True)
    asking.add_model(parser)
    asking.add_bounds(parser)
    jobs.add_job(parser)
    taping.add_tape(parser)
    plans.add_json(parser)
    parser.set_defaults(run=run, resume=None)


def run(options: argparse.Namespace) -> int:
    """Write the plan, once nothing is wrong with it that can be seen without running it."""
    return jobs.run_until_interrupted(lambda stop: agent.work(options, "plan", stop))

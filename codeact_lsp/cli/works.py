"""A plan of the command line as a place for an agent to work at."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from codeact_lsp.agent import Workplace
from codeact_lsp.cli import asking, jobs, plans
from codeact_lsp.cli.exits import UsageError
from codeact_lsp.cli.parsers import Parser
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.inputs import InputError, known_inputs
from codeact_lsp.engine.workspace.redaction import is_secret
from codeact_lsp.plan import Plan
from codeact_lsp.tape.masking import Mask
from codeact_lsp.tape.steps import Step

_REPEATED = ("node", "input", "resource", "allow")
_SINGLE = (
    "workers", "mode", "timeout", "interpreter", "level", "minimum_tier", "model", "base_url",
)  # fmt: skip


def add_output(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Add the option that names the plan."""
    parser.add_argument(
        "-o", "--output", type=Path, required=required, metavar="FILE",
        help="the plan; one that exists is changed function by function",
    )  # fmt: skip


def workplace(
    options: argparse.Namespace,
    engine: Engine,
    path: Path,
    shown: str,
    tell: Callable[[Step], None],
) -> Workplace:
    """The place.

    Args:
        options: Those of `jobs.add_job`.
        engine: What runs the plan.
        path: The plan's file, which need not be there yet.
        shown: How it was called.
        tell: Hears what is done.
    """

    def job(plan: Plan) -> Job:
        try:
            return jobs.make(options, plan, path)
        except UsageError as error:
            # A model can give an input a default, or another name.
            raise InputError(str(error)) from error

    def save(before: str | None, text: str) -> None:
        if before is not None:
            plans.save_plan(path, before, text)
            return
        try:
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}.") from error

    return Workplace(engine, path.resolve(), shown, job, save, tell)


def text_of(path: Path) -> str | None:
    """What a plan's file holds; None if there is none.

    Raises:
        UsageError: It cannot be read.
    """
    if not path.exists():
        return None
    plan, _ = plans.load_plan(str(path))
    return plan.source.text


def named(options: argparse.Namespace, path: Path) -> dict[str, Any]:
    """The inputs by name: those of the plan's file, and those that were typed.

    A file that cannot be read has none: the run will say what is wrong with it.
    """
    given = {name: value for name, _, value in (each.partition("=") for each in options.input)}
    return known_inputs(path) | given


def as_arguments(options: argparse.Namespace) -> Iterator[str]:
    """The options that hold for later runs too, as they could be typed, but for secrets."""
    mask = Mask(named(options, options.output))
    given = [(name, str(value)) for name in _REPEATED for value in getattr(options, name)]
    given += [
        (name, str(getattr(options, name)))
        for name in _SINGLE
        if getattr(options, name) is not None
    ]
    for name, value in given:
        is_named_secret = name == "input" and is_secret(value.partition("=")[0])
        if not is_named_secret and mask.text(value) == value:
            yield from (f"--{name.replace('_', '-')}", value)
    if options.no_cache:
        yield "--no-cache"


def from_arguments(arguments: tuple[str, ...], options: argparse.Namespace) -> argparse.Namespace:
    """`options` with those in `arguments`; of inputs and the model it may say something else."""
    parser = Parser()
    jobs.add_job(parser)
    asking.add_model(parser)
    kept = parser.parse_args(arguments)
    kept.input += options.input
    kept.model = options.model or kept.model
    kept.base_url = options.base_url or kept.base_url
    return argparse.Namespace(**{**vars(options), **vars(kept)})

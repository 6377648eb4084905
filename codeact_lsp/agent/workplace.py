"""Where a plan is worked on: its file, what runs it, and who keeps its text."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan
from codeact_lsp.tape.steps import Step

Tell = Callable[[Step], None]
"""Hears each step; what has to last has lasted when it returns."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A place to work at.

    Attributes:
        engine: What runs plans and repairs.
        file: The plan's path, absolute.
        shown: The path as whoever asked wrote it.
        job: What is to be run of a plan, with the rights that the user gives, and no others. It
            raises `PlanError` for a plan with errors and `InputError` for inputs without a value.
        save: Keeps a text of the plan; the first one is what it takes the place of, None if there
            was none.
        tell: Hears what is done.
        drafted: Hears the text of a new plan while it is written, up to its last whole line.
    """

    engine: Engine
    file: Path
    shown: str
    job: Callable[[Plan], Job]
    save: Callable[[str | None, str], None]
    tell: Tell
    drafted: Callable[[str], None] | None = None

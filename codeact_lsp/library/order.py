"""What is to be run, as a script asks for it."""

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from codeact_lsp.engine.inputs import plain, read_inputs
from codeact_lsp.engine.interpreter import NoInterpreterError
from codeact_lsp.engine.job import DEFAULT_TIMEOUT, Job, Mode, make_job, select
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace import find_workspace
from codeact_lsp.library.errors import SetupError, translated
from codeact_lsp.library.plan import Plan


class Options(TypedDict, total=False):
    """How to run a plan; what is left out is as on the command line.

    Attributes:
        inputs: Values of inputs, by name: plain data, dates and paths. They go before those of the
            plan's inputs file.
        mode: "adaptive" (the default), "parallel" or "sequential".
        workers: How many nodes may run at once; without it as many as there are processors.
        timeout: Seconds for nodes without a `Timeout:`; 60, and None sets none.
        reuse: Whether results of earlier runs may be used; True.
        resources: How many units there are of counted resources, by name; 1 of each.
        interpreter: The Python that runs the nodes; without it, the workspace's.
    """

    inputs: Mapping[str, Any]
    mode: Mode
    workers: int
    timeout: float | None
    reuse: bool
    resources: Mapping[str, int]
    interpreter: "str | Path | None"


@dataclass(frozen=True, slots=True)
class Order:
    """What to run, and with which Python."""

    plan: Plan
    job: Job
    interpreter: str | None

    @property
    def workspace(self) -> Path:
        """The folder whose engine it needs."""
        return find_workspace(self.plan.path)

    def open_engine(self) -> Engine:
        """An engine that can run it.

        Raises:
            SetupError: The interpreter or the folder of results cannot be used.
        """
        try:
            return Engine(self.workspace, self.interpreter)
        except NoInterpreterError as error:
            raise SetupError(str(error)) from error
        except (OSError, sqlite3.Error) as error:
            message = f"The folder of results cannot be used: {error}. See CODEACT_CACHE_DIR."
            raise SetupError(message) from error


def make_order(plan: "Plan | Path | str", nodes: tuple[str, ...], options: Options) -> Order:
    """What a call asks for.

    Raises:
        PlanFileError: The file cannot be read.
        InvalidPlanError: The plan has errors.
        UnknownNodeError: The plan has no such node.
        InvalidInputError: An input is missing, unknown, or cannot be used.
    """
    read = plan if isinstance(plan, Plan) else Plan.load(plan)
    interpreter = options.get("interpreter")
    with translated():
        given = {name: plain(name, value) for name, value in options.get("inputs", {}).items()}
        job = make_job(
            read.snapshot,
            read.path,
            select(read.snapshot, nodes),
            named=given,
            inputs=read_inputs(read.path) | given,
            timeout=options.get("timeout", DEFAULT_TIMEOUT),
            workers=options.get("workers", os.cpu_count() or 1),
            mode=options.get("mode", "adaptive"),
            reuse=options.get("reuse", True),
            capacities=options.get("resources", {}),
        )
    return Order(read, job, str(interpreter) if interpreter else None)

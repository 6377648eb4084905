"""What is to be run, as a script asks for it."""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, cast

from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.job import DEFAULT_TIMEOUT, Job, Mode
from codeact_lsp.engine.permissions.permission import permission
from codeact_lsp.engine.permissions.policies import Decision
from codeact_lsp.engine.permissions.sandbox_settings import read_sandbox
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.configuration import ConfigurationError
from codeact_lsp.engine.workspace.inputs import plain, read_inputs
from codeact_lsp.engine.workspace.interpreter import NoInterpreterError
from codeact_lsp.engine.workspace.workspace import find_workspace
from codeact_lsp.library.accepted import accepted, require_names
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
        level: What nodes may do: "strict", "standard", "write", "network" or "off"; without it, as
            the user's configuration says.
        allow: Rights for the nodes that ask for them, as `Needs` writes them: "write out/".
    """

    inputs: Mapping[str, Any]
    mode: Mode
    workers: int
    timeout: float | None
    reuse: bool
    resources: Mapping[str, int]
    interpreter: "str | Path | None"
    level: str
    allow: Iterable[str]


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
        TypeError: There is no such option, or it is of a wrong type.
        ValueError: The value of an option cannot be used.
        PlanFileError: The file cannot be read.
        InvalidPlanError: The plan has errors.
        UnknownNodeError: The plan has no such node.
        InvalidInputError: An input is missing, unknown, or cannot be used.
        SetupError: There is no such level or right, or the configuration cannot be used.
    """
    require_names(nodes)
    options = cast(Options, accepted(options))
    read = plan if isinstance(plan, Plan) else Plan.load(plan)
    interpreter = options.get("interpreter")
    decided = _decided(read, options)
    with translated():
        given = {name: plain(name, value) for name, value in options.get("inputs", {}).items()}
        inputs = read_inputs(read.path) | given
        job = make_job(
            read.snapshot,
            read.path,
            select(read.snapshot, nodes),
            problems=read.reviewed(inputs, decided.imports),
            named=given,
            inputs=inputs,
            timeout=options.get("timeout", DEFAULT_TIMEOUT),
            workers=options.get("workers", os.cpu_count() or 1),
            mode=options.get("mode", "adaptive"),
            reuse=options.get("reuse", True),
            capacities=options.get("resources", {}),
            policies=decided.policies,
            minimum_tier=decided.minimum_tier,
            run_time=decided.run_time,
            notes=decided.notes,
            imports=decided.imports,
        )
    return Order(read, job, str(interpreter) if interpreter else None)


def _decided(plan: Plan, options: Options) -> Decision:
    """What the nodes may do."""
    said = {"level": options.get("level", ""), "allow": list(options.get("allow", ()))}
    own, wrong = read_sandbox({name: value for name, value in said.items() if value})
    if wrong:
        raise SetupError("; ".join(wrong))
    try:
        return permission(plan.snapshot, plan.path, find_workspace(plan.path), own)
    except ConfigurationError as error:
        raise SetupError(str(error)) from error

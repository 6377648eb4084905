"""What a run of a plan would do now: asked for when its lens is about to be shown."""

import asyncio
from operator import attrgetter
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from codeact_lsp.engine.choosing import PlanError, runnable
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.server.features import code_lens
from codeact_lsp.server.preparing import prepare
from codeact_lsp.server.slices import read_in_slices

if TYPE_CHECKING:
    from codeact_lsp.engine.history.forecast import Forecast
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer


async def resolve(server: "PlanServer", lens: lsp.CodeLens) -> lsp.CodeLens:
    """The lens of a plan with what it says; any other comes back as it is."""
    data = lens.data if isinstance(lens.data, dict) else {}
    uri = data.get("uri")
    opened = server.session.plans.get(uri) if isinstance(uri, str) else None
    if opened is None:
        return lens
    expected = None if opened.running else await forecast(server, opened)
    lens.command = code_lens.of_plan(server.session.snapshot_of(opened), expected)
    return lens


async def forecast(server: "PlanServer", opened: "OpenPlan") -> "Forecast | None":
    """What *Run Plan* would do; None where the plan cannot be run.

    The files that results rest on are looked at in a thread: they may lie on a slow disk.
    """
    await read_in_slices(opened.plan.document.pieces, attrgetter("facts"))
    try:
        engine, job = prepare(server.session, opened, runnable(opened.plan, opened.inputs))
    except (PlanError, InputError, OSError):
        return None
    return await asyncio.to_thread(engine.forecast, job)

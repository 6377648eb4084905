"""Commands that run nodes, end runs, and forget what came of them."""

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInternalError, JsonRpcInvalidParams

from codeact_lsp.engine.choosing import UnknownNodeError, runnable, select
from codeact_lsp.server.commands.requests import (
    ClearRequest,
    DebugRequest,
    NodeRequest,
    PlanRequest,
    opened_plan,
    to_run,
)
from codeact_lsp.server.saving import stale

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer


async def run_plan(
    server: "PlanServer", request: PlanRequest, token: lsp.ProgressToken | None
) -> Any:
    """Run all nodes that can run."""
    opened = to_run(server, request.uri)
    # Where no node can run, the refusal says what the first one lacks.
    targets = runnable(opened.plan, opened.inputs) or tuple(opened.plan.nodes)
    return await server.runs.run(opened, targets, token)


async def run_node(
    server: "PlanServer", request: NodeRequest, token: lsp.ProgressToken | None
) -> Any:
    """Run a node, and if that is wanted all that follows from it."""
    opened = to_run(server, request.uri)
    try:
        targets = select(opened.plan, [request.node], downstream=request.downstream)
    except UnknownNodeError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    return await server.runs.run(opened, targets, token)


async def run_stale(
    server: "PlanServer", request: PlanRequest, token: lsp.ProgressToken | None
) -> Any:
    """Run what edits affected."""
    opened = to_run(server, request.uri)
    targets = stale(opened, server.session.settings_for(opened.path))
    if not targets:
        return {"event": "RunFinished", "status": "done", "message": "Nothing is stale."}
    return await server.runs.run(opened, targets, token)


async def debug_node(
    server: "PlanServer", request: DebugRequest, _token: lsp.ProgressToken | None
) -> dict[str, Any]:
    """Run a node in a process that waits for a debugger, and tell where."""
    opened = to_run(server, request.uri)
    try:
        select(opened.plan, [request.node])
    except UnknownNodeError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    return await server.debugging.debug(opened, request.node, request.debugpy)


async def clear(
    server: "PlanServer", request: ClearRequest, _token: lsp.ProgressToken | None
) -> int:
    """Forget stored results; tell how many there were."""
    opened = opened_plan(server, request.uri)
    try:
        select(opened.plan, [request.node] if request.node else [])
        forgotten = await server.session.forget(opened.path, request.node) if opened.path else 0
    except UnknownNodeError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    except OSError as error:
        raise JsonRpcInternalError(str(error)) from error
    opened.board.clear(request.node)
    server.publish(opened.uri)
    return forgotten


async def cancel(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> bool:
    """End what is at work on a plan; False if nothing was."""
    uri = opened_plan(server, request.uri).uri
    is_at_work, is_running = server.agents.cancel(uri), server.runs.cancel(uri)
    return is_at_work or is_running

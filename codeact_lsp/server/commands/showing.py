"""Commands that tell what a client shows beside the text: graph, states, values, runs."""

import asyncio
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from codeact_lsp.engine.wire import wire, wire_history
from codeact_lsp.server import states as shown_states
from codeact_lsp.server.commands.requests import NodeRequest, PlanRequest, opened_plan

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer


async def graph(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> Any:
    """The graph of a plan."""
    return wire.graph(opened_plan(server, request.uri).plan)


async def states(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> dict[str, Any]:
    """How each node stands."""
    return shown_states.states(server, opened_plan(server, request.uri))


async def coverage(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> dict[str, Any]:
    """Which lines of the plan ran for each node, and which could have."""
    from codeact_lsp.server.coverage import coverage as of_lines  # noqa: PLC0415 - no part of the start.

    snapshot = server.session.snapshot(opened_plan(server, request.uri).uri)
    return of_lines(snapshot) if snapshot else {"nodes": []}


async def value(
    server: "PlanServer", request: NodeRequest, _token: lsp.ProgressToken | None
) -> Any:
    """The latest result of a node, with all that shows it; None if there is none."""
    snapshot = server.session.snapshot(opened_plan(server, request.uri).uri)
    seen = snapshot.seen.get(request.node) if snapshot else None
    if not seen or not seen.result:
        return None
    preview = seen.result.preview
    shown = {"html": preview.html, "png": preview.png, "data": preview.data}
    return {**wire.result(seen.result), **shown}


async def failure(
    server: "PlanServer", request: NodeRequest, _token: lsp.ProgressToken | None
) -> dict[str, Any] | None:
    """How a node failed, with all that shows it; None if it has not."""
    from codeact_lsp.server.failing import failure as of_node  # noqa: PLC0415 - no part of the start.

    snapshot = server.session.snapshot(opened_plan(server, request.uri).uri)
    return of_node(snapshot, request.node) if snapshot else None


async def history(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> list[dict[str, Any]]:
    """The last runs of the plan, the newest first; a plan that is no file has none."""
    path = opened_plan(server, request.uri).path
    return await asyncio.to_thread(wire_history.runs, path) if path else []

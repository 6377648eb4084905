"""The commands: one typed table of name, title, request and handler."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInternalError, JsonRpcInvalidParams

from codeact_lsp.engine.job import UnknownNodeError, runnable, select
from codeact_lsp.engine.outcomes import strict
from codeact_lsp.engine.permissions.grants import Grants, GrantsError
from codeact_lsp.engine.permissions.rights import refuse, surroundings
from codeact_lsp.engine.permissions.sandbox_settings import read_right
from codeact_lsp.engine.wire import wire
from codeact_lsp.sandbox.needs import NeverGrantedError
from codeact_lsp.server.saving import stale

if TYPE_CHECKING:
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer


@dataclass(frozen=True)
class PlanRequest:
    """A plan that is open in the editor."""

    uri: str


@dataclass(frozen=True)
class NodeRequest:
    """A node of such a plan; `downstream` adds all that follows from it."""

    uri: str
    node: str
    downstream: bool = False


@dataclass(frozen=True)
class ClearRequest:
    """A plan that is open in the editor, or one node of it."""

    uri: str
    node: str | None = None


@dataclass(frozen=True)
class GrantRequest:
    """A plan that is open in the editor, and a right as `Needs` writes it."""

    uri: str
    right: str


GRANT = "codeact.grant"
Handler = Callable[["PlanServer", Any, lsp.ProgressToken | None], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Command:
    """One command. It takes one argument, an object with the fields of `request`."""

    name: str
    title: str
    request: type
    handler: Handler


def handler(server: "PlanServer", command: Command) -> Callable[..., Awaitable[Any]]:
    """The function that pygls calls for a command."""

    async def run(*arguments: Any, work_done_token: lsp.ProgressToken | None = None) -> Any:
        if len(arguments) != 1:
            message = f"{command.name} takes one argument, not {len(arguments)}."
            raise JsonRpcInvalidParams(message)
        try:
            request: Any = strict.structure(arguments[0], command.request)
        except Exception as error:
            message = f"{command.name}: {strict.describe(error)}"
            raise JsonRpcInvalidParams(message) from error
        return await command.handler(server, request, work_done_token)

    return run


async def _run_plan(
    server: "PlanServer", request: PlanRequest, token: lsp.ProgressToken | None
) -> Any:
    opened = _to_run(server, request.uri)
    # Where no node can run, the refusal says what the first one lacks.
    targets = runnable(opened.plan, opened.inputs) or tuple(opened.plan.nodes)
    return await server.runs.run(opened, targets, token)


async def _run_node(
    server: "PlanServer", request: NodeRequest, token: lsp.ProgressToken | None
) -> Any:
    opened = _to_run(server, request.uri)
    try:
        targets = select(opened.plan, [request.node], downstream=request.downstream)
    except UnknownNodeError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    return await server.runs.run(opened, targets, token)


async def _run_stale(
    server: "PlanServer", request: PlanRequest, token: lsp.ProgressToken | None
) -> Any:
    opened = _to_run(server, request.uri)
    targets = stale(opened, server.session.settings_for(opened.path))
    if not targets:
        return {"event": "RunFinished", "status": "done", "message": "Nothing is stale."}
    return await server.runs.run(opened, targets, token)


async def _clear(
    server: "PlanServer", request: ClearRequest, _token: lsp.ProgressToken | None
) -> int:
    opened = _opened(server, request.uri)
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


async def _cancel(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> bool:
    return server.runs.cancel(_opened(server, request.uri).uri)


async def _graph(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> Any:
    return wire.graph(_opened(server, request.uri).plan)


async def _value(
    server: "PlanServer", request: NodeRequest, _token: lsp.ProgressToken | None
) -> Any:
    snapshot = server.session.snapshot(_opened(server, request.uri).uri)
    seen = snapshot.seen.get(request.node) if snapshot else None
    if not seen or not seen.result:
        return None
    preview = seen.result.preview
    return {**wire.result(seen.result), "html": preview.html, "png": preview.png}


async def _grant(
    server: "PlanServer", request: GrantRequest, _token: lsp.ProgressToken | None
) -> list[str]:
    """Grant a right for good; it is of effect from the next run on."""
    opened = _opened(server, request.uri)
    if opened.path is None:
        raise JsonRpcInvalidParams("Save the plan first: a right is granted to a file.")
    grants = Grants()
    try:
        right = read_right(request.right)
        refuse(right, surroundings(opened.path, server.session.workspace_of(opened.path)))
        await asyncio.to_thread(grants.add, opened.path, right)
        if server.session.settle(opened):
            server.publish(opened.uri)
        return [str(granted) for granted in grants.of(opened.path)]
    except ValueError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    except NeverGrantedError as error:
        raise JsonRpcInvalidParams(f"'{request.right}' is never granted: {error}.") from error
    except GrantsError as error:
        raise JsonRpcInternalError(str(error)) from error


def _to_run(server: "PlanServer", uri: str) -> "OpenPlan":
    """An open plan with its inputs as they are now: their file may be edited elsewhere."""
    opened = _opened(server, uri)
    if opened.read_inputs():
        server.publish(uri)
    return opened


def _opened(server: "PlanServer", uri: str) -> "OpenPlan":
    opened = server.session.plans.get(uri)
    if opened is None:
        raise JsonRpcInvalidParams(f"{uri} is not open.")
    return opened


COMMANDS: tuple[Command, ...] = (
    Command("codeact.runPlan", "Run Plan", PlanRequest, _run_plan),
    Command("codeact.runNode", "Run Node", NodeRequest, _run_node),
    Command("codeact.runStale", "Run What Edits Affected", PlanRequest, _run_stale),
    Command("codeact.clear", "Clear Results", ClearRequest, _clear),
    Command("codeact.cancel", "Cancel Run", PlanRequest, _cancel),
    Command("codeact.graph", "Show Graph", PlanRequest, _graph),
    Command("codeact.value", "Show Value", NodeRequest, _value),
    Command(GRANT, "Grant a Right", GrantRequest, _grant),
)

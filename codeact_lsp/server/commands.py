"""The commands: one typed table of name, title, request and handler."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInternalError, JsonRpcInvalidParams

from codeact_lsp.engine.choosing import UnknownNodeError, runnable, select
from codeact_lsp.engine.outcomes import strict
from codeact_lsp.engine.permissions.grants import Grants, GrantsError
from codeact_lsp.engine.permissions.rights import refuse, surroundings
from codeact_lsp.engine.permissions.sandbox_settings import read_right
from codeact_lsp.engine.wire import wire, wire_history
from codeact_lsp.sandbox.needs import NeverGrantedError
from codeact_lsp.server.reflecting import Request as Asking
from codeact_lsp.server.saving import stale
from codeact_lsp.server.states import states

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


@dataclass(frozen=True)
class AskRequest:
    """A node that failed, and how many answers are wanted."""

    uri: str
    node: str
    alternatives: int = 1


GRANT = "codeact.grant"


@dataclass(frozen=True)
class TaskRequest:
    """A plan that is open in the editor, and what it is to do, in words."""

    uri: str
    task: str


ASK_MODEL = "codeact.askModel"
_MOST_ALTERNATIVES = 5
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
    uri = _opened(server, request.uri).uri
    is_at_work, is_running = server.agents.cancel(uri), server.runs.cancel(uri)
    return is_at_work or is_running


async def _fix_all(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> bool:
    """Have the client make all preferred fixes, as one edit; False if there are none."""
    from codeact_lsp.server.features.fixes import fix_all  # noqa: PLC0415 - see `actions`.

    snapshot = server.session.snapshot(_opened(server, request.uri).uri)
    edit = fix_all(snapshot) if snapshot else None
    if edit is None:
        return False
    params = lsp.ApplyWorkspaceEditParams(edit=edit, label="Apply all preferred fixes")
    return (await server.workspace_apply_edit_async(params)).applied


async def _ask_model(
    server: "PlanServer", request: AskRequest, token: lsp.ProgressToken | None
) -> dict[str, Any]:
    uri = _opened(server, request.uri).uri
    untried = server.runs.failure(uri, request.node)
    if untried is None:
        raise JsonRpcInvalidParams(f"'{request.node}' has not failed as it is now: run it first.")
    count = min(max(request.alternatives, 1), _MOST_ALTERNATIVES)
    return await server.reflecting.ask(Asking(uri, untried, count, token))


async def _graph(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> Any:
    return wire.graph(_opened(server, request.uri).plan)


async def _plan(
    server: "PlanServer", request: TaskRequest, token: lsp.ProgressToken | None
) -> dict[str, Any]:
    return await server.agents.work(_to_run(server, request.uri), request.task, token, runs=False)


async def _agent(
    server: "PlanServer", request: TaskRequest, token: lsp.ProgressToken | None
) -> dict[str, Any]:
    return await server.agents.work(_to_run(server, request.uri), request.task, token, runs=True)


async def _states(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> dict[str, Any]:
    return states(server, _opened(server, request.uri))


async def _value(
    server: "PlanServer", request: NodeRequest, _token: lsp.ProgressToken | None
) -> Any:
    snapshot = server.session.snapshot(_opened(server, request.uri).uri)
    seen = snapshot.seen.get(request.node) if snapshot else None
    if not seen or not seen.result:
        return None
    preview = seen.result.preview
    shown = {"html": preview.html, "png": preview.png, "data": preview.data}
    return {**wire.result(seen.result), **shown}


async def _history(
    server: "PlanServer", request: PlanRequest, _token: lsp.ProgressToken | None
) -> list[dict[str, Any]]:
    """The last runs of the plan, the newest first; a plan that is no file has none."""
    path = _opened(server, request.uri).path
    return await asyncio.to_thread(wire_history.runs, path) if path else []


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
    Command("codeact.fixAll", "Apply All Preferred Fixes", PlanRequest, _fix_all),
    Command(ASK_MODEL, "Ask the Model", AskRequest, _ask_model),
    Command("codeact.plan", "Write a Plan for a Task", TaskRequest, _plan),
    Command("codeact.agent", "Work on a Task", TaskRequest, _agent),
    Command("codeact.graph", "Show Graph", PlanRequest, _graph),
    Command("codeact.states", "Show States", PlanRequest, _states),
    Command("codeact.value", "Show Value", NodeRequest, _value),
    Command("codeact.history", "Show Runs", PlanRequest, _history),
    Command(GRANT, "Grant a Right", GrantRequest, _grant),
)

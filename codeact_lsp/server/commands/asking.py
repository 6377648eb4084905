"""Commands that ask a language model."""

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from codeact_lsp.server.commands.requests import AskRequest, TaskRequest, opened_plan, to_run
from codeact_lsp.server.reflecting import Request as Asking

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer


_MOST_ALTERNATIVES = 5


async def ask_model(
    server: "PlanServer", request: AskRequest, token: lsp.ProgressToken | None
) -> dict[str, Any]:
    """Ask the model about a node that failed."""
    uri = opened_plan(server, request.uri).uri
    untried = server.runs.failure(uri, request.node)
    if untried is None:
        raise JsonRpcInvalidParams(f"'{request.node}' has not failed as it is now: run it first.")
    count = min(max(request.alternatives, 1), _MOST_ALTERNATIVES)
    return await server.reflecting.ask(Asking(uri, untried, count, token))


async def plan(
    server: "PlanServer", request: TaskRequest, token: lsp.ProgressToken | None
) -> dict[str, Any]:
    """Have a plan written or changed for a task."""
    return await server.agents.work(to_run(server, request.uri), request.task, token, runs=False)


async def agent(
    server: "PlanServer", request: TaskRequest, token: lsp.ProgressToken | None
) -> dict[str, Any]:
    """Have a plan written for a task, run and repaired."""
    return await server.agents.work(to_run(server, request.uri), request.task, token, runs=True)

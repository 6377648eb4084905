"""The commands: one typed table of name, title, request and handler."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from codeact_lsp.engine.outcomes import strict
from codeact_lsp.server.commands import asking, deciding, running, showing, taping
from codeact_lsp.server.commands.requests import (
    AskRequest,
    ClearRequest,
    DebugRequest,
    GrantRequest,
    NodeRequest,
    PlanRequest,
    TapeRequest,
    TaskRequest,
)

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

ASK_MODEL = "codeact.askModel"
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


COMMANDS: tuple[Command, ...] = (
    Command("codeact.runPlan", "Run Plan", PlanRequest, running.run_plan),
    Command("codeact.runNode", "Run Node", NodeRequest, running.run_node),
    Command("codeact.runStale", "Run What Edits Affected", PlanRequest, running.run_stale),
    Command("codeact.debugNode", "Debug Node", DebugRequest, running.debug_node),
    Command("codeact.clear", "Clear Results", ClearRequest, running.clear),
    Command("codeact.cancel", "Cancel Run", PlanRequest, running.cancel),
    Command("codeact.fixAll", "Apply All Preferred Fixes", PlanRequest, deciding.fix_all),
    Command(ASK_MODEL, "Ask the Model", AskRequest, asking.ask_model),
    Command("codeact.plan", "Write a Plan for a Task", TaskRequest, asking.plan),
    Command("codeact.agent", "Work on a Task", TaskRequest, asking.agent),
    Command("codeact.graph", "Show Graph", PlanRequest, showing.graph),
    Command("codeact.states", "Show States", PlanRequest, showing.states),
    Command("codeact.coverage", "List Lines That Ran", PlanRequest, showing.coverage),
    Command("codeact.value", "Show Results", NodeRequest, showing.value),
    Command("codeact.failure", "Show Failure", NodeRequest, showing.failure),
    Command("codeact.history", "Show Runs", PlanRequest, showing.history),
    Command("codeact.tapes", "List Tapes", PlanRequest, taping.tapes),
    Command("codeact.tape", "Show Tape", TapeRequest, taping.tape),
    Command(GRANT, "Grant a Right", GrantRequest, deciding.grant),
)

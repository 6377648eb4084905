"""The server: pygls with our protocol, our session and our routes."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcContentModified, JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

import codeact_lsp
from codeact_lsp.model.side_process import SideProcess
from codeact_lsp.plan.visible import unlinked
from codeact_lsp.server import commands, routes, slices, warm
from codeact_lsp.server.advising import Advisor
from codeact_lsp.server.agents import Agents
from codeact_lsp.server.compiling import Compiling
from codeact_lsp.server.configuration import Configuration
from codeact_lsp.server.debounce import Debounce
from codeact_lsp.server.debugging import Debugging
from codeact_lsp.server.models import Models, StartSide
from codeact_lsp.server.plan_files import PlanFiles
from codeact_lsp.server.protocol import PlanProtocol
from codeact_lsp.server.publishing import Publisher
from codeact_lsp.server.readying import Readying
from codeact_lsp.server.reflecting import Reflecting
from codeact_lsp.server.runs import Runs
from codeact_lsp.server.safeguard import Safeguard
from codeact_lsp.server.saving import Saving
from codeact_lsp.server.session import Session, StartEngine, local_engine
from codeact_lsp.server.watching import Watching

_log = logging.getLogger(__name__)
_REFRESH_SECONDS = 0.05
# A client that is told of news asks for all lenses and hints again.
_NODE_SECONDS = 0.0005


class PlanServer(LanguageServer):
    """Owns the session and everything that goes to the client unasked."""

    protocol: PlanProtocol

    def __init__(
        self, start_engine: StartEngine = local_engine, start_side: StartSide = SideProcess
    ) -> None:
        super().__init__("codeact-lsp", codeact_lsp.__version__, protocol_cls=PlanProtocol)
        self.session = Session(start_engine)
        self.models = Models(self, start_side)
        self.reflecting = Reflecting(self)
        self.agents = Agents(self)
        self.runs = Runs(self)
        self.debugging = Debugging(self)
        self.files = PlanFiles(self.session)
        self.configuration = Configuration(self)
        self.watching = Watching(self)
        self.publisher = Publisher(self)
        self.compiling = Compiling(self)
        self.saving = Saving(self)
        self.advisor = Advisor(self)
        self.safeguard = Safeguard(self)
        self.readying = Readying(self)
        # Set once the session is over. A client that leaves without `exit` leaves the status as is.
        self.left = asyncio.Event()
        self.exit_status = 1
        self.stop_watching_client: Callable[[], None] = lambda: None
        self._refreshes: dict[str, Debounce] = {}
        self._warming: asyncio.TimerHandle | None = None

    def publish(self, uri: str) -> None:
        """Show what is known of a plan, which changed by something else than an edit of it."""
        self.publisher.changed(uri)
        self.show_anew()

    def show_anew(self) -> None:
        """Have the client ask again for what it shows beside the text."""
        if self.session.client.refreshes_lenses:
            self.workspace_code_lens_refresh(None)
        if self.session.client.refreshes_hints:
            self.workspace_inlay_hint_refresh(None)

    def tell(self, uri: str, event: dict[str, Any]) -> None:
        """Send an event of a run to a client that asked for them."""
        if self.session.client.takes_events:
            self.protocol.notify("codeact/event", {"uri": uri, **event})

    def refresh(self, uri: str) -> None:
        """Something was seen of a run: show it soon, and at most twenty times a second.

        Of a large plan more rarely: whoever types goes first.
        """
        opened = self.session.plans.get(uri)
        if opened is None:
            return
        if uri not in self._refreshes:
            seconds = _REFRESH_SECONDS + _NODE_SECONDS * len(opened.plan.nodes)
            self._refreshes[uri] = Debounce(seconds, lambda: self._refresh(uri))
        self._refreshes[uri].schedule()

    def flush(self, uri: str) -> None:
        """Show what a scheduled refresh would show, now."""
        if debounce := self._refreshes.get(uri):
            debounce.flush()

    def forget(self, uri: str) -> None:
        """A plan was closed: nothing more is to be shown or run of it."""
        if debounce := self._refreshes.pop(uri, None):
            debounce.cancel()
        self.saving.forget(uri)
        self.runs.forget(uri)

    def rest(self) -> None:
        """Show nothing more of what was scheduled: the client is about to leave."""
        for debounce in self._refreshes.values():
            debounce.cancel()

    def _refresh(self, uri: str) -> None:
        if uri in self.session.plans:
            self.publish(uri)

    def warn(self, message: str) -> None:
        """Show a message, which may name what came with a workspace: that steers no editor."""
        shown = unlinked(message)
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, shown))

    def leave(self) -> None:
        """End the session."""
        self.left.set()

    def warm_up(self) -> None:
        """Load, soon and once, what the first requests need."""
        if self._warming is None:
            self._warming = warm.soon(self.runs.any_under_way)

    async def close(self) -> None:
        """End all that is under way, and all worker processes."""
        if self._warming:
            self._warming.cancel()
        self.rest()
        self.stop_watching_client()
        self.watching.close()
        self.compiling.close()
        self.saving.close()
        self.advisor.close()
        self.safeguard.close()
        self.readying.close()
        self.configuration.close()
        await self.agents.close()
        await self.reflecting.close()
        await self.debugging.close()
        await self.runs.close()
        await self.models.close()
        await self.session.close()
        self.files.close()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log a defect; a popup would tell users nothing that they can act on."""
        if isinstance(error, JsonRpcException) and not isinstance(error, JsonRpcInternalError):
            return  # It is the answer that the client was given.
        _log.error("%s: %s", getattr(source, "__name__", source), error, exc_info=error)


def create_server(
    start_engine: StartEngine = local_engine, start_side: StartSide = SideProcess
) -> PlanServer:
    """A server with all routes and commands registered.

    Args:
        start_engine: Asked for the engines of workspaces.
        start_side: Asked for the process that asks a language model.
    """
    server = PlanServer(start_engine, start_side)
    for route in routes.ROUTES:
        server.feature(route.method, route.options)(_handler(server, route))
    for command in commands.COMMANDS:
        server.command(command.name)(commands.handler(server, command))
    return server


def _handler(server: PlanServer, route: routes.Route) -> Callable[..., Any]:
    """The handler of a route, with what its model says it may touch."""

    def read(params: Any) -> Any:
        uri = _document(params)
        snapshot = server.session.snapshot(uri) if uri is not None else None
        if snapshot is not None:
            return route.handler(snapshot, params)
        # Of a plan that is not open nothing is known; what it left to be resolved stays as it is.
        return params if route.method.endswith("/resolve") else route.closed

    async def read_in_slices(params: Any) -> Any:
        opened = server.session.plans.get(_document(params) or "")
        if opened and route.beforehand:
            plan = opened.plan
            await slices.read_in_slices(plan.document.pieces, route.beforehand)
            _check_same(plan, _text(server, params))
        return read(params)

    def change(*params: Any) -> Any:
        return route.handler(server, *params)

    async def work(*params: Any) -> Any:
        before = _text(server, *params)
        answer = await route.handler(server, *params)
        _check_same(before, _text(server, *params))
        return answer

    handlers = {routes.Model.READ: read, routes.Model.CHANGE: change, routes.Model.WORK: work}
    return read_in_slices if route.beforehand else handlers[route.model]


def _check_same(before: object, now: object) -> None:
    if now is not before:
        raise JsonRpcContentModified("The plan was edited meanwhile.")


def _document(params: Any) -> str | None:
    """The document that a request is about: its own, that of its item, or that of its data."""
    for part in (params, getattr(params, "item", None)):
        document = getattr(part, "text_document", part)
        if isinstance(uri := getattr(document, "uri", None), str):
            return uri
    data = getattr(params, "data", None)
    uri = data.get("uri") if isinstance(data, Mapping) else None
    return uri if isinstance(uri, str) else None


def _text(server: PlanServer, params: Any = None) -> object:
    """The plan that a request is about, as it stands; the same object until it is edited."""
    uri = _document(params)
    opened = server.session.plans.get(uri) if uri is not None else None
    return opened and opened.plan

"""The server: pygls with our protocol, our session and our routes."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

import codeact_lsp
from codeact_lsp.server import commands, routes
from codeact_lsp.server.debounce import Debounce
from codeact_lsp.server.features.diagnostics import diagnostics
from codeact_lsp.server.protocol import PlanProtocol
from codeact_lsp.server.runs import Runs
from codeact_lsp.server.session import Session

_log = logging.getLogger(__name__)
_REFRESH_SECONDS = 0.05


class PlanServer(LanguageServer):
    """Owns the session and everything that goes to the client unasked."""

    def __init__(self) -> None:
        super().__init__("codeact-lsp", codeact_lsp.__version__, protocol_cls=PlanProtocol)
        self.session = Session()
        self.runs = Runs(self)
        # What `exit` without a `shutdown` before it leaves; see `PlanProtocol.lsp_exit`.
        self.exit_status = 1
        self._refreshes: dict[str, Debounce] = {}

    def publish(self, uri: str) -> None:
        """Send the diagnostics of a plan as it is now; none once it is closed."""
        snapshot = self.session.snapshot(uri)
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(
                uri=uri,
                version=snapshot.plan.source.version if snapshot else None,
                diagnostics=diagnostics(snapshot) if snapshot else [],
            )
        )

    def tell(self, uri: str, event: dict[str, Any]) -> None:
        """Send an event of a run to a client that asked for them."""
        if self._wants_events():
            self.protocol.notify("codeact/event", {"uri": uri, **event})

    def _wants_events(self) -> bool:
        experimental = self.session.capabilities.experimental
        ours = experimental.get("codeact") if isinstance(experimental, Mapping) else None
        return isinstance(ours, Mapping) and ours.get("events") is True

    def refresh(self, uri: str) -> None:
        """Something was seen of a run: show it soon, and at most twenty times a second."""
        debounce = self._refreshes.setdefault(
            uri, Debounce(_REFRESH_SECONDS, lambda: self._refresh(uri))
        )
        debounce.schedule()

    def flush(self, uri: str) -> None:
        """Show what a scheduled refresh would show, now."""
        if debounce := self._refreshes.get(uri):
            debounce.flush()

    def rest(self) -> None:
        """Show nothing more of what was scheduled: the client is about to leave."""
        for debounce in self._refreshes.values():
            debounce.cancel()

    def _refresh(self, uri: str) -> None:
        if uri in self.session.plans:
            self.publish(uri)
        if self._can_refresh_lenses():
            self.workspace_code_lens_refresh(None)

    def _can_refresh_lenses(self) -> bool:
        workspace = self.session.capabilities.workspace
        return bool(workspace and workspace.code_lens and workspace.code_lens.refresh_support)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log a defect; a popup would tell users nothing that they can act on."""
        _log.error("%s: %s", getattr(source, "__name__", source), error, exc_info=error)


def create_server() -> PlanServer:
    """A server with all routes and commands registered."""
    server = PlanServer()
    for route in routes.ROUTES:
        server.feature(route.method, route.options)(_handler(server, route))
    for command in commands.COMMANDS:
        server.command(command.name)(commands.handler(server, command))
    return server


def _handler(server: PlanServer, route: routes.Route) -> Callable[..., Any]:
    """The handler of a route, with what its model says it may touch."""

    def read(params: Any) -> Any:
        snapshot = server.session.snapshot(params.text_document.uri)
        return route.handler(snapshot, params) if snapshot else None

    def change(*params: Any) -> Any:
        return route.handler(server, *params)

    async def work(*params: Any) -> Any:
        return await route.handler(server, *params)

    handlers = {routes.Model.READ: read, routes.Model.CHANGE: change, routes.Model.WORK: work}
    return handlers[route.model]

"""Which way diagnostics reach the client. No diagnostic takes two."""

from collections.abc import Container
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from codeact_lsp.server.features import diagnostics
from codeact_lsp.server.uris import ByUri

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer
    from codeact_lsp.server.snapshot import Snapshot


class Publisher:
    """Pushes diagnostics to a client that does not pull them, else asks it to pull them again.

    A client that pulls but cannot be asked to would never hear of a run, or of advice that takes
    time to find: to it these are pushed, and what it pulls is without them.
    """

    def __init__(self, server: "PlanServer") -> None:
        self._server = server
        self._shown: set[str] = set()
        # As the client spells them.
        self._closed: ByUri[str] = ByUri()

    def closed(self, uri: str) -> None:
        """The client closed a plan."""
        if self._server.session.client.pulls:
            self._closed[uri] = uri
        self.edited(uri)

    def left(self, before: Container[str]) -> list[str]:
        """Plans that were closed, of which the client may go on showing what it pulled.

        VS Code forgets which result it has of a plan that it closes, and leaves it to the next pull
        of the workspace to say that there is none.

        Args:
            before: The plans of which the client says which result it has.
        """
        for uri in [uri for uri in self._closed if uri in before]:
            del self._closed[uri]
        return list(self._closed.values())

    def edited(self, uri: str) -> None:
        """The client opened or edited a plan: if it pulls, it asks by itself."""
        if not self._server.session.client.pulls or uri in self._shown:
            self._push(uri)

    def changed(self, uri: str) -> None:
        """What is known of a plan changed for another reason."""
        client = self._server.session.client
        if client.pulls and client.pulls_again:
            self._server.workspace_diagnostic_refresh(None)
        else:
            self._push(uri)

    def all_changed(self) -> None:
        """So did what is known of all plans, open or not."""
        self._server.show_anew()
        client = self._server.session.client
        if client.pulls and client.pulls_again:
            self._server.workspace_diagnostic_refresh(None)
        else:
            for opened in list(self._server.session.plans.values()):
                self._push(opened.uri)

    def _push(self, uri: str) -> None:
        """Send the diagnostics of a plan as it is now; none once it is closed."""
        session = self._server.session
        opened, client = session.plans.get(uri), session.client
        snapshot = session.draft_of(opened) if opened else None
        found = self._pushed(snapshot) if snapshot else []
        if client.pulls and not found and uri not in self._shown:
            return
        self._shown = self._shown | {uri} if found else self._shown - {uri}
        version = snapshot.plan.source.version if snapshot and client.takes_versions else None
        self._server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
        )

    def _pushed(self, snapshot: "Snapshot") -> list[lsp.Diagnostic]:
        if snapshot.client.pulls:
            return diagnostics.found_later(snapshot)
        return diagnostics.diagnostics(snapshot)

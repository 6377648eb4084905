"""The user's settings, from wherever the client tells them, followed as they change.

They come as initialization options, as answers to `workspace/configuration` (for the session and
for each folder), or in `workspace/didChangeConfiguration`. What is said later goes before.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from codeact_lsp.server.open_plan import OpenPlan
from codeact_lsp.server.settings import SECTION, Settings, read_settings

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)
# A client may answer late or never, and nothing waits for it longer than this.
PATIENCE_SECONDS = 10.0
# Whoever runs something right after a change of settings means it to go by them.
_SOON_SECONDS = 1.0


class Configuration:
    """Keeps the session's settings as the client tells them, and tells the user what is wrong."""

    def __init__(self, server: "PlanServer", patience: float = PATIENCE_SECONDS) -> None:
        self._server = server
        self._patience = patience
        self._options: Any = None
        self._told: set[str] = set()
        self._asking: asyncio.Task[None] | None = None

    def begin(self, options: Any) -> None:
        """Take the initialization options.

        Whether the workspace is trusted is told there alone: a setting could come with it.
        """
        if isinstance(options, Mapping):
            self._server.session.trusted = options.get("trusted") is not False
            self._server.session.vouched = options.get("trusted") is True
            options = {name: value for name, value in options.items() if name != "trusted"}
        self._options = options
        self._take(None, {})

    def changed(self, payload: Any = None) -> None:
        """Settings or folders changed: ask the client if it answers, else take what it sent along.

        Args:
            payload: An object with our section in it, or anything else, which says nothing.
        """
        if self._asking:
            self._asking.cancel()
        if self._server.session.client.configures:
            self._asking = asyncio.create_task(self._ask())
        elif isinstance(payload, Mapping) and SECTION in payload:
            self._change(payload[SECTION], {})

    async def settled(self) -> None:
        """Wait until the client has told what it was asked for, if it is not slow to."""
        if self._asking and not self._asking.done():
            await asyncio.wait([self._asking], timeout=_SOON_SECONDS)

    def tell_of(self, opened: OpenPlan) -> None:
        """Show what is wrong with what the workspace of a plan says about plans."""
        self.tell([opened.workspace_error] if opened.workspace_error else [])

    def tell(self, wrong: Iterable[str]) -> None:
        """Show each message once, and not again each time that something else changes."""
        for message in dict.fromkeys(wrong):
            if message not in self._told:
                self._told.add(message)
                self._server.warn(message)

    def close(self) -> None:
        """Wait for no answer any more."""
        if self._asking:
            self._asking.cancel()

    async def _ask(self) -> None:
        folders = self._server.session.folders
        uris = [None, *(folder.as_uri() for folder in folders)]
        params = lsp.ConfigurationParams(
            items=[lsp.ConfigurationItem(section=SECTION, scope_uri=uri) for uri in uris]
        )
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._server.workspace_configuration_async(params)
        except (TimeoutError, JsonRpcException) as error:
            _log.warning("the client does not tell its settings: %s", str(error) or "no answer")
            return
        everywhere, *own = [*(answer or ()), *[None] * len(uris)][: len(uris)]
        self._change(everywhere, dict(zip(folders, own, strict=True)))

    def _change(self, everywhere: Any, own: Mapping[Path, Any]) -> None:
        """Make settings hold, and show what depends on them."""
        session = self._server.session
        before = session.settings, session.folder_settings
        self._take(everywhere, own)
        if (session.settings, session.folder_settings) != before:
            for opened in session.plans.values():
                session.settle(opened)
            self._server.watching.changed()
            self._server.publisher.all_changed()
            self._server.advisor.all_changed()
            self._server.safeguard.all_changed()

    def _take(self, everywhere: Any, own: Mapping[Path, Any]) -> None:
        session = self._server.session
        session.settings, wrong = read_settings(self._options, everywhere)
        session.folder_settings = {
            folder: self._of_folder(everywhere, said, wrong) for folder, said in own.items()
        }
        self.tell(wrong)

    def _of_folder(self, everywhere: Any, said: Any, wrong: list[str]) -> Settings:
        settings, more = read_settings(self._options, everywhere, said)
        wrong += more
        return settings


def did_change_configuration(
    server: "PlanServer", params: lsp.DidChangeConfigurationParams
) -> None:
    """The user changed settings, of ours or of anybody's."""
    server.configuration.changed(params.settings)

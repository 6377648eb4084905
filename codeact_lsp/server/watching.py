"""Files that change outside of the editor: the client watches them, and tells."""

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from codeact_lsp.engine.workspace.configuration import FILE_NAME
from codeact_lsp.engine.workspace.globs import INPUTS, PLANS, WORKSPACES, inputs_glob
from codeact_lsp.engine.workspace.inputs import inputs_path
from codeact_lsp.server.settings import SECTION
from codeact_lsp.server.uris import path_of

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)
_FILES = "codeact-files"
_SETTINGS = "codeact-settings"
# A client may answer late or never; then it is taken not to watch.
_PATIENCE_SECONDS = 10.0

OPERATIONS = lsp.FileOperationRegistrationOptions(
    filters=[
        lsp.FileOperationFilter(scheme="file", pattern=lsp.FileOperationPattern(glob=glob))
        for glob in (PLANS, INPUTS)
    ]
)


class Watching:
    """Asks the client to watch plans, their inputs and the settings, where it can."""

    def __init__(self, server: "PlanServer") -> None:
        self._server = server
        self._asking: asyncio.Task[None] | None = None
        self._begun = False
        self._registered: set[str] = set()
        self._watched: list[lsp.FileSystemWatcher] = []

    def begin(self) -> None:
        """The session has begun: from now on the client can be asked."""
        self._begun = True
        self.changed()

    def changed(self) -> None:
        """What counts as a plan may have changed: the folders, or the globs in the settings."""
        self._server.files.forget()
        if self._begun:
            before, self._asking = self._asking, None
            self._asking = asyncio.create_task(self._ask(before))

    def close(self) -> None:
        """Ask for nothing more."""
        if self._asking:
            self._asking.cancel()

    async def _ask(self, before: "asyncio.Task[None] | None") -> None:
        if before:  # One after the other, or the client would hear of them in disorder.
            await asyncio.wait([before])
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._settings()
                await self._files()
        except (TimeoutError, JsonRpcException) as error:
            _log.warning("the client does not watch: %s", str(error) or "no answer")

    async def _settings(self) -> None:
        if self._server.session.client.registers_configuration:
            options = lsp.DidChangeConfigurationRegistrationOptions(section=SECTION)
            await self._register(_SETTINGS, lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, options)

    async def _files(self) -> None:
        watchers = self._watchers()
        if not self._server.session.client.watches_files or watchers == self._watched:
            return
        self._server.files.watched = False
        if _FILES in self._registered:
            await self._unregister(_FILES, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
        await self._register(_FILES, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        self._watched = watchers
        # What came before the client began to watch has to be found once more.
        self._server.files.forget()
        self._server.files.watched = True

    def _watchers(self) -> list[lsp.FileSystemWatcher]:
        session = self._server.session
        if not session.client.watches_below_folders:
            every = [session.settings, *session.folder_settings.values()]
            globs = _globs(glob for settings in every for glob in settings.plans)
            return [lsp.FileSystemWatcher(glob_pattern=glob) for glob in globs]
        return [
            lsp.FileSystemWatcher(
                glob_pattern=lsp.RelativePattern(base_uri=folder.as_uri(), pattern=glob)
            )
            for folder in session.folders
            for glob in _globs(session.settings_for(folder).plans)
        ]

    async def _register(self, name: str, method: str, options: object) -> None:
        if name not in self._registered:
            registration = lsp.Registration(id=name, method=method, register_options=options)
            params = lsp.RegistrationParams(registrations=[registration])
            await self._server.client_register_capability_async(params)
            self._registered.add(name)

    async def _unregister(self, name: str, method: str) -> None:
        gone = lsp.Unregistration(id=name, method=method)
        await self._server.client_unregister_capability_async(
            lsp.UnregistrationParams(unregisterations=[gone])
        )
        self._registered.discard(name)


def _belonging(server: "PlanServer", plan: Path) -> set[Path | None]:
    """The files that say something about a plan."""
    return {inputs_path(plan), server.session.workspace_of(plan) / FILE_NAME}


def _globs(more: Iterable[str]) -> list[str]:
    """The globs of all plans, of their inputs, and of what workspaces say about plans."""
    plans = list(dict.fromkeys((PLANS, *more)))
    return list(dict.fromkeys([*plans, *(inputs_glob(glob) for glob in plans), WORKSPACES]))


def did_change_watched_files(server: "PlanServer", params: lsp.DidChangeWatchedFilesParams) -> None:
    """Files changed on disk, came or went."""
    if any(event.type is not lsp.FileChangeType.Changed for event in params.changes):
        server.files.forget()
    _changed(server, [event.uri for event in params.changes])


def did_rename_files(server: "PlanServer", params: lsp.RenameFilesParams) -> None:
    """The user renamed files in the editor. Those that are open are closed and opened besides."""
    server.files.forget()
    _changed(server, [uri for file in params.files for uri in (file.old_uri, file.new_uri)])


def did_create_or_delete_files(
    server: "PlanServer", params: lsp.CreateFilesParams | lsp.DeleteFilesParams
) -> None:
    """The user created files in the editor, or deleted them."""
    server.files.forget()
    _changed(server, [file.uri for file in params.files])


def _changed(server: "PlanServer", uris: Iterable[str]) -> None:
    """Read the inputs of open plans again; of plans that are not open, have all asked for again.

    What an editor has open holds, whatever the file is.
    """
    paths = {path_of(uri) for uri in uris}
    for opened in list(server.session.plans.values()):
        if opened.path and _belonging(server, opened.path) & paths and server.session.read(opened):
            server.configuration.tell_of(opened)
            server.publish(opened.uri)
    closed = paths - {opened.path for opened in server.session.plans.values()}
    if closed and server.session.client.pulls:
        server.publisher.all_changed()

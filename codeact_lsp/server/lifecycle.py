"""The life of the server and of its documents."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.uris import to_fs_path

from codeact_lsp.server import convert
from codeact_lsp.server.settings import read_settings

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)


def initialize(server: "PlanServer", params: lsp.InitializeParams) -> None:
    """Take in what the client can do and wants."""
    session = server.session
    session.capabilities = params.capabilities
    session.encoding = convert.to_encoding(server.workspace.position_encoding)
    session.settings, wrong = read_settings(params.initialization_options)
    if wrong:
        message = lsp.ShowMessageParams(type=lsp.MessageType.Warning, message=wrong)
        server.window_show_message(message)
    uris = [folder.uri for folder in params.workspace_folders or ()]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    session.folders = tuple(path for uri in uris if (path := _path(uri)))


def did_change_folders(server: "PlanServer", params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    """Folders came to the workspace or left it."""
    gone = {_path(folder.uri) for folder in params.event.removed}
    came = {_path(folder.uri) for folder in params.event.added}
    folders = (set(server.session.folders) - gone) | came
    server.session.folders = tuple(sorted(folder for folder in folders if folder))


def _path(uri: str) -> Path | None:
    name = to_fs_path(uri)
    return Path(name) if name else None


async def shutdown(server: "PlanServer", _params: Any = None) -> None:
    """End all runs and worker processes."""
    await server.runs.close()
    server.rest()
    await server.session.close()


def did_open(server: "PlanServer", params: lsp.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    server.session.open(params.text_document)
    server.publish(params.text_document.uri)


def did_change(server: "PlanServer", params: lsp.DidChangeTextDocumentParams) -> None:
    """A document was edited."""
    if params.text_document.uri not in server.session.plans:
        _log.error("didChange for %s, which is not open", params.text_document.uri)
        return
    server.session.change(params)
    server.publish(params.text_document.uri)


def did_save(server: "PlanServer", params: lsp.DidSaveTextDocumentParams) -> None:
    """A document was saved; its inputs file may have been edited meanwhile."""
    if opened := server.session.plans.get(params.text_document.uri):
        opened.read_inputs()
        server.publish(opened.uri)


def did_close(server: "PlanServer", params: lsp.DidCloseTextDocumentParams) -> None:
    """A document was closed: nothing more is shown of it, and its run ends."""
    uri = params.text_document.uri
    server.runs.cancel(uri)
    server.session.plans.pop(uri, None)
    server.publish(uri)

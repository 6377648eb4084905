"""The life of the server and of its documents."""

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from codeact_lsp.server import convert, memory, parent, warm
from codeact_lsp.server.client import Client
from codeact_lsp.server.uris import path_of

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

_log = logging.getLogger(__name__)


def initialize(server: "PlanServer", params: lsp.InitializeParams) -> None:
    """Take in what the client can do and wants."""
    session = server.session
    session.client = Client(params.capabilities)
    session.encoding = convert.to_encoding(server.workspace.position_encoding)
    session.folders = _folders(params)
    server.configuration.begin(params.initialization_options)
    # Once it has its answer.
    asyncio.get_running_loop().call_soon(warm.for_a_run)
    if params.process_id is not None:
        server.stop_watching_client = parent.watch(params.process_id, server.leave)


def initialized(server: "PlanServer", _params: Any = None) -> None:
    """The session has begun: the client can be asked for what it is to tell us."""
    server.watching.begin()
    server.configuration.changed()


async def shutdown(server: "PlanServer", _params: Any = None) -> None:
    """End all runs and worker processes."""
    await server.close()


def did_change_folders(server: "PlanServer", params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    """Folders came to the workspace or left it."""
    gone = set(_paths(folder.uri for folder in params.event.removed))
    came = set(_paths(folder.uri for folder in params.event.added))
    server.session.folders = tuple(sorted((set(server.session.folders) - gone) | came))
    server.watching.changed()
    server.configuration.changed()
    if server.session.client.pulls:
        server.publisher.all_changed()


def did_open(server: "PlanServer", params: lsp.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    with memory.for_long():
        server.session.open(params.text_document)
        opened = server.session.plans[params.text_document.uri]
        server.configuration.tell_of(opened)
        server.publisher.edited(opened.uri)
    server.compiling.begin(opened)
    server.advisor.edited(opened.uri)
    server.safeguard.look(opened)
    server.warm_up()
    server.readying.stir(opened.uri)


def did_change(server: "PlanServer", params: lsp.DidChangeTextDocumentParams) -> None:
    """A document was edited. An edit that is not of the text that we have would spoil it."""
    document = params.text_document
    opened = server.session.plans.get(document.uri)
    if opened is None:
        _log.error("didChange for %s, which is not open", document.uri)
        return
    known = opened.draft.source.version
    if known is not None and document.version <= known:
        _log.error("didChange %s for %s, which is at %s", document.version, document.uri, known)
        return
    server.session.change(params)
    server.publisher.edited(document.uri)
    server.advisor.edited(document.uri)
    server.readying.stir(opened.uri)


def did_save(server: "PlanServer", params: lsp.DidSaveTextDocumentParams) -> None:
    """A document was saved; the files that belong to it may have been edited meanwhile."""
    if opened := server.session.plans.get(params.text_document.uri):
        changed = server.session.read(opened)
        server.configuration.tell_of(opened)
        if changed:
            server.publish(opened.uri)
        server.saving.saved(opened)


def did_close(server: "PlanServer", params: lsp.DidCloseTextDocumentParams) -> None:
    """A document was closed: nothing more is shown of it, and its run ends."""
    uri = params.text_document.uri
    if opened := server.session.plans.pop(uri, None):
        server.runs.cancel(opened.uri)
        server.forget(opened.uri)
    server.publisher.closed(uri)
    server.advisor.edited(uri)


def _folders(params: lsp.InitializeParams) -> tuple[Path, ...]:
    """The folders of the workspace, as clients of any age tell them."""
    uris = [folder.uri for folder in params.workspace_folders or ()]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    if not uris and params.root_path:
        return (Path(params.root_path),)
    return tuple(_paths(uris))


def _paths(uris: Iterable[str]) -> list[Path]:
    return [path for uri in uris if (path := path_of(uri))]

"""The beginning of a session: what the server can do, and where it works."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from codeact_lsp.server.server import create_server
from codeact_lsp.server.settings import Settings
from tests.server.editor import MODERN, Editor
from tests.server.pair import bare, connected, wired

pytestmark = pytest.mark.asyncio(loop_scope="module")


def encodings(*units: str) -> lsp.ClientCapabilities:
    """The capabilities of a client that counts in these units, the first one best."""
    return lsp.ClientCapabilities(general=lsp.GeneralClientCapabilities(position_encodings=units))


async def test_the_server_announces_what_it_can_do() -> None:
    async with wired() as wire:
        announced = wire.begun["capabilities"]
    assert wire.begun["serverInfo"]["name"] == "codeact-lsp"
    incremental = lsp.TextDocumentSyncKind.Incremental
    sync = {"openClose": True, "change": incremental, "save": True}
    assert announced["textDocumentSync"] == sync
    assert "quickfix" in announced["codeActionProvider"]["codeActionKinds"]
    assert announced["codeLensProvider"] == {"resolveProvider": True}
    assert announced["inlayHintProvider"] == {"resolveProvider": True}
    for feature in ("hoverProvider", "definitionProvider", "documentSymbolProvider"):
        assert announced[feature]
    assert "codeact.runPlan" in announced["executeCommandProvider"]["commands"]
    assert announced["executeCommandProvider"]["workDoneProgress"]
    folders = {"supported": True, "changeNotifications": True}
    assert announced["workspace"]["workspaceFolders"] == folders


@pytest.mark.parametrize(
    ("capabilities", "units"),
    [
        (lsp.ClientCapabilities(), "utf-16"),
        (encodings("utf-8", "utf-16"), "utf-8"),
        (encodings("utf-32", "utf-8"), "utf-32"),
        (encodings("utf-7"), "utf-16"),
    ],
)
async def test_the_unit_of_columns_is_the_first_that_both_know(
    tmp_path: Path, capabilities: lsp.ClientCapabilities, units: str
) -> None:
    async with connected(tmp_path, capabilities) as editor:
        assert editor.units == units
        plan = editor.open('"📦"; b = = 1\n')
        assert [plan.at(found.range) for found in await plan.diagnostics()] == ["="]


async def test_the_folders_of_the_workspace_are_followed(tmp_path: Path) -> None:
    server = create_server()
    async with connected(tmp_path, MODERN, server=server) as editor:
        one, two = tmp_path / "one", tmp_path / "two"
        for came, gone, now in (
            ([], [], [tmp_path]),
            ([one, two], [], [tmp_path, one, two]),
            ([], [tmp_path, two], [one]),
        ):
            change_folders(editor, came, gone)
            await editor.settle()
            assert list(server.session.folders) == now


async def test_folders_that_nobody_knows_and_that_are_none_do_no_harm(tmp_path: Path) -> None:
    server = create_server()
    async with wired(server, folder=tmp_path) as wire:
        added = [{"uri": uri, "name": ""} for uri in ("untitled:x", "file://[", "")]
        removed = [{"uri": "file:///never/added", "name": ""}]
        event = {"added": added, "removed": removed}
        wire.tell("workspace/didChangeWorkspaceFolders", {"event": event})
        assert await wire.ask("workspace/symbol", {"query": ""}) == []
        assert server.session.folders == (tmp_path,)


async def test_the_innermost_of_nested_folders_decides(tmp_path: Path) -> None:
    server = create_server()
    inner = tmp_path / "inner"
    async with connected(tmp_path, MODERN, server=server) as editor:
        change_folders(editor, [inner], [])
        await editor.settle()
        session = server.session
        session.folder_settings = {tmp_path: Settings(timeout=1), inner: Settings(timeout=2)}
        assert session.settings_for(tmp_path / "a.plan.py").timeout == 1
        assert session.settings_for(inner / "deep" / "a.plan.py").timeout == 2


@pytest.mark.parametrize("key", ["rootUri", "rootPath"])
async def test_an_old_client_s_one_folder_is_the_workspace(tmp_path: Path, key: str) -> None:
    server = create_server()
    async with bare(server) as wire:
        root = tmp_path.as_uri() if key == "rootUri" else str(tmp_path)
        await wire.ask("initialize", {"capabilities": {}, "processId": None, key: root})
        assert server.session.folders == (tmp_path,)


def change_folders(editor: Editor, came: Sequence[Path], gone: Sequence[Path]) -> None:
    added, removed = (
        [lsp.WorkspaceFolder(uri=path.as_uri(), name=path.name) for path in paths]
        for paths in (came, gone)
    )
    event = lsp.WorkspaceFoldersChangeEvent(added=added, removed=removed)
    editor.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event=event))


async def test_after_shutdown_nothing_more_is_shown(tmp_path: Path) -> None:
    """What was seen of a run is shown some moments later; by then the client may be gone."""
    server = create_server()
    async with connected(tmp_path, server=server) as editor:
        plan = editor.open("def a(a): return a\n")
        assert len(await plan.diagnostics()) == 1
        server.refresh(plan.uri)
        await editor.shutdown_async(None)
        await asyncio.sleep(0.2)
        assert len(plan.published()) == 1

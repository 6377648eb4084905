"""The beginning of a session: what the server can do, and where it works."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from codeact_lsp.server.server import create_server
from tests.server.editor import MODERN, Editor
from tests.server.pair import connected, wired

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
    assert announced["codeActionProvider"] == {"codeActionKinds": ["quickfix"]}
    assert announced["codeLensProvider"] == {"resolveProvider": False}
    for feature in ("hoverProvider", "definitionProvider", "documentSymbolProvider"):
        assert announced[feature]
    assert "codeact.runPlan" in announced["executeCommandProvider"]["commands"]


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
        plan = editor.open("def a(b): return 1\n")
        assert len(await plan.diagnostics()) == 1
        server.refresh(plan.uri)
        await editor.shutdown_async(None)
        await asyncio.sleep(0.2)
        assert len(plan.published()) == 1

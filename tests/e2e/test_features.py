"""Each kind of feature once, as an editor asks for it: over the pipes of a real server process."""

import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig

from codeact_lsp.server.routes import ROUTES
from tests.e2e.served import COMMAND
from tests.leftovers import Marked
from tests.server.editor import MODERN, Editor, eventually
from tests.server.fuzz.messages import Maker

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]
PULLING = lsp.ClientCapabilities(
    text_document=lsp.TextDocumentClientCapabilities(diagnostic=lsp.DiagnosticClientCapabilities()),
    workspace=lsp.WorkspaceClientCapabilities(
        configuration=True,
        diagnostics=lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        did_change_configuration=lsp.DidChangeConfigurationClientCapabilities(
            dynamic_registration=True
        ),
        did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(
            dynamic_registration=True
        ),
    ),
)
PLAN = '''
"""What did the shop sell?"""

LIMIT = 3


def orders(path: str = "orders.csv") -> list[str]:
    """The orders."""
    return [path] * LIMIT


def total(orders: list[str]) -> int:
    """How many there are.

    After: orders
    """
    return len(orders)
'''


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """An editor that has started a server of its own."""
    folder = tmp_path_factory.mktemp("workspace")
    marked = Marked(CODEACT_CACHE_DIR=str(folder / "results"))
    editor = await ClientServerConfig(COMMAND, Editor, marked.environment).start()
    assert isinstance(editor, Editor)
    await editor.begin(folder, MODERN)
    yield editor
    await editor.shutdown_session()
    await editor.stop()  # type: ignore[no-untyped-call]  # pytest-lsp's own
    assert marked.left() == []


async def test_every_request_about_a_document_is_answered(editor: Editor) -> None:
    plan = editor.open(PLAN)
    maker = Maker(random.Random(1), [plan.uri], ["codeact.graph"])
    place = plan.position("total(ord¦ers")
    on_orders = {"line": place.line, "character": place.character}
    asked = set()
    for route in ROUTES:
        _, answer, kind, _ = lsp.METHOD_TO_TYPES[route.method]
        if answer is None or kind is None or not hasattr(kind, "text_document"):
            continue
        params = maker.params(route.method)
        fitting = {"textDocument": {"uri": plan.uri}, "position": on_orders, "newName": "sold"}
        params |= {name: part for name, part in fitting.items() if name in params}
        typed: Any = editor.protocol._converter.structure(params, cast("type[Any]", kind))
        await editor.protocol.send_request_async(route.method, typed)  # type: ignore[no-untyped-call]  # pytest-lsp's own
        asked.add(route.method)
    assert {lsp.TEXT_DOCUMENT_HOVER, lsp.TEXT_DOCUMENT_CODE_LENS} <= asked
    plan.close()


async def test_nodes_are_found_in_the_workspace_and_on_the_screen(editor: Editor) -> None:
    (editor.folder / "disk.plan.py").write_text(PLAN, encoding="utf-8")
    plan = editor.open("def total_of_all(): return 1\n")
    found = await editor.workspace_symbol_async(lsp.WorkspaceSymbolParams(query="total"))
    names = [(symbol.name, symbol.container_name) for symbol in found or ()]
    assert names == [("total", "disk.plan.py"), ("total_of_all", "it.plan.py")]
    plan.close()


async def test_diagnostics_are_pushed_with_all_that_the_editor_shows(editor: Editor) -> None:
    plan = editor.open("def a(b): return b\ndef b(a): return a\n")
    (found,) = [each for each in await plan.diagnostics() if each.code == "cycle"]
    assert found.code_description is not None
    assert found.code_description.href.endswith("#cycle")
    assert found.related_information
    plan.close()


async def test_diagnostics_are_pulled_where_the_editor_asks_for_them(tmp_path: Path) -> None:
    """And the server asks for settings, and for files to be watched."""
    marked = Marked(CODEACT_CACHE_DIR=str(tmp_path / "results"))
    editor = await ClientServerConfig(COMMAND, Editor, marked.environment).start()
    assert isinstance(editor, Editor)
    registered: list[str] = []
    editor.answer(
        lsp.CLIENT_REGISTER_CAPABILITY,
        lambda params: registered.extend(each.method for each in params.registrations),
    )
    editor.answer(lsp.WORKSPACE_CONFIGURATION, lambda params: [None for _ in params.items])
    await editor.begin(tmp_path, PULLING)
    plan = editor.open("def a(a): return a\n")
    params = lsp.DocumentDiagnosticParams(text_document=plan.document)
    report = await editor.text_document_diagnostic_async(params)
    assert isinstance(report, lsp.RelatedFullDocumentDiagnosticReport)
    assert "cycle" in [found.code for found in report.items]
    whole = await editor.workspace_diagnostic_async(
        lsp.WorkspaceDiagnosticParams(
            previous_result_ids=[lsp.PreviousResultId(uri=plan.uri, value=str(report.result_id))]
        )
    )
    assert [each.kind for each in whole.items] == ["unchanged"]
    await eventually(lambda: len(registered) == 2)
    assert registered == [
        lsp.WORKSPACE_DID_CHANGE_CONFIGURATION,
        lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
    ]
    assert plan.published() == []
    await editor.shutdown_session()
    await editor.stop()  # type: ignore[no-untyped-call]  # pytest-lsp's own
    assert marked.left() == []

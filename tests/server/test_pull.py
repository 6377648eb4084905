"""Diagnostics that the client asks for, of a document and of the workspace."""

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from tests.server.pair import Wire, connected, wired

pytestmark = pytest.mark.asyncio(loop_scope="module")

PULLS = {
    "textDocument": {"diagnostic": {}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}
BROKEN, SOUND = "def a(a): return a\n", "def a(): return 1\n"


async def pull(wire: Wire, uri: str, before: str | None = None) -> Any:
    params = {"textDocument": {"uri": uri}, "previousResultId": before}
    return await wire.ask("textDocument/diagnostic", params)


async def pull_all(wire: Wire, before: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """The reports of the workspace, by the name of the file."""
    ids = [{"uri": uri, "value": value} for uri, value in (before or {}).items()]
    told = await wire.ask("workspace/diagnostic", {"previousResultIds": ids, **more})
    return {Path(report["uri"]).name: report for report in told["items"]}


def pushed(wire: Wire) -> list[dict[str, Any]]:
    """What was pushed meanwhile."""
    method = "textDocument/publishDiagnostics"
    return [each["params"] for each in wire.told if each.get("method") == method]


def codes(report: dict[str, Any]) -> list[str]:
    return [each["code"] for each in report["items"]]


async def test_who_pulls_is_pushed_nothing_and_the_other_way_round() -> None:
    async with wired(capabilities=PULLS) as wire:
        provider = wire.begun["capabilities"]["diagnosticProvider"]
        assert provider == {
            "identifier": "codeact",
            "interFileDependencies": False,
            "workspaceDiagnostics": True,
        }
        wire.open("untitled:one", BROKEN)
        wire.change("untitled:one", SOUND, 2)
        assert (await pull(wire, "untitled:one"))["items"] == []
        assert pushed(wire) == []
    async with wired() as wire:
        assert "diagnosticProvider" not in wire.begun["capabilities"]
        wire.open("untitled:one", BROKEN)
        await wire.ask("workspace/symbol", {"query": ""})
        assert [each["uri"] for each in pushed(wire)] == ["untitled:one"]


async def test_a_result_that_has_not_changed_is_not_sent_again() -> None:
    async with wired(capabilities=PULLS) as wire:
        wire.open("untitled:one", BROKEN)
        first = await pull(wire, "untitled:one")
        assert (first["kind"], codes(first)) == ("full", ["cycle"])
        result = first["resultId"]
        wire.change("untitled:one", f"{BROKEN}# A comment moves nothing.\n", 2)
        again = await pull(wire, "untitled:one", result)
        assert again == {"kind": "unchanged", "resultId": result}
        wire.change("untitled:one", f"# A line moves it.\n{BROKEN}", 3)
        moved = await pull(wire, "untitled:one", result)
        assert (moved["kind"], codes(moved)) == ("full", ["cycle"])
        assert moved["resultId"] != result


async def test_a_document_that_is_not_open_has_none() -> None:
    async with wired(capabilities=PULLS) as wire:
        assert (await pull(wire, "file:///nothing"))["items"] == []


async def test_the_workspace_holds_open_plans_as_they_are_and_others_as_they_are_on_disk(
    tmp_path: Path,
) -> None:
    for name in ("closed", "opened"):
        (tmp_path / f"{name}.plan.py").write_text(BROKEN)
    (tmp_path / "no_plan.py").write_text(BROKEN)
    async with wired(capabilities=PULLS, folder=tmp_path) as wire:
        wire.open((tmp_path / "opened.plan.py").as_uri(), SOUND, 7)
        reports = await pull_all(wire)
        assert {name: (codes(each), each["version"]) for name, each in reports.items()} == {
            "opened.plan.py": ([], 7),
            "closed.plan.py": (["cycle"], None),
        }
        before = {each["uri"]: each["resultId"] for each in reports.values()}
        (tmp_path / "closed.plan.py").write_text(f"\n{BROKEN}")
        later = await pull_all(wire, before)
        assert {name: each["kind"] for name, each in later.items()} == {
            "opened.plan.py": "unchanged",
            "closed.plan.py": "full",
        }


async def test_of_a_plan_that_is_gone_the_diagnostics_go_too(tmp_path: Path) -> None:
    path = tmp_path / "a.plan.py"
    path.write_text(BROKEN)
    async with wired(capabilities=PULLS, folder=tmp_path) as wire:
        report = (await pull_all(wire))["a.plan.py"]
        path.unlink()
        later = await pull_all(wire, {report["uri"]: report["resultId"]})
        assert codes(later["a.plan.py"]) == []
        last = {report["uri"]: later["a.plan.py"]["resultId"]}
        assert await pull_all(wire, last) == {}


async def test_a_plan_that_was_closed_and_is_gone_has_none_though_the_client_forgot_its_result(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a b.plan.py"
    path.write_text(BROKEN)
    async with wired(capabilities=PULLS, folder=tmp_path) as wire:
        wire.open(path.as_uri(), BROKEN)
        assert codes(await pull(wire, path.as_uri())) == ["cycle"]
        path.rename(tmp_path / "other.txt")
        wire.close(path.as_uri())
        for _ in range(2):  # The first answer may be lost.
            told = (await pull_all(wire))["a%20b.plan.py"]
            assert (codes(told), told["uri"]) == ([], path.as_uri())
        last = {path.as_uri(): told["resultId"]}
        assert await pull_all(wire, last) == {}


async def test_a_plan_outside_of_all_folders_has_none_once_it_is_closed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    outside = (tmp_path / "a.plan.py").as_uri()
    async with wired(capabilities=PULLS, folder=tmp_path / "folder") as wire:
        wire.open(outside, BROKEN)
        assert codes(await pull(wire, outside)) == ["cycle"]
        wire.close(outside)
        assert {name: codes(each) for name, each in (await pull_all(wire)).items()} == {
            "a.plan.py": []
        }
        wire.open(outside, BROKEN)
        assert codes((await pull_all(wire))["a.plan.py"]) == ["cycle"]


async def test_reports_come_one_by_one_where_the_client_takes_them_so(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.plan.py").write_text(BROKEN)
    async with wired(capabilities=PULLS, folder=tmp_path) as wire:
        assert await pull_all(wire, partialResultToken="part") == {}
        parts = [each["params"] for each in wire.told if each.get("method") == "$/progress"]
        assert [part["token"] for part in parts] == ["part", "part"]
        assert [Path(part["value"]["items"][0]["uri"]).name for part in parts] == [
            "a.plan.py",
            "b.plan.py",
        ]


async def test_a_run_has_the_client_pull_again(tmp_path: Path) -> None:
    async with connected(tmp_path, pulling(again=True)) as editor:
        refreshed: list[None] = []
        editor.answer(lsp.WORKSPACE_DIAGNOSTIC_REFRESH, refreshed.append)
        plan = editor.open("def a(): return 1 / 0\n")
        assert await plan.run() == "failed"
        await editor.settle()
        assert refreshed
        assert plan.published() == []
        assert await pulled(editor, plan.document) == ["user"]


async def test_a_client_that_cannot_be_asked_again_is_pushed_the_failures_alone(
    tmp_path: Path,
) -> None:
    async with connected(tmp_path, pulling(again=False)) as editor:
        plan = editor.open("def a(b: int = 1, *c): return b / 0\n")
        assert await plan.run() == "failed"
        assert [found.code for found in await plan.diagnostics()] == ["user"]
        assert await pulled(editor, plan.document) == ["variadic-input"]
        plan.edit("b / 0", "b / 1")
        assert await plan.diagnostics() == ()
        plan.close()
        await editor.settle()
        assert [len(params.diagnostics) for params in plan.published()[-2:]] == [1, 0]


def pulling(*, again: bool) -> lsp.ClientCapabilities:
    return lsp.ClientCapabilities(
        text_document=lsp.TextDocumentClientCapabilities(
            diagnostic=lsp.DiagnosticClientCapabilities()
        ),
        workspace=lsp.WorkspaceClientCapabilities(
            diagnostics=lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=again)
        ),
    )


async def pulled(editor: Any, document: lsp.TextDocumentIdentifier) -> list[Any]:
    params = lsp.DocumentDiagnosticParams(text_document=document)
    report = await editor.text_document_diagnostic_async(params)
    return [found.code for found in report.items]

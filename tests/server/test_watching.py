"""Files that change outside of the editor, and those that the user moves in it."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.pair import Wire, wired

pytestmark = pytest.mark.asyncio(loop_scope="module")

WATCHES = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
BELOW = {
    "workspace": {
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True}
    }
}
PULLS = {
    "textDocument": {"diagnostic": {}},
    "workspace": {
        "diagnostics": {"refreshSupport": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "fileOperations": {"didRename": True, "didCreate": True, "didDelete": True},
    },
}
CREATED, CHANGED, DELETED = 1, 2, 3


async def registered(wire: Wire) -> list[Any]:
    """The globs that the server asks the client to watch; the client does as it is asked."""
    asked = await wire.asked("client/registerCapability")
    wire.send(jsonrpc="2.0", id=asked["id"], result=None)
    (registration,) = asked["params"]["registrations"]
    assert registration["method"] == "workspace/didChangeWatchedFiles"
    watchers = registration["registerOptions"]["watchers"]
    return [watcher["globPattern"] for watcher in watchers]


def tell(wire: Wire, path: Path, kind: int) -> None:
    change = {"uri": path.as_uri(), "type": kind}
    wire.tell("workspace/didChangeWatchedFiles", {"changes": [change]})


async def shown(wire: Wire) -> list[str]:
    """The codes of the diagnostics that come next."""
    said = await wire.asked("textDocument/publishDiagnostics")
    return [found["code"] for found in said["params"]["diagnostics"]]


async def on_disk(wire: Wire) -> dict[str, list[str]]:
    told = await wire.ask("workspace/diagnostic", {"previousResultIds": []})
    return {
        Path(report["uri"]).name: [found["code"] for found in report["items"]]
        for report in told["items"]
    }


async def test_plans_and_their_inputs_are_watched(tmp_path: Path) -> None:
    async with wired(None, WATCHES, tmp_path, {"plans": ["flows/*.py"]}) as wire:
        assert await registered(wire) == [
            "**/*.plan.py",
            "flows/*.py",
            "**/*.plan.toml",
            "flows/*.toml",
            "**/pyproject.toml",
        ]


async def test_below_each_folder_where_the_client_can(tmp_path: Path) -> None:
    async with wired(None, BELOW, tmp_path) as wire:
        base = tmp_path.as_uri()
        assert await registered(wire) == [
            {"baseUri": base, "pattern": "**/*.plan.py"},
            {"baseUri": base, "pattern": "**/*.plan.toml"},
            {"baseUri": base, "pattern": "**/pyproject.toml"},
        ]


async def test_other_globs_are_watched_instead(tmp_path: Path) -> None:
    async with wired(None, WATCHES, tmp_path) as wire:
        assert len(await registered(wire)) == 3
        settings = {"codeact": {"plans": ["flows/*.py"]}}
        wire.tell("workspace/didChangeConfiguration", {"settings": settings})
        gone = await wire.asked("client/unregisterCapability")
        assert gone["params"]["unregisterations"] == [
            {"id": "codeact-files", "method": "workspace/didChangeWatchedFiles"}
        ]
        wire.send(jsonrpc="2.0", id=gone["id"], result=None)
        assert len(await registered(wire)) == 5


async def test_a_client_that_cannot_watch_is_not_asked(tmp_path: Path) -> None:
    async with wired(None, {}, tmp_path) as wire:
        await wire.ask("workspace/symbol", {"query": ""})
        assert wire.told == []


async def test_inputs_that_were_edited_elsewhere_are_read_again(tmp_path: Path) -> None:
    plan, inputs = tmp_path / "a.plan.py", tmp_path / "a.plan.toml"
    async with wired(None, WATCHES, tmp_path) as wire:
        wire.open(plan.as_uri(), "def a(b): return b\n")
        assert await shown(wire) == ["missing-input"]
        inputs.write_text("b = 1\n")
        tell(wire, inputs, CREATED)
        assert await shown(wire) == []
        inputs.write_text("b = \n")
        tell(wire, inputs, CHANGED)
        assert "bad-inputs-file" in await shown(wire)
        inputs.unlink()
        tell(wire, inputs, DELETED)
        assert await shown(wire) == ["missing-input"]


async def test_what_the_workspace_says_about_problems_holds_as_it_is_edited(tmp_path: Path) -> None:
    plan, workspace = tmp_path / "a.plan.py", tmp_path / "pyproject.toml"
    workspace.write_text('[tool.codeact.problems]\nmissing-input = "off"\n')
    async with wired(None, WATCHES, tmp_path) as wire:
        wire.open(plan.as_uri(), "def a(b): return b\n")
        assert await shown(wire) == []
        workspace.write_text('[tool.codeact.problems]\nmissing-input = "error"\n')
        tell(wire, workspace, CHANGED)
        assert await shown(wire) == ["missing-input"]


async def test_a_workspace_that_says_nothing_sensible_is_told_of_once(tmp_path: Path) -> None:
    plan, workspace = tmp_path / "a.plan.py", tmp_path / "pyproject.toml"
    workspace.write_text('[tool.codeact.problems]\nmissing-inptu = "off"\n')
    async with wired(None, WATCHES, tmp_path) as wire:
        wire.open(plan.as_uri(), "def a(b): return b\n")
        message = (await wire.asked("window/showMessage"))["params"]["message"]
        assert "pyproject.toml: [tool.codeact.problems]" in message
        assert "Did you mean 'missing-input'?" in message
        assert await shown(wire) == ["missing-input"]
        tell(wire, workspace, CHANGED)
        await wire.ask("workspace/symbol", {"query": ""})
        assert "window/showMessage" not in [told["method"] for told in wire.told]


async def test_an_open_plan_stays_as_it_is_on_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "a.plan.py"
    async with wired(None, WATCHES, tmp_path) as wire:
        wire.open(path.as_uri(), "def a(a): return a\n")
        path.write_text("def b(): return 1\n")
        tell(wire, path, CHANGED)
        outline = await wire.ask(
            "textDocument/documentSymbol", {"textDocument": {"uri": path.as_uri()}}
        )
        assert [symbol["name"] for symbol in outline] == ["a"]


async def test_a_client_that_pulls_is_told_to_do_it_again(tmp_path: Path) -> None:
    path = tmp_path / "a.plan.py"
    async with wired(None, PULLS, tmp_path) as wire:
        await registered(wire)
        assert await on_disk(wire) == {}
        path.write_text("def a(a): return a\n")
        tell(wire, path, CREATED)
        await wire.asked("workspace/diagnostic/refresh")
        assert await on_disk(wire) == {"a.plan.py": ["cycle"]}
        path.unlink()
        tell(wire, path, DELETED)
        await wire.asked("workspace/diagnostic/refresh")
        assert await on_disk(wire) == {}


async def test_files_that_the_user_moves_in_the_editor_are_followed(tmp_path: Path) -> None:
    old, new = tmp_path / "old.plan.py", tmp_path / "new.plan.py"
    old.write_text("def a(a): return a\n")
    async with wired(None, PULLS, tmp_path) as wire:
        operations = wire.begun["capabilities"]["workspace"]["fileOperations"]
        globs = [each["pattern"]["glob"] for each in operations["didRename"]["filters"]]
        assert globs == ["**/*.plan.py", "**/*.plan.toml"]
        await registered(wire)
        assert list(await on_disk(wire)) == ["old.plan.py"]
        old.rename(new)
        renamed = {"oldUri": old.as_uri(), "newUri": new.as_uri()}
        wire.tell("workspace/didRenameFiles", {"files": [renamed]})
        await wire.asked("workspace/diagnostic/refresh")
        assert list(await on_disk(wire)) == ["new.plan.py"]
        new.unlink()
        wire.tell("workspace/didDeleteFiles", {"files": [{"uri": new.as_uri()}]})
        await wire.asked("workspace/diagnostic/refresh")
        assert await on_disk(wire) == {}

"""Documents under any address: unsaved, in another scheme, or spelt in two ways."""

from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.server.uris import ByUri, key_of, path_of
from tests.server.editor import Editor
from tests.server.pair import wired

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_address_has_a_path_if_it_is_that_of_a_file() -> None:
    assert path_of("file:///home/a%20b.plan.py") == Path("/home/a b.plan.py")
    for uri in ("untitled:Untitled-1", "git:/a.plan.py?ref=HEAD", "file://[", "", "::"):
        assert path_of(uri) is None
    for name in ("é" * 130, "a/" * 2500):  # No system has such files.
        assert path_of(f"file:///{name}.plan.py") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("file:///a%20b.plan.py", "file:///a b.plan.py"),
        ("file:///C%3A/a.plan.py", "file:///c:/a.plan.py"),
        ("file:///%C3%A9.plan.py", "file:///é.plan.py"),
    ],
)
async def test_spellings_of_one_address_are_the_same(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)
    known: ByUri[int] = ByUri()
    known[one] = 1
    assert (known[other], other in known, known.get(other)) == (1, True, 1)
    known[other] = 2
    assert len(known) == 1
    assert known.pop(one) == 2
    assert known == {}


async def test_addresses_that_only_look_alike_are_not() -> None:
    assert key_of("file:///a.plan.py") != key_of("file:///A.plan.py")
    assert key_of("untitled:C:/a") != key_of("untitled:c:/a")
    other: Any = 1
    assert other not in ByUri[int]()


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "vscode-notebook-cell:/a.ipynb#W0",
        "git:/a.plan.py?%7B%22ref%22%3A%22HEAD%22%7D",
        "file://[",
        "file:///a%00b.plan.py",
        "file:///%FF%FE.plan.py",
        "file:///\ud800.plan.py",
        f"file:///{'long' * 64}.plan.py",
        f"file:///{'deep/' * 1000}it.plan.py",
        "",
    ],
)
async def test_a_document_under_any_address_is_read(uri: str) -> None:
    async with wired() as wire:
        wire.open(uri, "def a(a): return a\n")
        said = await wire.asked("textDocument/publishDiagnostics")
        assert said["params"]["uri"] == uri
        assert [found["code"] for found in said["params"]["diagnostics"]] == ["cycle"]
        wire.tell("textDocument/didSave", {"textDocument": {"uri": uri}, "text": "x"})
        wire.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert (await wire.asked("textDocument/publishDiagnostics"))["params"]["diagnostics"] == []


async def test_a_request_may_spell_the_address_another_way(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n", uri="file:///x/a%20b.plan.py")
    plan.uri = "file:///x/a b.plan.py"
    plan.edit("return 1", "return 2")
    assert [symbol.name for symbol in await plan.symbols()] == ["a"]


async def test_an_unsaved_plan_is_not_run_and_says_why(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n", uri="untitled:Untitled-1")
    assert (await plan.command("runPlan"))["message"] == (
        "Save the plan first: its folder is where its nodes run."
    )


async def test_two_addresses_of_one_file_are_two_documents(editor: Editor) -> None:
    """As an editor has it that opens a file through a link: each tab has its own text."""
    one = editor.open("def a(a): return a\n")
    link = one.path.parent / "link.plan.py"
    one.path.write_text(one.text)
    link.symlink_to(one.path)
    other = editor.open("def b(): return 1\n", uri=link.as_uri())
    assert [found.code for found in await one.diagnostics()] == ["cycle"]
    assert await other.diagnostics() == ()

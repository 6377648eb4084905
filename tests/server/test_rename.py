"""Renaming in an editor: what is prepared, what is edited in which file, and what is refused."""

from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from tests.carets import dedent
from tests.server import text as texts
from tests.server.editor import Editor
from tests.server.pair import connected, wired
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = '''
    """📦 Orders of a month."""
    from pathlib import Path

    def orders(month):
        return "𐎠", month, len(month)

    def growth(orders, *, month="2026-10"):
        """Growth.

        Args:
            month: The month.
        After: orders
        """
        return [x for x in orders], f"𐎠{month}"
    '''


async def rename(editor: Editor, plan: Tab, place: str, new: str) -> lsp.WorkspaceEdit:
    params = lsp.RenameParams(
        text_document=plan.document, position=plan.position(place), new_name=new
    )
    edit = await editor.text_document_rename_async(params)
    assert edit is not None
    return edit


async def prepare(editor: Editor, plan: Tab, place: str) -> lsp.PrepareRenamePlaceholder:
    params = lsp.PrepareRenameParams(text_document=plan.document, position=plan.position(place))
    found = await editor.text_document_prepare_rename_async(params)
    assert isinstance(found, lsp.PrepareRenamePlaceholder)
    return found


async def refusal(asked: Coroutine[Any, Any, object]) -> str:
    """Why what was asked for is not done."""
    with pytest.raises(JsonRpcException) as refused:
        await asked
    assert refused.value.code == lsp.LSPErrorCodes.RequestFailed
    return refused.value.message


def edited(editor: Editor, edit: lsp.WorkspaceEdit, files: Mapping[str, str]) -> dict[str, str]:
    """The texts of all files, by their address, after the edit."""
    after = dict(files)
    for change in edit.document_changes or ():
        assert isinstance(change, lsp.TextDocumentEdit)
        for one in sorted(change.edits, key=lambda one: one.range.start, reverse=True):
            assert isinstance(one, lsp.TextEdit)
            uri = change.text_document.uri
            after[uri] = texts.replaced(after[uri], one.range, one.new_text, editor.units)
    return after


def versions(edit: lsp.WorkspaceEdit) -> dict[str, int | None]:
    return {
        change.text_document.uri: change.text_document.version
        for change in edit.document_changes or ()
        if isinstance(change, lsp.TextDocumentEdit)
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_an_input_takes_its_key_in_the_inputs_file_along(
    editor: Editor, newline: str
) -> None:
    inputs = '# month\n[month]  # 𐎠\nfirst = "month"\n'.replace("\n", newline)
    plan = editor.open(dedent(PLAN).replace("\n", newline))
    toml = plan.path.with_suffix(".toml")
    toml.write_bytes(inputs.encode())  # After the plan was opened: what is there now counts.
    edit = await rename(editor, plan, "orders(mo¦nth", "when")
    files = {plan.uri: plan.text, toml.as_uri(): inputs}
    assert versions(edit) == {plan.uri: plan.version, toml.as_uri(): None}
    assert edited(editor, edit, files) == {
        plan.uri: plan.text.replace("(month", "(when")
        .replace(", month,", ", when,")
        .replace("*, month=", "*, when=")
        .replace("month: The", "when: The")
        .replace("{month}", "{when}"),
        toml.as_uri(): inputs.replace("[month]", "[when]"),
    }


async def test_a_node_is_renamed_in_the_plan_alone(editor: Editor) -> None:
    plan = editor.open(PLAN, inputs="orders = 1\n")
    edit = await rename(editor, plan, "After: ord¦ers", "größe")
    assert versions(edit) == {plan.uri: plan.version}
    assert edited(editor, edit, {plan.uri: plan.text})[plan.uri] == (
        plan.text.replace("def orders", "def größe")
        .replace("growth(orders", "growth(größe")
        .replace("After: orders", "After: größe")
        .replace("in orders", "in größe")
    )


async def test_the_same_name_again_edits_nothing(editor: Editor) -> None:
    plan = editor.open(PLAN, inputs="month = 1\n")
    assert versions(await rename(editor, plan, "orders(mo¦nth", "month")) == {}


async def test_what_would_be_renamed_is_shown_first(editor: Editor) -> None:
    plan = editor.open(PLAN)
    found = await prepare(editor, plan, "𐎠{mon¦th")
    assert plan.range("{month").end == found.range.end
    assert (plan.at(found.range), found.placeholder) == ("month", "month")


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("¦return [x", "This names no node, input or helper of the plan."),
        ("Growth¦.", "This names no node, input or helper of the plan."),
        ("[¦x for", "'x' is a variable of this function only."),
        ("¦len(", "'len' is built into Python."),
        ("import Pa¦th", "'Path' is an imported name (line 2): import it 'as' another."),
    ],
)
async def test_what_cannot_be_renamed_says_why(editor: Editor, place: str, reason: str) -> None:
    plan = editor.open(PLAN)
    assert await refusal(prepare(editor, plan, place)) == reason


async def test_in_code_that_does_not_parse_nothing_is_renamed(editor: Editor) -> None:
    plan = editor.open("def a(): return b\n\ndef half(a:\n")
    assert await refusal(prepare(editor, plan, "half(¦a")) == "This code does not parse."
    reason = "'a' is written in code that does not parse: line 3."
    assert await refusal(prepare(editor, plan, "def ¦a(")) == reason
    assert await refusal(prepare(editor, plan, "return ¦b")) == "The plan does not define 'b'."


async def test_a_name_that_would_break_the_plan_is_refused(editor: Editor) -> None:
    plan = editor.open(PLAN, inputs="month = 1\nwhen = 2\n")
    node = "There is a node 'growth' already."
    assert await refusal(rename(editor, plan, "def or¦ders", "growth")) == node
    taken = "The inputs file sets 'when' already."
    assert await refusal(rename(editor, plan, "orders(mo¦nth", "when")) == taken
    assert await refusal(rename(editor, plan, "¦len(", "size")) == "'len' is built into Python."


async def test_an_inputs_file_that_cannot_be_read_keeps_its_inputs_names(editor: Editor) -> None:
    plan = editor.open(PLAN, inputs="month = \n")
    reason = await refusal(rename(editor, plan, "orders(mo¦nth", "when"))
    assert reason.startswith("The inputs file cannot be used. it.plan.toml: ")
    assert versions(await rename(editor, plan, "def or¦ders", "sales")) == {plan.uri: plan.version}


async def test_a_client_without_versions_gets_plain_changes(tmp_path: Path) -> None:
    async with connected(tmp_path, lsp.ClientCapabilities()) as editor:
        plan = editor.open("def f(a): return a\n", inputs="a = 1\n")
        edit = await rename(editor, plan, "f(¦a", "b")
        assert edit.document_changes is None
        assert {uri: len(made) for uri, made in (edit.changes or {}).items()} == {
            plan.uri: 2,
            plan.path.with_suffix(".toml").as_uri(): 1,
        }


async def test_a_plan_without_a_file_has_no_inputs_file(editor: Editor) -> None:
    plan = editor.open("def f(a): return a\n", uri="untitled:Untitled-1")
    assert versions(await rename(editor, plan, "f(¦a", "b")) == {plan.uri: plan.version}


async def test_preparing_is_offered_to_those_who_ask_for_it() -> None:
    prepares = {"textDocument": {"rename": {"prepareSupport": True}}}
    offers: list[Any] = []
    for capabilities in ({}, prepares):
        async with wired(capabilities=capabilities) as wire:
            offers.append(wire.begun["capabilities"]["renameProvider"])
    assert offers == [True, {"prepareProvider": True}]

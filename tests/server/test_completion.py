"""Completion over the protocol; what is offered where is tested with the plan core."""

import pytest
from lsprotocol import types as lsp

from tests.server.editor import MODERN, Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def orders(path="o.csv") -> list[int]:
        '''Read the *orders*.'''
        return []

    def total(days, größe = '𐎠', o):
        return 1
    """


async def completed(editor: Editor, plan: Tab, place: str) -> lsp.CompletionList | None:
    """What the server offers at a place."""
    params = lsp.CompletionParams(text_document=plan.document, position=plan.position(place))
    found = await editor.text_document_completion_async(params)
    assert found is None or isinstance(found, lsp.CompletionList)
    return found


async def test_an_item_replaces_what_has_been_typed(editor: Editor) -> None:
    plan = editor.open(PLAN)
    found = await completed(editor, plan, "'𐎠', o¦")
    assert found is not None
    (item,) = [each for each in found.items if each.label == "orders"]
    assert isinstance(item.text_edit, lsp.TextEdit)
    assert plan.at(item.text_edit.range) == "o"
    assert item.text_edit.new_text == "orders: list[int]"
    assert (item.kind, item.filter_text) == (lsp.CompletionItemKind.Function, "orders")
    assert item.documentation == "Read the *orders*."


@pytest.mark.parametrize("encoding", list(lsp.PositionEncodingKind))
async def test_ranges_are_in_the_units_of_the_client(
    encoding: lsp.PositionEncodingKind, tmp_path_factory: pytest.TempPathFactory
) -> None:
    capabilities = lsp.ClientCapabilities(
        text_document=MODERN.text_document,
        general=lsp.GeneralClientCapabilities(position_encodings=[encoding]),
    )
    async with connected(tmp_path_factory.mktemp("units"), capabilities) as editor:
        plan = editor.open("def ä𐎠(): return 1\n\ndef b(𐎠='𐎠', ä¦".replace("¦", ""))
        found = await completed(editor, plan, "'𐎠', ä¦")
        assert found is not None
        (item,) = found.items
        assert isinstance(item.text_edit, lsp.TextEdit)
        assert (plan.at(item.text_edit.range), item.text_edit.new_text) == ("ä", "ä𐎠")


async def test_inputs_come_from_the_file_beside_the_plan(editor: Editor) -> None:
    plan = editor.open("def a(rate=): return 1\n", inputs="rate = 0.5\nday = 2026-12-01")
    found = await completed(editor, plan, "rate=¦")
    assert found is not None
    assert [item.label for item in found.items] == ["0.5"]
    plan.edit("rate=", "")
    found = await completed(editor, plan, "a(¦")
    assert found is not None
    assert [item.label for item in found.items] == ["rate", "day"]


async def test_items_come_in_order_and_a_part_says_that_it_is_one(editor: Editor) -> None:
    plan = editor.open("".join(f"def n{n}(): return 1\n\n" for n in range(60)) + "def last(¦"[:-1])
    found = await completed(editor, plan, "last(¦")
    assert found is not None
    assert found.is_incomplete
    assert [item.label for item in found.items[:2]] == ["n59", "n58"]
    order = [item.sort_text or "" for item in found.items]
    assert order == sorted(order)


async def test_nothing_to_say_is_no_list(editor: Editor) -> None:
    plan = editor.open("import os\n\ndef a(b=1): return os\n")
    for place in ("import ¦", "return o¦s"):
        assert await completed(editor, plan, place) is None
    plan.close()
    assert await completed(editor, plan, "def a(¦") is None

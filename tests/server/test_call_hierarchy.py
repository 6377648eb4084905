"""Dependencies as a hierarchy of calls: incoming from consumers, outgoing to what is consumed."""

from collections.abc import Sequence

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = '''
    def orders(csv="📦"): return csv

    def archive(orders): return 1

    def totals(orders):
        """Totals.

        After: archive, orders
        Wait: 5 ms after archive
        """
        return len(orders)

    def alone(month): return month
    '''


@pytest.fixture
def plan(editor: Editor) -> Tab:
    return editor.open(PLAN)


async def prepared(editor: Editor, tab: Tab, place: str) -> Sequence[lsp.CallHierarchyItem]:
    params = lsp.CallHierarchyPrepareParams(
        text_document=tab.document, position=tab.position(place)
    )
    return await editor.text_document_prepare_call_hierarchy_async(params) or ()


async def incoming(editor: Editor, tab: Tab, item: lsp.CallHierarchyItem) -> list[str] | None:
    """The consumers, each with the lines in which it says so."""
    params = lsp.CallHierarchyIncomingCallsParams(item=item)
    calls = await editor.call_hierarchy_incoming_calls_async(params)
    return (
        None
        if calls is None
        else [f"{call.from_.name}: {lines(tab, call.from_ranges)}" for call in calls]
    )


async def outgoing(editor: Editor, tab: Tab, item: lsp.CallHierarchyItem) -> list[str] | None:
    params = lsp.CallHierarchyOutgoingCallsParams(item=item)
    calls = await editor.call_hierarchy_outgoing_calls_async(params)
    return (
        None
        if calls is None
        else [f"{call.to.name}: {lines(tab, call.from_ranges)}" for call in calls]
    )


def lines(tab: Tab, places: Sequence[lsp.Range]) -> str:
    source = tab.text.split("\n")
    return " | ".join(f"{tab.at(one)} in {source[one.start.line].strip()}" for one in places)


@pytest.mark.parametrize(
    ("place", "node"),
    [
        ("def arch¦ive", "archive"),
        ("totals(ord¦ers)", "orders"),
        ("After: arch¦ive", "archive"),
        ("after arch¦ive", "archive"),
    ],
)
async def test_it_starts_from_any_place_that_names_a_node(
    editor: Editor, plan: Tab, place: str, node: str
) -> None:
    (item,) = await prepared(editor, plan, place)
    assert (item.name, plan.at(item.selection_range)) == (node, node)
    assert plan.at(item.range).startswith(f"def {node}(")


@pytest.mark.parametrize("place", ["(cs¦v=", "¦return 1", "Tot¦als."])
async def test_it_starts_nowhere_else(editor: Editor, plan: Tab, place: str) -> None:
    assert await prepared(editor, plan, place) == ()


async def test_consumers_call_and_say_where(editor: Editor, plan: Tab) -> None:
    (item,) = await prepared(editor, plan, "def ord¦ers")
    assert await incoming(editor, plan, item) == [
        "archive: orders in def archive(orders): return 1",
        "totals: orders in def totals(orders): | orders in After: archive, orders",
    ]
    assert await outgoing(editor, plan, item) == []


async def test_a_node_calls_what_it_consumes(editor: Editor, plan: Tab) -> None:
    (item,) = await prepared(editor, plan, "def tot¦als")
    assert await outgoing(editor, plan, item) == [
        "orders: orders in def totals(orders): | orders in After: archive, orders",
        "archive: archive in After: archive, orders | archive in Wait: 5 ms after archive",
    ]
    assert await incoming(editor, plan, item) == []


async def test_an_item_works_after_an_edit_elsewhere_and_without_its_data(
    editor: Editor, plan: Tab
) -> None:
    (item,) = await prepared(editor, plan, "def arch¦ive")
    plan.edit("def orders", "# 📦\n\ndef orders")
    item.data = None
    assert await outgoing(editor, plan, item) == ["orders: orders in def archive(orders): return 1"]


async def test_of_a_node_that_is_gone_nothing_is_told(editor: Editor, plan: Tab) -> None:
    (item,) = await prepared(editor, plan, "def al¦one")
    plan.edit("def alone", "def other")
    assert await outgoing(editor, plan, item) is None
    assert await incoming(editor, plan, item) is None

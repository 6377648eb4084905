"""From a name to its node, and the nodes as an outline."""

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = '''
    """📦 What was sold."""

    def orders(csv="orders.csv"): return csv

    def archive(orders): return 1

    def totals(orders):
        """Totals.

        After: archive, orders
        Wait: 5 ms after archive
        """
        return len(orders) + csv.orders + len(csv)

    def again(totals): return totals
    '''


@pytest.fixture
def plan(editor: Editor) -> Tab:
    return editor.open(PLAN)


@pytest.mark.parametrize(
    ("place", "node"),
    [
        ("archive(ord¦ers)", "orders"),
        ("totals(¦orders", "orders"),
        ("totals(orders¦)", "orders"),
        ("len(¦orders)", "orders"),
        ("After: ¦archive", "archive"),
        ("After: archive, order¦s", "orders"),
        ("after arch¦ive", "archive"),
        ("def arch¦ive", "archive"),
        ("return tot¦als\n", "totals"),
    ],
)
async def test_a_name_leads_to_the_node_that_it_stands_for(
    plan: Tab, place: str, node: str
) -> None:
    found = await plan.definition(place)
    assert found is not None
    assert found.uri == plan.uri
    assert (plan.at(found.range), found.range.start) == (node, plan.position(f"def ¦{node}("))


@pytest.mark.parametrize(
    "place",
    ["len(c¦sv)", "csv.ord¦ers", "¦return 1", "¦len(csv)", "Tot¦als."],
)
async def test_what_stands_for_no_node_leads_nowhere(plan: Tab, place: str) -> None:
    assert await plan.definition(place) is None


async def test_a_definition_moves_with_its_node(plan: Tab) -> None:
    plan.edit("def orders", "# 📦\n\ndef orders")
    found = await plan.definition("archive(ord¦ers)")
    assert found is not None
    assert found.range.start == plan.position("def ¦orders(")


async def test_the_outline_lists_the_nodes_and_what_they_need(plan: Tab) -> None:
    symbols = await plan.symbols()
    assert [(each.name, each.detail) for each in symbols] == [
        ("orders", "inputs: csv"),
        ("archive", "← orders"),
        ("totals", "← orders, archive"),
        ("again", "← totals"),
    ]
    assert [plan.at(each.selection_range) for each in symbols] == [each.name for each in symbols]
    assert plan.at(symbols[1].range) == "def archive(orders): return 1"
    assert {each.kind for each in symbols} == {lsp.SymbolKind.Function}


async def test_the_graph_tells_nodes_and_edges(plan: Tab) -> None:
    graph = await plan.command("graph")
    assert [node["name"] for node in graph["nodes"]] == ["orders", "archive", "totals", "again"]
    assert [(edge["from"], edge["to"], edge["kind"]) for edge in graph["edges"]] == [
        ("orders", "archive", "data"),
        ("orders", "totals", "data"),
        ("archive", "totals", "control"),
        ("orders", "totals", "control"),
        ("archive", "totals", "temporal"),
        ("totals", "again", "data"),
    ]


async def test_of_a_closed_plan_nothing_is_told(plan: Tab) -> None:
    plan.close()
    assert await plan.hover("def ¦orders") == ""
    assert await plan.definition("archive(ord¦ers)") is None
    assert await plan.symbols() == []
    assert await plan.lenses() == {}
    assert await plan.actions("def orders") == []

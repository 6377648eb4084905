"""Definitions, references and highlights of nodes, inputs and helpers."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from codeact_lsp.plan import Span
from tests.carets import dedent, render
from tests.server import text as texts
from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = '''
    """📦 Growth."""
    _LIMIT = 3

    def orders(month, shop="𐎠"):
        return "𐎠", month, shop

    def growth(orders, month):
        """Growth.

        Args:
            orders: The orders.
            month: The month.
        After: orders
        """
        return [orders for _ in range(_LIMIT)], month

    def last(shop): return growth(orders=shop, month=1)
    '''
INPUTS = '# 𐎠\n"month" = "2026-10" # month\n'


@pytest.fixture
def plan(editor: Editor) -> Tab:
    return editor.open(PLAN, inputs=INPUTS)


def inputs_uri(plan: Tab) -> str:
    return plan.path.with_suffix(".toml").as_uri()


@pytest.mark.parametrize(
    "place", ["def orders(mon¦th", "  month¦: The", "], m¦onth", "shop, mo¦nth="]
)
async def test_an_input_leads_to_the_place_that_sets_it(plan: Tab, place: str) -> None:
    found = await plan.definition(place)
    assert found is not None
    assert found.uri == inputs_uri(plan)
    assert texts.span(INPUTS, found.range, "utf-16") == Span(4, 11)


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("month, sh¦op\n", 'orders(month, ¦shop="𐎠'),
        ("last(sh¦op)", "last(¦shop)"),
        ("orders=s¦hop", "last(¦shop)"),
        ("range(_LI¦MIT", "¦_LIMIT = "),
        ("        ord¦ers: The", "def ¦orders"),
        ("growth(ord¦ers=", "def ¦orders"),
    ],
)
async def test_other_names_lead_to_their_definition(plan: Tab, place: str, target: str) -> None:
    found = await plan.definition(place)
    assert found is not None
    assert (found.uri, found.range.start) == (plan.uri, plan.position(target))


async def test_an_input_that_is_set_in_parts_leads_to_each(editor: Editor) -> None:
    plan = editor.open("def f(a): return a\n", inputs="a.b = 1\na.c = 2\n")
    params = lsp.DefinitionParams(text_document=plan.document, position=plan.position("f(¦a"))
    found = await editor.text_document_definition_async(params)
    assert isinstance(found, list | tuple)
    assert [one.range.start.line for one in found if isinstance(one, lsp.Location)] == [0, 1]


async def test_a_link_shows_the_whole_node(tmp_path: Path) -> None:
    linking = lsp.ClientCapabilities(
        text_document=lsp.TextDocumentClientCapabilities(
            definition=lsp.DefinitionClientCapabilities(link_support=True)
        )
    )
    async with connected(tmp_path, linking) as editor:
        plan = editor.open("def a():\n    return 1\n\ndef b(a): return a\n", inputs="c = 1")
        position = plan.position("return ¦a")
        params = lsp.DefinitionParams(text_document=plan.document, position=position)
        found = await editor.text_document_definition_async(params)
    assert isinstance(found, list | tuple)
    (link,) = found
    assert isinstance(link, lsp.LocationLink)
    assert link.origin_selection_range is not None
    assert plan.at(link.origin_selection_range) == "a"
    assert plan.at(link.target_selection_range) == "a"
    assert plan.at(link.target_range) == "def a():\n    return 1"


async def references(
    editor: Editor, plan: Tab, place: str, *, declared: bool
) -> list[lsp.Location] | None:
    found = await editor.text_document_references_async(
        lsp.ReferenceParams(
            text_document=plan.document,
            position=plan.position(place),
            context=lsp.ReferenceContext(include_declaration=declared),
        )
    )
    return None if found is None else list(found)


async def test_references_are_all_places_and_declarations_if_asked_for(
    editor: Editor, plan: Tab
) -> None:
    every = await references(editor, plan, "], m¦onth", declared=True) or []
    *own, given = every
    assert (given.uri, given.range.start.line) == (inputs_uri(plan), 1)
    assert {one.uri for one in own} == {plan.uri}
    assert [(one.range.start.line, plan.at(one.range)) for one in own] == [
        (line, "month") for line in (3, 4, 6, 11, 14, 16)
    ]
    uses = await references(editor, plan, "], m¦onth", declared=False) or []
    assert [one.range.start.line for one in uses] == [4, 11, 14, 16]
    nodes = await references(editor, plan, "def or¦ders", declared=False) or []
    assert [one.range.start.line for one in nodes] == [6, 10, 12, 14, 16]
    assert await references(editor, plan, "¦range", declared=True) is None


async def test_highlights_tell_reads_from_writes(editor: Editor) -> None:
    plan = editor.open(
        '''
        def 𐎠(): return 1
        def b(𐎠):
            """After: 𐎠"""
            𐎠 += 1
            return 𐎠
        '''
    )
    params = lsp.DocumentHighlightParams(
        text_document=plan.document, position=plan.position("return ¦𐎠")
    )
    found = await editor.text_document_document_highlight_async(params) or ()
    marks = [
        (texts.span(plan.text, one.range, editor.units), lsp.DocumentHighlightKind(one.kind or 1))
        for one in found
    ]
    assert render(plan.text, [(span, kind.name) for span, kind in marks]) == dedent(
        '''
        def 𐎠(): return 1
            ^ Write
        def b(𐎠):
              ^ Write
            """After: 𐎠"""
                      ^ Text
            𐎠 += 1
            ^ Write
            return 𐎠
                   ^ Read
        '''
    )


async def test_what_is_not_of_the_plan_is_left_to_others(editor: Editor, plan: Tab) -> None:
    params = lsp.DocumentHighlightParams(
        text_document=plan.document, position=plan.position("¦range")
    )
    assert await editor.text_document_document_highlight_async(params) is None
    assert await plan.definition("for ¦_ in") is None

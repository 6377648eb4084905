"""What the editor is told to colour: drawn under the text, in full, in a range, and as a change."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from codeact_lsp.plan import Span
from tests.carets import dedent, render, source_of
from tests.server import text as texts
from tests.server.editor import Editor
from tests.server.pair import connected, wired
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

TYPES = ("function", "parameter", "keyword", "variable", "number", "string")
MODIFIERS = (
    *("declaration", "documentation", "modification"),
    *("node", "dependency", "input", "resource"),
)
DRAWN = '''
    def orders(csv="📦"): return csv
        ^^^^^^ function declaration node
               ^^^ parameter declaration input
                                ^^^ parameter input

    def growth(orders, month):
        ^^^^^^ function declaration node
               ^^^^^^ parameter declaration dependency
                       ^^^^^ parameter declaration input
        """Growth.

        Args:
            orders: 📦
            ^^^^^^ parameter documentation dependency

        After: nowhere, orders
        ^^^^^ keyword documentation
                        ^^^^^^ function documentation node
        Uses: gpu:1
        ^^^^ keyword documentation
              ^^^ variable documentation resource
                  ^ number documentation
        """
        month = month or "📦" + _last(orders, orders=month)
        ^^^^^ parameter modification input
                ^^^^^ parameter input
                                     ^^^^^^ parameter dependency
                                                    ^^^^^ parameter input
        return [orders for orders in month]
                                     ^^^^^ parameter input
    '''


def marks(tab: Tab, data: Sequence[int], units: str = "utf-16") -> Iterator[tuple[Span, str]]:
    """Tokens as places with the names of what they are."""
    line = character = 0
    for at in range(0, len(data), 5):
        down, right, length, kind, modifiers = data[at : at + 5]
        line, character = line + down, right if down else character + right
        place = lsp.Range(
            start=lsp.Position(line=line, character=character),
            end=lsp.Position(line=line, character=character + length),
        )
        names = [name for bit, name in enumerate(MODIFIERS) if modifiers & 1 << bit]
        yield texts.span(tab.text, place, units), " ".join((TYPES[kind], *names))


async def full(editor: Editor, tab: Tab) -> lsp.SemanticTokens:
    params = lsp.SemanticTokensParams(text_document=tab.document)
    found = await editor.text_document_semantic_tokens_full_async(params)
    assert found is not None
    return found


async def changed(
    editor: Editor, tab: Tab, before: str
) -> lsp.SemanticTokens | lsp.SemanticTokensDelta | None:
    params = lsp.SemanticTokensDeltaParams(text_document=tab.document, previous_result_id=before)
    return await editor.text_document_semantic_tokens_full_delta_async(params)


async def test_full_delta_and_range_are_announced_with_the_legend() -> None:
    async with wired() as wire:
        assert wire.begun["capabilities"]["semanticTokensProvider"] == {
            "legend": {"tokenTypes": list(TYPES), "tokenModifiers": list(MODIFIERS)},
            "full": {"delta": True},
            "range": True,
        }


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_names_are_told_by_what_they_are_in_the_plan(editor: Editor, newline: str) -> None:
    tab = editor.open(source_of(DRAWN, newline))
    found = await full(editor, tab)
    assert render(tab.text, marks(tab, found.data)) == dedent(DRAWN)


@pytest.mark.parametrize("units", ["utf-8", "utf-16", "utf-32"])
async def test_tokens_are_counted_in_the_units_of_the_client(tmp_path: Path, units: str) -> None:
    general = lsp.GeneralClientCapabilities(position_encodings=[units])
    async with connected(tmp_path, lsp.ClientCapabilities(general=general)) as editor:
        tab = editor.open("\ufeffdef 𐌰𐌱(): '📦'\ndef two(x='📦', 𐌰𐌱=1): return '📦', 𐌰𐌱, x\n")
        found = await full(editor, tab)
        assert [
            (tab.text[span.start : span.end], name) for span, name in marks(tab, found.data, units)
        ] == [
            ("𐌰𐌱", "function declaration node"),
            ("two", "function declaration node"),
            ("x", "parameter declaration input"),
            ("𐌰𐌱", "parameter declaration dependency"),
            ("𐌰𐌱", "parameter dependency"),
            ("x", "parameter input"),
        ]


async def test_a_node_that_is_being_typed_stays_a_node(editor: Editor) -> None:
    tab = editor.open("def one(): pass\ndef two(one): pass\n")
    tab.edit("def one(", "def one((")
    names = [name for _, name in marks(tab, (await full(editor, tab)).data)]
    assert names == ["function declaration node", "parameter declaration dependency"]


async def test_a_range_gets_the_tokens_that_touch_it(editor: Editor) -> None:
    tab = editor.open("def one(a): pass\n\ndef two(one, b):\n    return b\n\ndef three(b): pass\n")
    params = lsp.SemanticTokensRangeParams(
        text_document=tab.document, range=tab.range("one, b):\n    re")
    )
    found = await editor.text_document_semantic_tokens_range_async(params)
    assert found is not None
    assert [tab.text[span.start : span.end] for span, _ in marks(tab, found.data)] == ["one", "b"]


async def test_a_change_is_the_shortest_splice(editor: Editor) -> None:
    tab = editor.open("def one(): pass\ndef two(one): pass\ndef three(one): pass\n")
    before = await full(editor, tab)
    assert before.result_id is not None
    tab.edit("def two(one)", "def two(one, x)")
    found = await changed(editor, tab, before.result_id)
    assert isinstance(found, lsp.SemanticTokensDelta)
    (edit,) = found.edits
    assert (len(edit.data or ()), edit.delete_count) == (5, 0)
    data = list(before.data)
    data[edit.start : edit.start + edit.delete_count] = edit.data or ()
    now = await full(editor, tab)
    assert (data, found.result_id) == (list(now.data), now.result_id)


async def test_a_node_that_comes_turns_inputs_into_dependencies_elsewhere(editor: Editor) -> None:
    tab = editor.open("def two(one): return one\n")
    before = await full(editor, tab)
    tab.append("def one(): pass\n")
    names = [name for _, name in marks(tab, (await full(editor, tab)).data)]
    assert names[1:3] == ["parameter declaration dependency", "parameter dependency"]
    tab.edit("def one(): pass\n", "")
    again = await full(editor, tab)
    assert (again.data, again.result_id) == (before.data, before.result_id)


async def test_an_edit_of_prose_changes_nothing(editor: Editor) -> None:
    tab = editor.open("def one(): pass  # 📦\n")
    before = await full(editor, tab)
    tab.edit("# 📦", "# 📦 and more")
    found = await changed(editor, tab, before.result_id or "")
    assert found == lsp.SemanticTokensDelta(edits=(), result_id=before.result_id)


async def test_what_is_no_longer_known_is_answered_in_full(editor: Editor) -> None:
    tab = editor.open("def one(): pass\n")
    first = await full(editor, tab)
    for number in range(3):
        tab.append(f"def more_{number}(): pass\n")
        await full(editor, tab)
    for before in (first.result_id or "", "never given"):
        found = await changed(editor, tab, before)
        assert isinstance(found, lsp.SemanticTokens)
        assert found == await full(editor, tab)


async def test_an_empty_plan_has_no_tokens(editor: Editor) -> None:
    assert (await full(editor, editor.open(""))).data == ()


async def test_a_client_that_would_colour_nothing_else_gets_none(tmp_path: Path) -> None:
    tokens = lsp.SemanticTokensClientCapabilities(
        requests=lsp.ClientSemanticTokensRequestOptions(),
        token_types=[],
        token_modifiers=[],
        formats=[lsp.TokenFormat.Relative],
        augments_syntax_tokens=False,
    )
    able = lsp.TextDocumentClientCapabilities(semantic_tokens=tokens)
    async with connected(tmp_path, lsp.ClientCapabilities(text_document=able)) as editor:
        tab = editor.open("def one(): pass\n")
        params = lsp.SemanticTokensParams(text_document=tab.document)
        assert await editor.text_document_semantic_tokens_full_async(params) is None
        assert await changed(editor, tab, "any") is None
        place = lsp.SemanticTokensRangeParams(
            text_document=tab.document, range=tab.range("def one")
        )
        assert await editor.text_document_semantic_tokens_range_async(place) is None

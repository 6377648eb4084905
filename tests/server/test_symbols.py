"""The outline of a plan, as editors of different abilities get it."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = '''
    """📦 What was sold."""
    LIMIT = 3

    class Store:
        def open(self): pass

    def _total(x): return x

    def orders(csv="📦", sep=","): return csv

    def growth(orders, month):
        """Growth.

        After: archive, nowhere
        """
        return _total(orders)

    def archive(orders): return 1
    '''


def shown(symbols: list[lsp.DocumentSymbol]) -> list[str]:
    return [
        f"{lsp.SymbolKind(symbol.kind).name} {symbol.name} {symbol.detail or ''}".rstrip()
        for symbol in symbols
    ]


async def test_it_lists_nodes_with_what_they_need_and_what_surrounds_them(editor: Editor) -> None:
    tab = editor.open(PLAN)
    symbols = await tab.symbols()
    assert shown(symbols) == [
        "Constant LIMIT",
        "Class Store",
        "Function _total",
        "Function orders inputs: csv, sep",
        "Function growth ← orders, archive · inputs: month",
        "Function archive ← orders",
    ]
    assert [tab.at(symbol.selection_range) for symbol in symbols] == [one.name for one in symbols]
    assert shown(list(symbols[1].children or ())) == ["Method open"]


async def test_many_needs_are_counted(editor: Editor) -> None:
    names = [f"n{number}" for number in range(9)]
    tab = editor.open("".join(f"def {name}(): pass\n" for name in names))
    tab.append(f"def last({', '.join(names)}): pass\n")
    assert (await tab.symbols())[-1].detail == "← n0, n1, n2, n3, n4, n5 and 3 more"


async def test_a_definition_that_a_later_one_replaces_is_struck_out(editor: Editor) -> None:
    tab = editor.open("def one(): pass\ndef two(one): pass\ndef one(): pass\n")
    first, _, last = await tab.symbols()
    assert (first.detail, first.tags) == ("defined again below", (lsp.SymbolTag.Deprecated,))
    assert (last.detail, last.tags) == ("", None)


async def test_while_one_node_is_being_typed_all_stay_listed(editor: Editor) -> None:
    tab = editor.open(PLAN)
    tab.edit("def orders(csv", "def orders((csv")
    assert "Function growth ← orders, archive · inputs: month" in shown(await tab.symbols())
    assert "Function orders" in shown(await tab.symbols())


async def test_ranges_move_with_the_lines_above_and_behind_a_mark(editor: Editor) -> None:
    tab = editor.open("\ufeffdef one(): pass\ndef two(one): pass\n")
    assert [tab.at(one.selection_range) for one in await tab.symbols()] == ["one", "two"]
    tab.edit("def two", "# 📦\r\n\r\ndef two")
    assert [tab.at(one.range) for one in await tab.symbols()] == [
        "def one(): pass",
        "def two(one): pass",
    ]


@pytest.mark.parametrize("units", ["utf-8", "utf-16", "utf-32"])
async def test_ranges_are_counted_in_the_units_of_the_client(tmp_path: Path, units: str) -> None:
    general = lsp.GeneralClientCapabilities(position_encodings=[units])
    symbols = lsp.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True)
    able = lsp.ClientCapabilities(
        general=general, text_document=lsp.TextDocumentClientCapabilities(document_symbol=symbols)
    )
    async with connected(tmp_path, able) as editor:
        tab = editor.open("def 𐌰𐌱(): return '📦'\nclass A𐌰: 𐌱 = 1\n")
        node, kind = await tab.symbols()
        assert (tab.at(node.range), tab.at(node.selection_range)) == (
            "def 𐌰𐌱(): return '📦'",
            "𐌰𐌱",
        )
        assert [tab.at(child.selection_range) for child in kind.children or ()] == ["𐌱"]


async def test_a_client_without_trees_gets_a_list(tmp_path: Path) -> None:
    async with connected(tmp_path, lsp.ClientCapabilities()) as editor:
        tab: Tab = editor.open(
            "class A:\n    def open(self): pass\ndef one(): pass\ndef one(): 1\n"
        )
        params = lsp.DocumentSymbolParams(text_document=tab.document)
        found = await editor.text_document_document_symbol_async(params) or ()
        assert [
            (one.name, one.container_name, one.tags, tab.at(one.location.range))
            for one in found
            if isinstance(one, lsp.SymbolInformation)
        ] == [
            ("A", None, None, "class A:\n    def open(self): pass"),
            ("open", "A", None, "def open(self): pass"),
            ("one", None, None, "def one(): pass"),
            ("one", None, None, "def one(): 1"),
        ]

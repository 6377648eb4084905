"""Folds, as editors of different abilities want them."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

PLAN = '''
    """📦"""
    import a
    import b

    # Helpers.
    def _one(): return 1
    def _two(): return 2

    def growth(orders, 𐌰="📦"):
        """Growth.

        Timeout: 30 s
        """
        return [
            1,
        ]
    '''


async def folds(editor: Editor, tab: Tab) -> Sequence[lsp.FoldingRange]:
    params = lsp.FoldingRangeParams(text_document=tab.document)
    return await editor.text_document_folding_range_async(params) or ()


def able(units: str = "utf-16", **folding: object) -> lsp.ClientCapabilities:
    said = lsp.FoldingRangeClientCapabilities(**folding)  # type: ignore[arg-type]  # each test's own
    return lsp.ClientCapabilities(
        general=lsp.GeneralClientCapabilities(position_encodings=[units]),
        text_document=lsp.TextDocumentClientCapabilities(folding_range=said),
    )


def lines(found: Sequence[lsp.FoldingRange]) -> list[tuple[int, int, str | None]]:
    return [
        (fold.start_line, fold.end_line, getattr(fold.kind, "value", fold.kind)) for fold in found
    ]


async def test_whole_lines_are_told_without_characters(tmp_path: Path) -> None:
    async with connected(tmp_path, able(line_folding_only=True)) as editor:
        found = await folds(editor, editor.open(PLAN))
        assert lines(found) == [
            (1, 2, "imports"),
            (4, 6, "region"),
            (8, 15, None),
            (9, 12, "comment"),
            (13, 14, None),
        ]
        assert {(fold.start_character, fold.end_character) for fold in found} == {(None, None)}
        assert {fold.collapsed_text for fold in found} == {None}


@pytest.mark.parametrize("units", ["utf-8", "utf-16", "utf-32"])
async def test_characters_are_counted_in_the_units_of_the_client(
    tmp_path: Path, units: str
) -> None:
    async with connected(tmp_path, able(units)) as editor:
        tab = editor.open(PLAN)
        node = (await folds(editor, tab))[2]
        place = lsp.Range(
            start=lsp.Position(line=node.start_line, character=node.start_character or 0),
            end=lsp.Position(line=node.end_line, character=node.end_character or 0),
        )
        text = tab.at(place)
        assert text.startswith('\n    """Growth.')
        assert text.endswith("\n    ]")


async def test_text_in_place_of_what_is_folded_is_told_to_who_shows_it(tmp_path: Path) -> None:
    shows = lsp.ClientFoldingRangeOptions(collapsed_text=True)
    async with connected(tmp_path, able(folding_range=shows)) as editor:
        assert [fold.collapsed_text for fold in await folds(editor, editor.open(PLAN))] == [
            None,
            "2 helpers: _one, _two",
            "orders, 𐌰 → growth · Timeout: 30 s",
            "Growth.",
            None,
        ]


async def test_a_client_gets_no_more_than_it_takes_and_the_nodes_first(tmp_path: Path) -> None:
    async with connected(tmp_path, able(range_limit=3)) as editor:
        assert [fold.start_line for fold in await folds(editor, editor.open(PLAN))] == [1, 4, 8]


async def test_kinds_that_a_client_does_not_know_are_left_out(tmp_path: Path) -> None:
    kinds = lsp.ClientFoldingRangeKindOptions(value_set=[lsp.FoldingRangeKind.Comment])
    async with connected(tmp_path, able(folding_range_kind=kinds)) as editor:
        found = await folds(editor, editor.open(PLAN))
        assert [kind for _, _, kind in lines(found)] == [None, None, None, "comment", None]


async def test_folds_move_with_their_lines(tmp_path: Path) -> None:
    async with connected(tmp_path, able(line_folding_only=True)) as editor:
        tab = editor.open(PLAN)
        await folds(editor, tab)
        tab.edit("import a\n", "")
        assert lines(await folds(editor, tab))[:2] == [(3, 5, "region"), (7, 14, None)]

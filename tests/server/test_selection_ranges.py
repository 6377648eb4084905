"""One chain of ranges for each position, from the word outwards."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

PLAN = '''
    def totals(orders):
        """📦

        After: 📦, archive
        """
        return "📦", len(orders)
    '''


async def chains(editor: Editor, tab: Tab, *positions: lsp.Position) -> list[list[str]]:
    params = lsp.SelectionRangeParams(text_document=tab.document, positions=positions)
    found = []
    for chain in await editor.text_document_selection_range_async(params) or ():
        texts, step = [], lsp.SelectionRange(range=chain.range, parent=chain.parent)
        while step.parent:
            texts.append(tab.at(step.range))
            step = step.parent
        assert tab.at(step.range) == tab.text
        found.append(texts)
    return found


@pytest.mark.parametrize("units", ["utf-8", "utf-16", "utf-32"])
async def test_every_position_gets_its_chain_in_the_units_of_the_client(
    tmp_path: Path, units: str
) -> None:
    general = lsp.GeneralClientCapabilities(position_encodings=[units])
    async with connected(tmp_path, lsp.ClientCapabilities(general=general)) as editor:
        tab = editor.open(PLAN)
        section, code = await chains(
            editor, tab, tab.position("arch¦ive"), tab.position("len(ord¦ers")
        )
        assert section[:3] == ["archive", "📦, archive", "After: 📦, archive"]
        assert code[:3] == ["orders", "len(orders)", '"📦", len(orders)']


async def test_a_position_past_the_end_and_an_empty_plan_have_the_whole(tmp_path: Path) -> None:
    async with connected(tmp_path) as editor:
        past = lsp.Position(line=99, character=99)
        assert await chains(editor, editor.open(""), past, past) == [[], []]
        assert await chains(editor, editor.open("x = 1\n\n"), past) == [[]]

"""What a hover tells of a value besides the value: why it is there, what it did, how it looks."""

from pathlib import Path

import pytest
from attrs import evolve
from lsprotocol import types as lsp

from tests.server.editor import MODERN, Editor
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_reused_value_tells_why_it_could_be(editor: Editor) -> None:
    plan = editor.open("def row(): return 1\n")
    await plan.run()
    await plan.run()
    why = "Reused: its code, its inputs and the files it read are unchanged."
    assert (await plan.hover("def r¦ow")).endswith(f"```text\n{why}\n```")


async def test_a_node_tells_what_it_did_besides_making_its_value(editor: Editor) -> None:
    plan = editor.open(
        """
        from pathlib import Path

        def row():
            Path("log.txt").write_text("ran")
            return 1
        """
    )
    await plan.run()
    card = await plan.hover("def r¦ow")
    assert "✓ 0 ms · int 1 · runs each time (writes files)" in card
    assert "It wrote files: log.txt" in card


FIGURE = """
    class Figure:
        def _repr_png_(self):
            head = b"\\x89PNG\\r\\n\\x1a\\n\\0\\0\\0\\rIHDR"
            return head + b"\\0\\0\\0\\1" * 2 + b"?" * {size}
        def _repr_html_(self): return "<table></table>"

    def drawn(): return Figure()
    """


@pytest.mark.parametrize(("size", "shown"), [(20, True), (70_000, False)])
async def test_a_figure_is_shown_where_the_editor_shows_pictures_and_it_is_not_large(
    tmp_path: Path, size: int, *, shown: bool
) -> None:
    marked = lsp.MarkdownClientCapabilities(parser="marked")
    general = lsp.GeneralClientCapabilities(markdown=marked)
    capabilities = evolve(MODERN, general=general)
    async with connected(tmp_path, capabilities) as editor:
        plan = editor.open(FIGURE.format(size=size))
        await plan.run()
        picture = "![The value as a picture](data:image/png;base64,iVBORw0KGgo"
        assert (picture in await plan.hover("def dra¦wn")) is shown


async def test_a_figure_is_left_out_where_the_editor_may_not_show_it(editor: Editor) -> None:
    plan = editor.open(FIGURE.format(size=20))
    await plan.run()
    assert "base64" not in await plan.hover("def dra¦wn")
    value = await plan.command("value", node="drawn")
    assert (value["html"], value["png"][:11]) == ("<table></table>", "iVBORw0KGgo")

"""The text of a hover: in the format that the client wants, and nothing but text of the plan's."""

import re

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    "named", [None, [], [lsp.MarkupKind.PlainText], [lsp.MarkupKind.PlainText, "markdown"]]
)
async def test_a_client_that_does_not_prefer_markdown_gets_plain_text(
    named: list[lsp.MarkupKind] | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    capabilities = lsp.ClientCapabilities(
        text_document=lsp.TextDocumentClientCapabilities(
            hover=lsp.HoverClientCapabilities(content_format=named)
        )
    )
    async with connected(tmp_path_factory.mktemp("plain"), capabilities) as editor:
        plan = editor.open(
            '''
            def a(b=1):
                """A *star*.

                Args:
                    b: A `tick`.
                """
            '''
        )
        expected = "def a(b=1)\n\nA *star*.\n\nArgs:\n  b: A `tick`.\n\ninputs: b"
        assert await plan.hover("def ¦a") == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "[x](command:y)",
        "![x](https://example.com/a.png)",
        "<img src=x> &lt;b&gt; <!-- -->",
        "# Title",
        "- item",
        "1. item",
        "---",
        "**bold** _slanted_ ~~gone~~ `code` $x$ | a |",
        "https://example.com www.example.com a@example.com",
        "a\\\\\\\\[x](y)",
    ],
)
async def test_hostile_text_is_no_markdown(editor: Editor, hostile: str) -> None:
    plan = editor.open(
        f'''
        def a(b=1):
            """A.

            Args:
                b: {hostile}
            """
        '''
    )
    (line,) = [line for line in (await plan.hover("def ¦a")).splitlines() if line[:4] == "- `b"]
    said = line.removeprefix("- `b`: ")
    assert re.sub(r"\\([^\w\s]|_)", r"\1", said) == hostile.replace("\\\\", "\\")
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]<>`*~&|$#@]|(?<!\\)://|www\.|^([-+]|\d+[.)])", said)


@pytest.mark.parametrize(
    "break_out", ["```\\n[x](command:y)", "\\n````\\n<b>", "\\r```\\r# Title", "\\n   ~~~~\\n`````"]
)
async def test_hostile_text_cannot_leave_its_fence(editor: Editor, break_out: str) -> None:
    plan = editor.open(
        f"""
        class Hostile(Exception):
            def __repr__(self): return "{break_out}"

        def documented():
            "Some `code`{break_out}"
            return Hostile()

        def failing(documented, text="{break_out}"):
            raise ValueError(text, documented)
        """
    )
    await plan.run()
    for place in ("def docu¦mented", "def fail¦ing", "raise¦ Value"):
        check_fences_hold(await plan.hover(place))


def check_fences_hold(markdown: str) -> None:
    """Read it as CommonMark does: what is outside of fences is nothing but our own words."""
    outside, fence = [], ""
    for line in re.split(r"\r\n|\r|\n", markdown):
        mark = re.fullmatch(r" {0,3}(`{3,}|~{3,})(.*)", line)
        if fence:
            closes = mark and mark[1].startswith(fence) and not mark[2].strip(" \t")
            fence = "" if closes else fence
        elif mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
        else:
            outside.append(line)
    assert fence == ""
    ours = re.compile(r"(\*(needs|inputs|needed by)\*: `\w+`(, `\w+`)*)?")
    assert [line for line in outside if not ours.fullmatch(line)] == []

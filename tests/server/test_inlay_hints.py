"""Beside the code: what a node returned, and what an input is. Hints are written `⟨= 5⟩`."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.carets import dedent
from tests.server.editor import Editor, eventually
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

RESOLVING = lsp.ClientCapabilities(
    text_document=lsp.TextDocumentClientCapabilities(
        inlay_hint=lsp.InlayHintClientCapabilities(
            resolve_support=lsp.ClientInlayHintResolveOptions(properties=["tooltip"])
        )
    ),
    workspace=lsp.WorkspaceClientCapabilities(
        inlay_hint=lsp.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    ),
)


async def check_hints(plan: Tab, expected: str) -> None:
    """The text with all hints in it."""
    assert await plan.hinted() == dedent(expected)


async def test_a_value_stands_at_the_return_that_ran(editor: Editor) -> None:
    plan = editor.open(
        """
        def size(n: int = 7):
            if n > 5:
                return "large"
            return "small"

        def more(size): return [size] * 30

        def nothing():
            pass
        """
    )
    await plan.run()
    await check_hints(
        plan,
        """
        def size(n: int = 7):
            if n > 5:
                return "large"⟨= 'large'⟩
            return "small"

        def more(size): return [size] * 30⟨= list 30 items⟩

        def nothing()⟨= None⟩:
            pass
        """,
    )


async def test_a_value_hides_with_its_code_and_comes_back_with_it(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\ndef b(a): return a + 1\ndef c(): return 3\n")
    await plan.run()
    plan.edit("return 1", "return 2")
    await check_hints(plan, "def a(): return 2\ndef b(a): return a + 1\ndef c(): return 3⟨= 3⟩\n")
    plan.edit("return 2", "# One.\n    return 1")
    await check_hints(
        plan,
        """
        def a(): # One.
            return 1⟨= 1⟩
        def b(a): return a + 1⟨= 2⟩
        def c(): return 3⟨= 3⟩
        """,
    )


async def test_an_input_stands_at_its_parameter_unless_it_is_the_default(editor: Editor) -> None:
    plan = editor.open(
        "def a(day: str, rate=0.5, count: int = 3, flag=1): return 1\n",
        inputs='day = "Monday"\nrate = 0.7\ncount = 3\nflag = true\na = 1\n',
    )
    await check_hints(
        plan,
        "def a(day: str⟨= 'Monday'⟩, rate=0.5⟨= 0.7⟩, count: int = 3, flag=1⟨= True⟩): return 1\n",
    )


async def test_only_what_is_in_the_range_is_told(editor: Editor) -> None:
    plan = editor.open("".join(f"def n{i}():\n    return {i}\n\n" for i in range(40)))
    await plan.run()
    assert await plan.hints(plan.range("def n20():\n    return 20\n")) == ["= 20"]
    assert await plan.hints(plan.range("def n20():")) == []


async def test_each_kind_can_be_switched_off(tmp_path: Path) -> None:
    for switch, left in (("results", ["= 2"]), ("inputs", ["= 4"])):
        options = {"inlayHints": {switch: False}}
        folder = tmp_path / switch
        folder.mkdir()
        async with connected(folder, options=options) as editor:
            plan = editor.open("def a(n): return n * 2\n", inputs="n = 2")
            await plan.run()
            assert await plan.hints() == left


async def test_a_client_that_asks_for_the_tooltip_later_gets_it_then(tmp_path: Path) -> None:
    async with connected(tmp_path, RESOLVING) as editor:
        plan = editor.open("def a(): return [1, 2]\n")
        await plan.run()
        (hint,) = await plan.raw_hints()
        assert hint.tooltip is None
        resolved = await editor.inlay_hint_resolve_async(hint)
        assert isinstance(resolved.tooltip, lsp.MarkupContent)
        assert resolved.tooltip.value.startswith("```text\n[1, 2]\n```")
        plan.edit("[1, 2]", "[1]")
        late = await editor.inlay_hint_resolve_async(hint)
        assert late.tooltip is None


async def test_the_client_is_asked_to_show_hints_anew(tmp_path: Path) -> None:
    asked: list[None] = []
    async with connected(tmp_path, RESOLVING) as editor:
        editor.answer(lsp.WORKSPACE_INLAY_HINT_REFRESH, asked.append)
        plan = editor.open("def a(n=1): return n\n")
        await plan.run()
        await eventually(lambda: asked)
        count = len(asked)
        plan.path.with_suffix(".toml").write_text("n = 2", encoding="utf-8")
        plan.save()
        await eventually(lambda: len(asked) > count)
        assert await plan.hints() == ["= 2"]

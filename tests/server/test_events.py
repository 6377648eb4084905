"""`codeact/event`: the events of runs, for the clients that ask for them."""

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_events_of_a_run_come_in_order_and_name_the_plan(editor: Editor) -> None:
    plan = editor.open(
        """
        def a():
            print("said")
            return 1
        def b(a): return a / 0
        def c(b): return b
        """
    )
    assert await plan.run() == "failed"
    await editor.settle()
    assert [(told.event, getattr(told, "node", "")) for told in editor.events] == [
        ("RunStarted", ""),
        ("NodeStarted", "a"),
        ("NodeOutput", "a"),
        ("NodeSucceeded", "a"),
        ("NodeStarted", "b"),
        ("NodeFailed", "b"),
        ("NodeBlocked", "c"),
        ("RunFinished", ""),
    ]
    assert {told.uri for told in editor.events} == {plan.uri}
    assert [told.sequence for told in editor.events] == list(range(8))
    assert len({told.run for told in editor.events}) == 1


async def test_what_a_node_writes_is_told_while_it_runs(editor: Editor) -> None:
    plan = editor.open(
        """
        import sys
        import time
        from pathlib import Path

        def talks():
            print("to you: 📦")
            print("aside", file=sys.stderr)
            while not Path("go").exists():
                time.sleep(0.01)
        """
    )
    running = editor.soon(plan.run())
    assert (await editor.until_event("NodeOutput", stream="stdout")).text == "to you: 📦\n"
    assert (await editor.until_event("NodeOutput", stream="stderr")).text == "aside\n"
    assert not running.done()
    plan.path.with_name("go").touch()
    assert await running == "done"


async def test_a_failure_is_told_with_its_range(editor: Editor) -> None:
    plan = editor.open('def a(): return "📦", 1 / 0\n')
    assert await plan.run() == "failed"
    error = (await editor.until_event("NodeFailed")).error
    assert (error.type, error.message) == ("ZeroDivisionError", "division by zero")
    place = lsp.Range(
        start=lsp.Position(line=error.range.start.line, character=error.range.start.character),
        end=lsp.Position(line=error.range.end.line, character=error.range.end.character),
    )
    assert plan.at(place) == "1 / 0"


async def test_a_reused_value_is_told_with_the_reason(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n")
    await plan.run()
    await plan.run()
    told = await editor.until_event("NodeCached")
    assert (told.node, told.result.preview) == ("a", "1")
    assert "unchanged" in told.why


@pytest.mark.parametrize(
    "experimental",
    [None, {"codeact": {}}, {"codeact": {"events": False}}, {"codeact": 1}, "events"],
)
async def test_a_client_that_does_not_ask_for_events_gets_none(
    tmp_path: Path, experimental: Any
) -> None:
    capabilities = lsp.ClientCapabilities(experimental=experimental)
    async with connected(tmp_path, capabilities) as editor:
        assert await editor.open("def a(b): return 1\ndef c(a): return 2\n").run("c") == "refused"
        assert await editor.open("def a(): return 1\n").run() == "done"
        await editor.settle()
        assert editor.events == []
        assert editor.lens_refreshes == 0

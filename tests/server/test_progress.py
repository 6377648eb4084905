"""The progress of a run in the client, and the button in it that cancels the run."""

import asyncio
import gc
from pathlib import Path
from typing import Any

import attrs
import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidRequest

from tests.server.editor import MODERN, Editor, eventually
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHAIN = """
    def a(): return 1
    def b(a): return a
    def c(b): return 1 / 0
    def d(c): return c
    """
HELD = """
    import time
    from pathlib import Path

    def held():
        while not Path("go").exists():
            time.sleep(0.01)
    """


async def begun(editor: Editor) -> lsp.ProgressToken:
    """The token of a progress, once it has begun."""
    await eventually(lambda: any(editor.progress_reports.values()))
    (token,) = editor.progress_reports
    return token


def told(reports: list[Any]) -> list[tuple[str, int | None, str | None]]:
    """What a client was told: kind, percentage and message."""
    return [
        (each.kind, getattr(each, "percentage", None), getattr(each, "message", None))
        for each in reports
    ]


async def test_the_client_s_own_token_tells_of_each_node(editor: Editor) -> None:
    plan = editor.open(CHAIN)
    editor.progress_reports["mine"] = []
    ended = await plan.command("runPlan", token="mine")
    assert ended["status"] == "failed"
    await editor.settle()
    assert told(editor.progress_reports.pop("mine")) == [
        ("begin", 0, "up to 1 at once: no more can run at once"),
        ("report", 25, "1/4 a"),
        ("report", 50, "2/4 b"),
        ("report", 75, "3/4 c"),
        ("report", 100, "4/4 d"),
        ("end", None, "failed"),
    ]
    assert list(editor.progress_reports) == []  # No second progress beside the client's own.


async def test_a_progress_of_ours_begins_and_ends(editor: Editor) -> None:
    plan = editor.open(HELD)
    running = editor.soon(plan.run())
    token = await begun(editor)
    begin: Any = editor.progress_reports[token][0]
    assert (begin.title, begin.cancellable) == ("Running plan", True)
    plan.path.with_name("go").touch()
    assert await running == "done"
    assert told(editor.progress_reports.pop(token)) == [
        ("begin", 0, "up to 1 at once: one node has to run"),
        ("report", 100, "1/1 held"),
        ("end", None, "done"),
    ]


async def test_the_button_in_the_progress_cancels_the_run(editor: Editor) -> None:
    plan = editor.open(HELD)
    running = editor.soon(plan.run())
    token = await begun(editor)
    cancel = lsp.WorkDoneProgressCancelParams(token=token)
    editor.window_work_done_progress_cancel(cancel)
    assert await running == "cancelled"
    assert told(editor.progress_reports.pop(token))[-1] == ("end", None, "cancelled")


async def test_a_cancel_that_comes_too_late_changes_nothing(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n")
    editor.progress_reports["late"] = []
    await plan.command("runPlan", token="late")
    editor.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token="late"))
    ended = await plan.command("runPlan", token="late")  # A token may be used again.
    assert ended["status"] == "done"
    await editor.settle()
    kinds = [kind for kind, _, _ in told(editor.progress_reports.pop("late"))]
    assert kinds == ["begin", "report", "end"] * 2


async def test_a_client_that_shows_no_progress_is_sent_none(tmp_path: Path) -> None:
    async with connected(tmp_path, lsp.ClientCapabilities()) as editor:
        assert await editor.open(CHAIN).run() == "failed"
        assert editor.progress_reports == {}


async def test_a_client_that_shows_runs_itself_is_sent_the_progress_that_it_asks_for_alone(
    tmp_path: Path,
) -> None:
    shows = attrs.evolve(MODERN, experimental={"codeact": {"events": True, "runs": True}})
    async with connected(tmp_path, shows) as editor:
        plan = editor.open(CHAIN)
        assert await plan.run() == "failed"
        await editor.settle()
        assert editor.progress_reports == {}
        editor.progress_reports["mine"] = []
        await plan.command("runPlan", token="mine")
        await editor.settle()
        assert len(told(editor.progress_reports.pop("mine"))) == 6


async def test_a_client_that_refuses_a_progress_gets_its_run_without(tmp_path: Path) -> None:
    def refuse(_params: lsp.WorkDoneProgressCreateParams) -> None:
        raise JsonRpcInvalidRequest("not now")

    async with connected(tmp_path) as editor:
        editor.answer(lsp.WINDOW_WORK_DONE_PROGRESS_CREATE, refuse)
        assert await editor.open(CHAIN).run() == "failed"
        assert editor.progress_reports == {}
    gc.collect()  # A task whose exception nobody took would now be told of.


async def test_a_run_does_not_wait_for_the_client_s_leave(tmp_path: Path) -> None:
    leave = asyncio.Event()

    async def hesitate(_params: lsp.WorkDoneProgressCreateParams) -> None:
        await leave.wait()

    async with connected(tmp_path) as editor:
        editor.answer(lsp.WINDOW_WORK_DONE_PROGRESS_CREATE, hesitate)
        assert await editor.open(CHAIN).run() == "failed"
        leave.set()
        await editor.settle()
        assert editor.progress_reports == {}  # It would have come after the end.

"""Runs of open plans: one at a time for each, and each can be ended."""

import asyncio
from pathlib import Path

import pytest

from codeact_lsp.engine.store.index import NAME
from tests.engine.running import wait_until_gone
from tests.server.editor import Editor, eventually
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

# `held` ends when a file `go` is there; each start of it leaves its process id in `pids`.
HELD = """
    import os
    import time
    from pathlib import Path

    def held():
        with Path("pids").open("a") as file:
            print(os.getpid(), file=file)
        while not Path("go").exists():
            time.sleep(0.01)
        return 1

    def after(held): return held + 1
    """


async def until_held(plan: Tab, times: int = 1) -> None:
    """Wait until `held` has been started so many times."""
    pids = plan.path.with_name("pids")
    await eventually(lambda: pids.exists() and pids.read_text().count("\n") >= times)


async def check_processes_ended(plan: Tab) -> None:
    """No process that ran `held` is there any more."""
    for pid in plan.path.with_name("pids").read_text().split():
        await wait_until_gone(int(pid))


async def tried(editor: Editor) -> Tab:
    """A plan that failed, while a fix of it is tried that takes its time."""
    plan = editor.open(
        """
        import os
        import time
        from pathlib import Path

        def row(): return {"amount": 1}

        def total(row):
            amount = row["ammount"]
            Path("pids").write_text(f"{os.getpid()}\\n")
            time.sleep(60)
        """
    )
    assert await plan.run() == "failed"
    await until_held(plan)
    return plan


async def test_a_run_can_be_cancelled_by_command(editor: Editor) -> None:
    plan = editor.open(HELD)
    running = editor.soon(plan.run())
    await until_held(plan)
    assert await plan.command("cancel") is True
    assert await running == "cancelled"
    assert [told.event for told in editor.events][-3:] == [
        "NodeCancelled",
        "NodeCancelled",
        "RunFinished",
    ]
    assert await plan.command("cancel") is False
    await check_processes_ended(plan)


async def test_a_new_run_takes_the_place_of_the_one_before(editor: Editor) -> None:
    plan = editor.open(HELD)
    first = editor.soon(plan.run())
    await until_held(plan)
    plan.edit("return held + 1", "return held + 2")
    second = editor.soon(plan.run())
    await until_held(plan, times=2)
    assert await first == "cancelled"
    plan.path.with_name("go").touch()
    assert await second == "done"
    assert (await plan.command("value", node="after"))["preview"] == "3"
    assert [told.status for told in editor.events if told.event == "RunFinished"] == [
        "cancelled",
        "done",
    ]
    await check_processes_ended(plan)


async def test_of_many_runs_at_once_the_last_one_wins(editor: Editor) -> None:
    plan = editor.open(HELD)
    runs = [editor.soon(plan.run()) for _ in range(5)]
    await editor.settle()
    plan.path.with_name("go").touch()
    assert [await run for run in runs] == ["cancelled"] * 4 + ["done"]


async def test_runs_of_different_plans_do_not_disturb_each_other(editor: Editor) -> None:
    one, other = editor.open(HELD), editor.open(HELD)
    running = editor.soon(one.run())
    await until_held(one)
    other.path.with_name("go").touch()
    assert await other.run() == "done"
    one.path.with_name("go").touch()
    assert await running == "done"


async def test_closing_a_plan_ends_its_run_and_nothing_more_is_shown(editor: Editor) -> None:
    plan = editor.open(HELD)
    running = editor.soon(plan.run())
    await until_held(plan)
    plan.close()
    assert await running == "cancelled"
    await check_processes_ended(plan)
    await editor.settle()
    assert [(params.version, params.diagnostics) for params in plan.published()[-1:]] == [
        (None, ())
    ]


async def test_a_plan_that_was_closed_in_mid_run_can_be_opened_and_run_again(
    editor: Editor,
) -> None:
    plan = editor.open(HELD)
    first = editor.soon(plan.run())
    await until_held(plan)
    plan.close()
    plan.reopen()
    lenses = await plan.lenses()
    assert lenses[""][0].startswith("▶ Run plan (2 of 2 to run")
    assert (lenses["held"], lenses["after"]) == (["▶ Run", "▶ Run with downstream"], ["▶ Run"])
    plan.path.with_name("go").touch()
    assert await plan.run() == "done"
    assert await first == "cancelled"


async def test_requests_are_answered_while_a_plan_runs(editor: Editor) -> None:
    plan = editor.open(HELD)
    running = editor.soon(plan.run())
    await until_held(plan)
    assert "*needs*: `held`" in await plan.hover("def a¦fter")
    plan.edit("def after(held)", "def after(hold)")
    assert "unknown-input" in [found.code for found in await plan.diagnostics()]
    assert not running.done()
    plan.path.with_name("go").touch()
    assert await running == "done"


async def test_a_repair_can_be_cancelled(editor: Editor) -> None:
    plan = await tried(editor)
    assert await plan.command("cancel") is True
    await check_processes_ended(plan)
    assert await plan.command("cancel") is False


async def test_a_repair_gives_way_to_a_new_run(editor: Editor) -> None:
    plan = await tried(editor)
    plan.edit("time.sleep(60)", "return 3")
    plan.edit("ammount", "amount")
    assert await plan.run() == "done"


async def test_after_shutdown_nothing_is_left_of_runs_and_repairs(tmp_path: Path) -> None:
    before = asyncio.all_tasks()
    async with connected(tmp_path) as editor:
        plan = editor.open(HELD)
        running = editor.soon(plan.run())
        await until_held(plan)
        other = editor.open('def a(): return {"key": 1}["kex"]\n')
        assert await other.run() == "failed"
        await editor.shutdown_async(None)
        assert await running == "cancelled"
    await check_processes_ended(plan)
    await eventually(lambda: not asyncio.all_tasks() - before)


async def test_a_run_whose_interpreter_does_not_exist_says_so(tmp_path: Path) -> None:
    options = {"interpreter": "/nowhere/python"}
    async with connected(tmp_path, options=options) as editor:
        assert await editor.open("def a(): return 1\n").run() == "refused"
        (shown,) = editor.messages
        assert "/nowhere/python" in shown.message


async def test_a_run_whose_store_cannot_be_used_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEACT_CACHE_DIR", str(tmp_path / "file"))
    (tmp_path / "file").touch()
    async with connected(tmp_path) as editor:
        assert await editor.open("def a(): return 1\n").run() == "refused"
        (shown,) = editor.messages
        assert "File exists" in shown.message


async def test_a_damaged_store_is_set_aside_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEACT_CACHE_DIR", str(tmp_path))
    (tmp_path / NAME).write_bytes(b"no database" * 100)
    async with connected(tmp_path) as editor:
        assert await editor.open("def a(): return 1\n").run() == "done"
        (shown,) = editor.messages
        assert shown.message.startswith(f"The index of results {tmp_path / NAME} was damaged (")

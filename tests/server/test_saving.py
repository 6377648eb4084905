"""Run on save: what an edit affected, where the user asked for it, and never without trust."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codeact_lsp.server.server import PlanServer, create_server
from tests.server.editor import Editor, eventually
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

ON = {"runOnSave": "affected"}
PLAN = """
    def a(): return 1
    def b(a): return a + 1
    def c(): return 3
    """
HELD = """
    import time
    from pathlib import Path

    def held():
        while not Path("go").exists():
            time.sleep(0.01)
        return 1

    def after(held): return held + 1
    def beside(): return 3
    """


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def saving(tmp_path_factory: pytest.TempPathFactory) -> Any:
    async with connected(tmp_path_factory.mktemp("saving"), options=ON) as editor:
        yield editor


@pytest_asyncio.fixture(loop_scope="module")
async def editor(saving: Editor) -> Any:
    yield saving
    await saving.tidy()


def ran(editor: Editor) -> list[str]:
    """The nodes whose processes were started, in order."""
    return [told.node for told in editor.events if told.event == "NodeStarted"]


async def until_finished(editor: Editor, times: int = 1) -> None:
    """Wait for the ends of so many runs."""
    await editor.until(lambda: sum(told.event == "RunFinished" for told in editor.events) >= times)


async def check_quiet(editor: Editor, plan: Tab, nodes: Iterable[str] = ()) -> None:
    """A later save of another plan runs, and by then nothing but these nodes has run."""
    other = editor.open("def other(): return 1\n")
    other.edit("return 1", "return 2")
    plan.save()
    other.save()
    await editor.until_event("NodeSucceeded", node="other", uri=other.uri)
    assert ran(editor) == [*nodes, "other"]


async def test_a_save_runs_what_an_edit_affected_and_no_more(editor: Editor) -> None:
    plan = editor.open(PLAN)
    plan.edit("return 1\n", "return 10\n")
    plan.save()
    await until_finished(editor)
    assert ran(editor) == ["a", "b"]
    assert (await plan.command("value", node="b"))["preview"] == "11"


async def test_a_save_without_an_edit_or_after_an_undo_runs_nothing(editor: Editor) -> None:
    plan = editor.open(PLAN)
    plan.save()
    plan.edit("return 1\n", "return 2\n")
    plan.edit("return 2\n", "return 1\n")
    await check_quiet(editor, plan)


async def test_many_saves_at_once_run_once(editor: Editor) -> None:
    plan = editor.open(PLAN)
    plan.edit("return 3\n", "return 30\n")
    for _ in range(5):
        plan.save()
    await until_finished(editor)
    await check_quiet(editor, plan, ["c"])


async def test_a_changed_input_affects_what_takes_it(editor: Editor) -> None:
    plan = editor.open("def a(n=1): return n\ndef b(): return 2\n")
    await editor.settle()
    plan.path.with_suffix(".toml").write_text("n = 5", encoding="utf-8")
    plan.save()
    await until_finished(editor)
    assert ran(editor) == ["a"]


async def test_a_plan_with_errors_is_not_run_and_no_popup_tells_so(editor: Editor) -> None:
    plan = editor.open(PLAN)
    plan.edit("return a + 1", "return (a + 1")
    await check_quiet(editor, plan)
    assert editor.messages == []


async def test_a_run_that_makes_all_that_is_affected_is_left_alone(editor: Editor) -> None:
    plan = editor.open(HELD)
    plan.edit("return held + 1", "return held + 2")
    running = editor.soon(plan.run())
    await editor.until_event("NodeStarted", node="held")
    await editor.until_event("NodeSucceeded", node="beside")
    await check_quiet(editor, plan, ["held", "beside"])
    plan.path.with_name("go").touch()
    assert await running == "done"


async def test_a_run_of_older_code_gives_way_and_nothing_that_it_led_to_is_lost(
    editor: Editor,
) -> None:
    plan = editor.open(HELD)
    running = editor.soon(plan.run())
    await editor.until_event("NodeStarted", node="held")
    plan.edit("return held + 1", "return held + 2")
    plan.save()
    assert await running == "cancelled"
    plan.path.with_name("go").touch()
    await until_finished(editor, times=2)
    assert (await plan.command("value", node="after"))["preview"] == "3"
    assert (await plan.lenses())[""] == ["▶ Run plan (0 of 3 to run)"]


@pytest.mark.parametrize("options", [None, {"runOnSave": "off"}, {**ON, "trusted": False}])
async def test_without_the_user_s_wish_and_trust_a_save_runs_nothing(
    tmp_path: Path, options: Any
) -> None:
    server = create_server()
    async with connected(tmp_path, options=options, server=server) as editor:
        plan = editor.open(PLAN)
        plan.edit("return 3", "return 4")
        plan.save()
        await editor.settle()
        await eventually(lambda: not server.saving.waits)
        assert ran(editor) == []


async def test_what_a_save_runs_can_be_cancelled(editor: Editor) -> None:
    plan = editor.open(HELD)
    plan.edit("return 1\n", "return 2\n")
    plan.save()
    await editor.until_event("NodeStarted", node="held")
    await eventually(lambda: any(editor.progress_reports.values()))
    assert await plan.command("cancel") is True
    assert (await editor.until_event("RunFinished")).status == "cancelled"


async def test_of_a_plan_that_was_closed_the_server_keeps_nothing(tmp_path: Path) -> None:
    server = create_server()
    async with connected(tmp_path, options=ON, server=server) as editor:
        plan = editor.open(PLAN)
        plan.edit("return 1\n", "return 0 / 0\n")
        plan.save()
        await until_finished(editor)
        assert keepers(server, plan.uri)
        plan.save()
        plan.close()
        await eventually(lambda: not keepers(server, plan.uri))


def keepers(server: PlanServer, uri: str) -> list[str]:
    """The attributes of the server, and of its parts, that hold something under an address."""
    owners = [server, *vars(server).values()]
    owners += [part for owner in owners for part in getattr(owner, "__dict__", {}).values()]
    return [
        f"{type(owner).__name__}.{name}"
        for owner in {id(owner): owner for owner in owners}.values()
        for name, value in getattr(owner, "__dict__", {}).items()
        if isinstance(value, Mapping | set | frozenset) and uri in value
    ]

"""`codeact.debugNode`: a node's process waits for a debugger, and does what that says."""

import importlib.util
import venv
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import attrs
import pytest
import pytest_asyncio
from lsprotocol import types as lsp

from codeact_lsp.server.server import create_server
from tests.engine.running import wait_until_gone
from tests.server.debug_client import attached
from tests.server.editor import MODERN, Editor, eventually
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def rows(): return [1, 2]

    def total(rows):
        '''All of it.

        Timeout: 60 s
        '''
        doubled = [2 * row for row in rows]
        return sum(doubled)

    def report(total): return f"{total} EUR"
    """
RETURN = 9

SPINS = """
    import os
    from pathlib import Path

    def spin():
        Path("pid").write_text(str(os.getpid()))
        while True:
            pass
    """


@pytest.fixture
def plan(editor: Editor) -> Tab:
    return written(editor.open(PLAN))


def written(plan: Tab) -> Tab:
    """A plan that is on the disk, too."""
    plan.path.write_text(plan.text, encoding="utf-8")
    return plan


async def pid_of(plan: Tab) -> int:
    """The process of the node that spins."""
    file = plan.path.with_name("pid")
    await eventually(lambda: file.exists() and file.read_text())
    return int(file.read_text())


async def test_a_breakpoint_is_hit_and_the_values_of_the_nodes_before_are_there(
    editor: Editor, plan: Tab
) -> None:
    plan.edit("60 s", "1 ms")  # Which does not hold while somebody looks at it.
    waiting = await plan.command("debugNode", node="total")
    assert (waiting["event"], waiting["level"]) == ("Debugging", "off")
    async with attached(waiting) as client:
        await client.begin(plan.path, RETURN)
        stopped = await client.until("stopped")
        assert stopped["reason"] == "breakpoint"
        (frame,) = await client.stack(stopped)  # Nothing of what runs the node is seen.
        assert (frame["name"], frame["line"]) == ("total", RETURN)
        assert Path(frame["source"]["path"]) == plan.path
        shown = await client.local_variables(stopped)
        assert (shown["rows"], shown["doubled"]) == ("[1, 2]", "[2, 4]")
        await client.ask("continue", threadId=stopped["threadId"])
        await client.until("terminated")
        await client.until_end()
    assert (await editor.until_event("RunFinished")).status == "done"
    assert (await plan.command("value", node="total"))["preview"] == "6"


async def test_a_node_that_has_run_is_debugged_and_what_comes_of_it_is_not_kept(plan: Tab) -> None:
    await plan.run()
    async with attached(await plan.command("debugNode", node="total")) as client:
        await client.begin(plan.path, RETURN)
        stopped = await client.until("stopped")
        frame, *_ = await client.stack(stopped)
        await client.evaluate(frame, "doubled.append(100)")
        await client.ask("continue", threadId=stopped["threadId"])
        await client.until("terminated")
    assert (await plan.command("value", node="total"))["preview"] == "106"
    assert (await plan.lenses())["total"][1] == "✓ · int 106"  # Nobody measured it.
    assert (await plan.command("runPlan"))["counts"] == {"cached": 3}
    assert (await plan.command("value", node="total"))["preview"] == "6"


async def test_a_failure_is_shown_where_it_happened_and_nobody_looks_for_repairs(
    editor: Editor,
) -> None:
    plan = written(editor.open("def a(): return {'key': 1}\ndef b(a): return a['kye']\n"))
    async with attached(await plan.command("debugNode", node="b")) as client:
        await client.begin(plan.path)
        await client.until("terminated")
    assert (await editor.until_event("RunFinished")).status == "failed"
    (found,) = await plan.diagnostics()
    assert (plan.at(found.range), found.message) == ("'kye'", "KeyError: 'kye'")
    with pytest.raises(Exception, match="run it first"):
        await plan.command("askModel", node="b")


async def test_the_end_of_the_session_ends_the_process(editor: Editor) -> None:
    plan = written(editor.open(SPINS))
    async with attached(await plan.command("debugNode", node="spin")) as client:
        await client.begin(plan.path)
        pid = await pid_of(plan)
        await client.ask("disconnect", terminateDebuggee=False)
        await client.until_end()
    assert (await editor.until_event("RunFinished")).status == "cancelled"
    await wait_until_gone(pid)


async def test_a_node_that_is_stopped_at_a_breakpoint_can_be_cancelled(plan: Tab) -> None:
    async with attached(await plan.command("debugNode", node="total")) as client:
        await client.begin(plan.path, RETURN)
        await client.until("stopped")
        assert await plan.command("cancel")
        await client.until("terminated")
        await client.until_end()


async def test_of_a_node_that_lacks_its_values_nothing_is_debugged(editor: Editor) -> None:
    plan = written(editor.open("def a(): return 1 / 0\ndef b(a): return a\n"))
    ended = await plan.command("debugNode", node="b")
    assert (ended["event"], ended["status"]) == ("RunFinished", "failed")


async def test_nobody_who_comes_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    server = create_server()
    server.debugging.patience = 0.01
    async with connected(tmp_path, server=server) as editor:
        plan = editor.open(PLAN)
        assert (await plan.command("debugNode", node="rows"))["event"] == "Debugging"
        assert (await editor.until_event("RunFinished")).status == "cancelled"
        shown = [message.message for message in editor.messages]
        assert shown == ["No debugger has attached within 0.01 s."]


async def test_a_server_that_ends_takes_what_is_debugged_along(tmp_path: Path) -> None:
    async with connected(tmp_path) as editor:
        plan = written(editor.open(SPINS))
        async with attached(await plan.command("debugNode", node="spin")) as client:
            await client.begin(plan.path)
            pid = await pid_of(plan)
            await editor.shutdown_async(None)
            await client.until_end()
    await wait_until_gone(pid)


async def test_without_debugpy_it_is_said_what_to_install(tmp_path: Path) -> None:
    python = bare_python(tmp_path)
    async with connected(tmp_path / "work", options={"interpreter": str(python)}) as editor:
        plan = editor.open(PLAN)
        refused = await plan.command("debugNode", node="rows")
        assert refused["status"] == "refused"
        assert refused["message"] == (
            f"To debug takes debugpy, which {python} does not have. "
            f"Install it: {python} -m pip install debugpy"
        )


async def test_a_client_that_attaches_a_debugger_is_offered_to(tmp_path: Path) -> None:
    attaching = attrs.evolve(MODERN, experimental={"codeact": {"debug": True}})
    async with connected(tmp_path, attaching) as editor:
        plan = editor.open("def a(): return 1\n")
        assert (await plan.lenses())["a"] == ["▶ Run", "Debug"]


async def test_an_unknown_node_is_refused_with_a_guess(editor: Editor, plan: Tab) -> None:
    with pytest.raises(Exception, match="Did you mean 'total'"):
        await plan.command("debugNode", node="totl")


def bare_python(folder: Path) -> Path:
    """A Python without any package, whose environment lies outside of the workspace."""
    (folder / "work").mkdir()
    venv.create(folder / "bare", symlinks=True)
    return folder / "bare" / "bin" / "python"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def strict(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """The session of a user who wants nodes confined."""
    folder = tmp_path_factory.mktemp("strict")
    async with connected(folder, options={"sandbox": {"level": "strict"}}) as editor:
        yield editor


async def test_a_confined_node_is_debugged_with_no_right_more(strict: Editor) -> None:
    plan = written(strict.open(PLAN))
    waiting = await plan.command("debugNode", node="total")
    assert waiting["level"] == "strict"
    async with attached(waiting) as client:
        await client.begin(plan.path, RETURN)
        assert (await client.until("output"))["output"] == (
            "'total' runs at sandbox level 'strict'.\n"
        )
        stopped = await client.until("stopped")
        frame, *_ = await client.stack(stopped)
        for attempt in ("__import__('socket').socket()", "__import__('os').fork()"):
            refused = await client.evaluate(frame, attempt)
            assert "Operation not permitted" in refused
        await client.ask("continue", threadId=stopped["threadId"])
        await client.until("terminated")
    assert (await strict.until_event("RunFinished")).status == "done"


@pytest.mark.parametrize(("choice", "became"), [("Allow", "Debugging"), (None, "RunFinished")])
async def test_who_would_loosen_the_sandbox_is_asked(
    tmp_path: Path, choice: str | None, became: str
) -> None:
    python = bare_python(tmp_path)
    found = importlib.util.find_spec("debugpy")
    assert found
    assert found.origin
    library = Path(found.origin).parent.parent
    options = {"interpreter": str(python), "sandbox": {"level": "strict"}}
    asked: list[Any] = []

    async def answer(question: Any) -> lsp.MessageActionItem | None:
        asked.append(question.message)
        return lsp.MessageActionItem(title=choice) if choice else None

    async with connected(tmp_path / "work", options=options) as editor:
        editor.answer(lsp.WINDOW_SHOW_MESSAGE_REQUEST, answer)
        plan = written(editor.open(PLAN))
        told = await plan.command("debugNode", node="total", debugpy=str(library))
        assert told["event"] == became
        (question,) = asked
        assert question == (
            f"To debug 'total', its process has to read {library}, where debugpy is. "
            "Level 'strict' does not allow that. Allow it, this once and for this node?"
        )
        if choice:
            async with attached(told) as client:
                await client.begin(plan.path, RETURN)
                assert await client.until("stopped")

"""A model writes plans into the editor, and works on them: one edit, progress, cancel."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from codeact_lsp.tape import Tape
from tests.openai_server.script import says, stalls
from tests.openai_server.server import OpenAIServer
from tests.server.editor import Editor, eventually
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="session")

WRITTEN = '''"""Sum up."""


def numbers(count: int = 3) -> list[int]:
    """The numbers."""
    return list(range(count))


def total(numbers: list[int]) -> int:
    """Their sum."""
    return sum(nmbers)
'''


def answer(code: str) -> Any:
    return says(f"```python\n{code}```\nEND OF PLAN\n")


def applying(editor: Editor, plan: Tab) -> list[lsp.WorkspaceEdit]:
    """The edits that the server has the editor make, as it makes them."""
    made: list[lsp.WorkspaceEdit] = []

    def apply(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
        made.append(params.edit)
        plan.apply(lsp.CodeAction(title="", edit=params.edit))
        return lsp.ApplyWorkspaceEditResult(applied=True)

    editor.answer(lsp.WORKSPACE_APPLY_EDIT, apply)
    return made


async def test_a_plan_is_written_into_the_editor_as_one_edit(
    asker: Editor, openai: OpenAIServer
) -> None:
    openai.script(answer(WRITTEN))
    plan, drafts = asker.open(""), list[str]()
    edits = applying(asker, plan)
    asker.answer("codeact/draft", lambda told: drafts.append(told.text))
    ended = await plan.command("plan", task="Sum up")
    assert (ended["status"], ended["applied"], plan.text) == ("done", True, WRITTEN)
    assert len(edits) == 1
    # It could be watched while it came, line by line.
    assert drafts[-1] == WRITTEN
    assert all(WRITTEN.startswith(draft) for draft in drafts)
    assert len(drafts) > 5
    assert Tape.load(ended["tape"]).begun.task == "Sum up"


async def test_a_task_is_worked_on_until_it_runs_and_the_results_are_shown(
    asker: Editor, openai: OpenAIServer
) -> None:
    openai.script(answer(WRITTEN))
    plan = asker.open("")
    edits = applying(asker, plan)
    ended = await plan.command("agent", task="Sum up")
    assert (ended["status"], ended["message"], len(edits)) == ("done", "", 1)
    assert plan.text == WRITTEN.replace("nmbers", "numbers")
    await asker.until_event("RunFinished", status="done")


async def test_where_it_is_stuck_is_told(asker: Editor, openai: OpenAIServer) -> None:
    openai.script(says("I cannot.\n<<END>>"))
    plan = asker.open("def a():\n    return {}['missing']\n")
    applying(asker, plan)
    ended = await plan.command("agent", task="")
    assert (ended["status"], ended["applied"]) == ("stuck", False)
    stuck = ended["stuck"]
    assert (stuck["file"], stuck["line"], stuck["node"]) == ("it.plan.py", 2, "a")


async def test_progress_tells_how_far_it_is_and_cancels_it(
    asker: Editor, openai: OpenAIServer
) -> None:
    openai.script(stalls("```python\ndef a(): pass\n"))
    plan = asker.open("")
    asker.progress_reports["mine"] = []
    working = asker.soon(plan.command("plan", token="mine", task="Sum up"))
    await eventually(
        lambda: any("nodes written" in str(told) for told in asker.progress_reports["mine"])
    )
    cancel = lsp.WorkDoneProgressCancelParams(token="mine")
    asker.window_work_done_progress_cancel(cancel)
    assert (await working)["status"] == "stopped"
    assert await asyncio.to_thread(openai.wait_until_hung_up)
    assert plan.text == ""


async def test_a_plan_that_was_edited_meanwhile_stays_as_it_is(
    asker: Editor, openai: OpenAIServer
) -> None:
    plan = asker.open("")
    asked, edited = threading.Event(), threading.Event()

    async def write(request: Any, body: Any) -> Any:
        asked.set()
        await asyncio.to_thread(edited.wait)
        return await answer(WRITTEN)(request, body)

    openai.script(write)
    edits = applying(asker, plan)
    working = asker.soon(plan.command("plan", task="Sum up"))
    await asyncio.to_thread(asked.wait)
    plan.append("MINE = 1\n")
    await asker.settle()
    edited.set()
    ended = await working
    assert (ended["applied"], ended["text"], edits) == (False, WRITTEN, [])
    assert ended["message"].startswith("The plan was edited meanwhile")
    assert plan.text == "MINE = 1\n"


async def test_one_agent_works_on_a_plan_and_codeact_cancel_ends_it(
    asker: Editor, openai: OpenAIServer
) -> None:
    openai.script(stalls())
    plan = asker.open("")
    working = asker.soon(plan.command("agent", task="Sum up"))
    await eventually(lambda: openai.bodies)
    second = await plan.command("agent", task="Sum up")
    assert second["message"] == "An agent is at work on this plan already. Cancel it first."
    assert await plan.command("cancel") is True
    assert (await working)["status"] == "stopped"


async def test_without_a_model_nothing_begins(tmp_path: Path) -> None:
    async with connected(tmp_path) as editor:
        ended = await editor.open("").command("plan", task="Sum up")
    assert (ended["status"], "No language model is configured" in ended["message"]) == (
        "refused",
        True,
    )

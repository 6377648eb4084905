"""The model is asked from an editor: on request, with progress and cancel, never unasked."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types as lsp

from codeact_lsp.server.server import create_server
from codeact_lsp.server.settings import read_settings
from tests.carets import dedent
from tests.openai_server.lasting import Lasting
from tests.openai_server.script import Usage, fails, says, stalls
from tests.openai_server.server import MODEL, OpenAIServer
from tests.server.editor import MODERN, Editor, eventually
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLAN = """
    def rows(): return [{"amount": "a dozen"}]

    def total(rows):
        return sum(float(row["amount"]) for row in rows)
    """
RIGHT = """WHY: a word
```python
def total(rows):
    return sum({"a dozen": 12.0}[row["amount"]] for row in rows)
```
<<END>>"""
WRONG = RIGHT.replace('{"a dozen": 12.0}', "{}")
ASKING = "Asking the model"
PLACE = 'float(row["amount"]¦)'


def questions(actions: list[lsp.CodeAction]) -> list[str]:
    return [each.title for each in actions if each.command]


def ends(editor: Editor) -> int:
    """How many questions that were shown to the user have ended."""
    asked = [each for each in editor.progress_reports if is_asking(editor, each)]
    told: list[Any] = [editor.progress_reports[each][-1] for each in asked]
    return sum(each.kind == "end" for each in told)


def has_ended(editor: Editor, count: int) -> bool:
    """Whether so many questions have ended."""
    return ends(editor) == count


def is_asking(editor: Editor, token: lsp.ProgressToken) -> bool:
    """Whether a progress is that of a question."""
    reports = editor.progress_reports[token]
    return bool(reports) and getattr(reports[0], "title", "") == ASKING


@pytest_asyncio.fixture(loop_scope="session")
async def reflector(tmp_path: Path, openai: OpenAIServer, side: Lasting) -> AsyncIterator[Editor]:
    """An editor whose user has turned automatic reflection on."""
    folder = tmp_path / "reflector"
    folder.mkdir()
    options = {"model": MODEL, "modelBaseUrl": openai.base_url, "modelReflection": True}
    server = create_server(start_side=side.keyed_by)
    async with connected(folder, MODERN, options, server) as editor:
        yield editor


async def test_a_failure_can_be_asked_about_and_the_answer_is_a_quick_fix(
    asker: Editor, openai: OpenAIServer
) -> None:
    openai.script(says(RIGHT))
    plan = asker.open(PLAN)
    await plan.run()
    actions = await plan.actions(PLACE, only=["quickfix"])
    assert questions(actions) == ["Ask the model", "Show alternatives of the model"]
    assert openai.bodies == []
    asked = await plan.command("askModel", node="total")
    assert asked["message"] == ""
    assert asked["spent"] == "100 tokens in, 20 out, price unknown"
    fixes = [plan.title(each) for each in await plan.actions(PLACE, only=["quickfix"])]
    assert "Take the model's answer: a word: runs, 0 ms" in fixes
    assert b"Bearer sk-kept-by-the-editor-1" in openai.received


async def test_when_the_same_fails_again_the_answer_is_offered_without_a_question(
    asker: Editor, openai: OpenAIServer
) -> None:
    openai.script(says(RIGHT))
    plan = asker.open(PLAN)
    await plan.run()
    await plan.command("askModel", node="total")
    plan.edit("def rows()", "OTHER = 1\n\ndef rows()")
    await plan.run()
    await plan.command("fixAll")  # It waits until all has been tried.
    fixes = [plan.title(each) for each in await plan.actions(PLACE, only=["quickfix"])]
    assert "Take the model's answer: a word: runs, 0 ms" in fixes
    assert len(openai.bodies) == 1


async def test_what_works_only_by_hiding_is_offered_again_and_not_asked_for_again(
    reflector: Editor, openai: OpenAIServer
) -> None:
    given = 'sum({"a dozen": 12.0}[row["amount"]] for row in rows)'
    openai.script(says(RIGHT.replace(given, "0")))
    plan = reflector.open(PLAN)
    await plan.run()
    await eventually(lambda: ends(reflector) == 1)
    await plan.run()
    await plan.command("fixAll")  # It waits until all else has been tried.
    await reflector.settle()
    fixes = [plan.title(each) for each in await plan.actions(PLACE, only=["quickfix"])]
    assert [each for each in fixes if each.startswith("Take the model's answer: a word: stops")]
    assert len(openai.bodies) == 1


async def test_an_answer_is_not_offered_where_the_function_fails_otherwise(
    asker: Editor, openai: OpenAIServer
) -> None:
    openai.script(says(RIGHT))
    plan = asker.open(PLAN)
    await plan.run()
    await plan.command("askModel", node="total")
    plan.edit('"a dozen"', '"a score"')
    await plan.run()
    await plan.command("fixAll")  # It waits until all has been tried.
    fixes = [plan.title(each) for each in await plan.actions(PLACE, only=["quickfix"])]
    assert not any(each.startswith("Take the model's answer") for each in fixes)


async def test_nothing_is_offered_before_a_model_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CODEACT_MODEL", raising=False)
    async with connected(tmp_path) as editor:
        plan = editor.open(PLAN)
        await plan.run()
        assert questions(await plan.actions(PLACE, only=["quickfix"])) == []
        asked = await plan.command("askModel", node="total")
        assert "set codeact.model" in asked["message"]


async def test_what_a_workspace_says_about_the_model_does_not_count() -> None:
    settings, wrong = read_settings({"model": MODEL}, {"model": MODEL, "modelBaseUrl": "http://x"})
    assert (settings.model, settings.model_base_url) == (MODEL, None)
    (said,) = wrong
    assert said.startswith("The setting codeact.modelBaseUrl: counts only in the client's init")


async def test_the_click_says_why_there_is_no_answer(asker: Editor, openai: OpenAIServer) -> None:
    openai.script(fails(401, "no such key"))
    plan = asker.open(PLAN)
    await plan.run()
    asked = await plan.command("askModel", node="total")
    assert asked["message"].endswith("does not accept the key: no such key. Give another.")
    await asker.settle()
    assert asker.messages[-1].message == asked["message"]


async def test_progress_tells_of_the_answer_and_cancels_it(
    asker: Editor, openai: OpenAIServer
) -> None:
    openai.script(stalls("WHY: I th"))
    plan = asker.open(PLAN)
    await plan.run()
    asker.progress_reports["mine"] = []
    asking = asker.soon(plan.command("askModel", token="mine", node="total"))
    reports: list[Any] = asker.progress_reports["mine"]
    await eventually(lambda: [each for each in reports if each.kind == "report"])
    assert reports[-1].message == "9 characters of the answer"
    asker.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token="mine"))
    assert (await asking)["message"].endswith("that was cancelled.")
    assert await asyncio.to_thread(openai.wait_until_hung_up)


async def test_a_run_comes_first(asker: Editor, openai: OpenAIServer) -> None:
    openai.script(says(RIGHT.replace("sum(", "time.sleep(0.3) or sum(")))
    plan = asker.open("import time\n" + dedent(PLAN))
    await plan.run()
    asking = asker.soon(plan.command("askModel", node="total"))
    await eventually(lambda: openai.bodies)
    assert await plan.run("rows") == "done"
    assert len((await asking)["fixes"]) == 1


async def test_reflection_by_itself_is_off_until_it_is_turned_on(
    asker: Editor, reflector: Editor, openai: OpenAIServer
) -> None:
    openai.script(says(RIGHT))
    plan = asker.open(PLAN)
    await plan.run()
    await asker.until(lambda: plan.published() and not plan.is_searched())
    assert not openai.bodies
    plan = reflector.open(PLAN)
    await plan.run()
    await eventually(lambda: openai.bodies)
    await plan.until_fixed()
    assert len(openai.bodies) == 1


async def test_nothing_is_asked_unasked_about_what_a_rule_mends(
    reflector: Editor, openai: OpenAIServer
) -> None:
    openai.script(says(RIGHT))
    mended = reflector.open("def two(): return [2].inde(2)")
    await mended.run()
    await mended.until_fixed()
    plan = reflector.open(PLAN)
    await plan.run()
    await eventually(lambda: openai.prompts)
    await plan.until_fixed()
    (prompt,) = openai.prompts
    assert "def total" in prompt


async def test_what_was_asked_unasked_in_vain_is_not_asked_again(
    reflector: Editor, openai: OpenAIServer
) -> None:
    async def late(request: Any, body: Any) -> Any:
        await asyncio.sleep(0.5)
        return await says(WRONG)(request, body)

    openai.script(late)
    plan = reflector.open(PLAN)
    await plan.run()
    await eventually(lambda: openai.bodies)
    await plan.run()  # While the answer is awaited.
    await plan.command("fixAll")  # It waits until all else has been tried.
    await eventually(lambda: ends(reflector) == 1)
    asked = len(openai.bodies)
    plan.edit("sum(", "1 + sum(")
    await plan.run()
    await eventually(lambda: ends(reflector) == 2)
    assert len(openai.bodies) == 2 * asked
    assert all("return 1 + sum(" in each for each in openai.prompts[asked:])


async def test_of_what_is_asked_unasked_one_is_asked_at_a_time_and_nothing_that_is_gone(
    reflector: Editor, openai: OpenAIServer
) -> None:
    openai.script(stalls("WHY: I th"))
    plan = reflector.open(PLAN)
    for more in ("1 + sum(", "2 + sum(", "3 + sum("):
        plan.edit("sum(", more)
        await plan.run()
        await plan.command("fixAll")  # It waits until all else has been tried.
    await eventually(lambda: openai.bodies)
    openai.script(says(WRONG))
    (first,) = (each for each in reflector.progress_reports if is_asking(reflector, each))
    reflector.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token=first))
    await eventually(lambda: ends(reflector) == 2)
    assert all("return 1 + 2 + 3 + sum(" in each for each in openai.prompts[1:])


async def test_no_number_of_runs_asks_unasked_a_provider_more_often_that_does_not_answer(
    tmp_path: Path, openai: OpenAIServer, side: Lasting
) -> None:
    openai.script(fails(400, "not today"))
    options = {"model": MODEL, "modelBaseUrl": openai.base_url, "modelReflection": True}
    server = create_server(start_side=side.keyed_by)
    async with connected(
        tmp_path, MODERN, {**options, "modelLimits": {"calls": 2}}, server
    ) as editor:
        plan = editor.open(PLAN)
        for asked in (1, 2):
            plan.edit("sum(", "1 + sum(")
            await plan.run()
            await eventually(partial(has_ended, editor, asked))
        plan.edit("sum(", "1 + sum(")
        await plan.run()
        await eventually(lambda: len(editor.messages) > 1)
        assert "the budget of 2 requests is spent" in editor.messages[-1].message
        assert len(openai.bodies) == 2


async def test_no_number_of_runs_takes_more_unasked_than_the_budget(
    reflector: Editor, openai: OpenAIServer
) -> None:
    openai.script(says(WRONG, usage=Usage(60_000, 60_000)))
    plan = reflector.open(PLAN)
    await plan.run()
    await eventually(lambda: ends(reflector) == 1)
    asked = len(openai.bodies)
    for _ in range(2):
        plan.edit("sum(", "1 + sum(")
        await plan.run()
        await plan.command("fixAll")  # It waits until all else has been tried.
    await eventually(lambda: reflector.messages)
    assert len(openai.bodies) == asked
    (said,) = reflector.messages
    assert "not asked again: the budget of 100,000 tokens is spent" in said.message
    # A click is somebody's own decision, and has what its run may take.
    openai.script(says(RIGHT.replace("sum(", "2 + sum(")))
    assert (await plan.command("askModel", node="total"))["fixes"] != []

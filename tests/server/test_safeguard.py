"""Where nodes must not run, the plan says so at its top for as long, and a message says it once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types as lsp

from codeact_lsp.sandbox.mechanisms import WITHHOLD
from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

STRICT = {"sandbox": {"level": "strict"}}
WHY = (
    "Nodes do not run here: tier 1 of 4 (kernel) is enforced, tier 2 of 4 (contained) is wanted at "
    f"least, and bubblewrap does not work (withheld by {WITHHOLD})."
)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without bubblewrap."""
    monkeypatch.setenv(WITHHOLD, "bwrap,cgroup")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """The session of a user who wants nodes confined."""
    async with connected(tmp_path_factory.mktemp("strict"), options=STRICT) as editor:
        yield editor


async def until_refused(editor: Editor, plan: Tab) -> lsp.Diagnostic:
    """Wait for what is said at the top of a plan."""
    return await editor.until(
        lambda: next(
            (
                found
                for params in plan.published()[-1:]
                for found in params.diagnostics
                if found.code == "refused"
            ),
            None,
        )
    )


async def test_a_plan_says_at_its_top_that_it_will_not_run_before_anybody_tries(
    editor: Editor,
) -> None:
    plan = editor.open("def one(): return 1\n")
    found = await until_refused(editor, plan)
    assert found.message.startswith(f"{WHY}\nUnset the variable {WITHHOLD}.\n")
    assert found.severity is lsp.DiagnosticSeverity.Error
    assert found.range.start == lsp.Position(line=0, character=0)
    assert [shown.message for shown in editor.messages] == [found.message]
    (status,) = await editor.until(lambda: editor.statuses)
    assert (status.uri, status.level, status.tier) == (plan.uri, "strict", "tier 1 of 4 (kernel)")
    assert status.message == found.message


async def test_it_stays_while_the_plan_is_edited_and_a_run_is_refused_with_the_same_words(
    editor: Editor,
) -> None:
    plan = editor.open("def one(): return 1\n")
    found = await until_refused(editor, plan)
    plan.edit("return 1", "return 2")
    ended = await plan.command("runPlan")
    assert (ended["status"], ended["message"]) == ("refused", found.message)
    assert [each.code for each in await plan.diagnostics()] == ["refused"]
    assert editor.messages == []  # It was shown already.


async def test_it_goes_when_the_machine_gives_what_was_missing(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = editor.open("def one(): return 1\n")
    await until_refused(editor, plan)
    monkeypatch.setenv(WITHHOLD, "cgroup")
    assert await plan.run() == "done"
    assert not await plan.diagnostics()


async def test_the_status_follows_what_runs_come_to(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a machine gives may change while a plan is open, and a look at it was before that."""
    monkeypatch.setenv(WITHHOLD, "cgroup")
    plan = editor.open("def one(): return 1\n")
    (status,) = await editor.until(lambda: editor.statuses)
    assert status.message == ""
    monkeypatch.setenv(WITHHOLD, "bwrap,cgroup")
    assert (await plan.command("runPlan"))["status"] == "refused"
    _, status = await editor.until(lambda: editor.statuses if editor.statuses[1:] else None)
    assert (status.uri, status.message.startswith(WHY)) == (plan.uri, True)
    monkeypatch.setenv(WITHHOLD, "cgroup")
    assert await plan.run() == "done"
    *_, status = await editor.until(lambda: editor.statuses if editor.statuses[2:] else None)
    assert status.message == ""


async def test_who_accepts_what_there_is_is_not_told_otherwise(
    tmp_path: Path,
) -> None:
    content = {"sandbox": {"level": "strict", "minimumTier": "kernel"}}
    async with connected(tmp_path, options=content) as editor:
        plan = editor.open("def one(): return 1\n")
        assert await plan.run() == "done"
        assert not await plan.diagnostics()
        assert editor.messages == []


async def test_who_wants_nothing_confined_is_told_nothing(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"sandbox": {"level": "off"}}) as editor:
        plan = editor.open("def one(): return 1\n")
        assert await plan.run() == "done"
        (status,) = await editor.until(lambda: editor.statuses)
        assert (status.level, status.message) == ("off", "")
        assert not await plan.diagnostics()

"""Tapes of what an editor runs: kept where the user wants them, and shown to the client."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codeact_lsp.server.settings import read_settings
from codeact_lsp.server.tape_settings import TapeSettings
from codeact_lsp.tape import Tape
from codeact_lsp.tape.replay import runs
from codeact_lsp.tape.steps import Ended
from tests.server.editor import Editor
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def numbers(): return [1, 2]
    def total(numbers): return sum(numbers) / 0
    """


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "tapes"


@pytest_asyncio.fixture(loop_scope="module")
async def taping(tmp_path: Path, folder: Path) -> AsyncIterator[Editor]:
    """An editor whose user wants the last two tapes."""
    options = {"tape": {"runs": True, "folder": str(folder), "keep": 2}}
    async with connected(tmp_path, options=options) as editor:
        yield editor


def put(path: Path) -> Path:
    """A file that is no tape."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("{}\n")
    return path


def on_disk(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"), key=lambda path: path.name)


async def test_a_run_is_on_its_tape_to_the_last_event(taping: Editor, folder: Path) -> None:
    plan = taping.open(PLAN)
    assert await plan.run() == "failed"
    (path,) = on_disk(folder)
    tape = Tape.load(path)
    assert tape.verdict == "It was written with your key, and no line was changed."
    assert (tape.begun.command, tape.begun.file, tape.text) == ("run", str(plan.path), plan.text)
    assert tape.ended == Ended(status="failed")
    (run,) = runs(tape.lines)
    await taping.settle()
    told = [(each.event, each.sequence) for each in taping.events]
    assert [(type(each).__name__, each.sequence) for each in run.events] == told


async def test_the_client_gets_the_tapes_of_a_plan_and_their_steps(taping: Editor) -> None:
    plan, other = taping.open(PLAN), taping.open(PLAN)
    await plan.run()
    await other.run()
    (listed,) = await plan.command("tapes")
    assert (listed["command"], listed["status"]) == ("run", "failed")
    tape = await plan.command("tape", tape=listed["tape"])
    assert [step["event"] for step in tape["steps"]][:3] == ["Begun", "Revised", "Started"]
    failed = next(step for step in tape["steps"] if step["event"] == "NodeFailed")
    # Where it failed, as in the diagnostic.
    assert failed["error"]["range"]["start"] == {"line": 1, "character": 27}
    assert failed["said"] == "✗ total  ZeroDivisionError: division by zero"
    assert tape["steps"][-1]["status"] == "failed"


@pytest.mark.parametrize("name", ["none.jsonl", "../../outside-20260101-000000-000000000.jsonl"])
async def test_only_what_lies_among_the_tapes_is_shown(
    taping: Editor, tmp_path: Path, name: str
) -> None:
    plan = taping.open(PLAN)
    await plan.run()
    (tape,) = on_disk(tmp_path / "tapes")
    (tmp_path / name.rpartition("/")[2]).write_bytes(tape.read_bytes())
    with pytest.raises(Exception, match="there is no such tape"):
        await plan.command("tape", tape=name)


async def test_the_oldest_make_room_and_other_files_stay(taping: Editor, folder: Path) -> None:
    mine = put(folder / "mine.jsonl")
    plan = taping.open(PLAN)
    for _ in range(3):
        await plan.run()
    assert len(on_disk(folder)) == 3
    assert mine.exists()


async def test_a_tape_that_cannot_be_written_costs_nobody_the_run(
    taping: Editor, folder: Path
) -> None:
    put(folder)
    plan = taping.open(PLAN)
    assert await plan.run() == "failed"
    await taping.settle()
    assert taping.messages[-1].message.startswith("The run has no tape. ")


async def test_without_the_setting_there_is_no_tape(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"tape": {"folder": str(tmp_path / "t")}}) as editor:
        plan = editor.open(PLAN)
        await plan.run()
        assert await plan.command("tapes") == []
    assert not (tmp_path / "t").exists()


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"runs": True}, TapeSettings(runs=True)),
        ({"folder": "~/tapes", "keep": 1}, TapeSettings(folder="~/tapes", keep=1)),
        ({"keep": 0}, None),
        ({"keep": True}, None),
        ({"folder": "tapes"}, None),
        ({"rusn": True}, None),
        (True, None),
    ],
)
async def test_what_can_be_said(said: Any, read: TapeSettings | None) -> None:
    settings, wrong = read_settings({"tape": said})
    assert (settings.tape, bool(wrong)) == (read or TapeSettings(), read is None)


async def test_what_a_workspace_says_about_tapes_does_not_count() -> None:
    settings, wrong = read_settings({}, {"tape": {"runs": True, "folder": "/", "keep": 1}})
    assert settings.tape == TapeSettings()
    (said,) = wrong
    assert said.startswith("The setting codeact.tape: counts only in the client's initialization")

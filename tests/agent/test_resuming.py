"""`codeact agent`, killed half-way, goes on where its tape ends; nothing is asked or done twice."""

import threading
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from codeact_lsp.agent.resuming import left_by
from codeact_lsp.tape import Tape, TapeWriter
from codeact_lsp.tape.steps import Answered, Asked, Begun, Ended, Revised
from tests.agent import test_loop
from tests.agent.desk import Start, answers, mends
from tests.cli.command import Codeact
from tests.openai_server.script import stalls
from tests.openai_server.server import MODEL, OpenAIServer

# Two processes load litellm, which takes long on a busy machine.
PATIENCE = 240
MENDED, MISSPELT, ODD = map(dedent, (test_loop.MENDED, test_loop.MISSPELT, test_loop.ODD))


@pytest.mark.e2e
def test_killed_while_the_plan_runs_it_goes_on(tmp_path: Path, start: Start) -> None:
    waiting = """

        def waiting() -> None:
            from pathlib import Path

            while not Path("go").exists():
                pass
    """
    (tmp_path / "it.plan.py").write_text(MISSPELT.strip() + dedent(waiting))
    process = start("agent", "-o", "it.plan.py", "--tape", "t.jsonl", "--json")
    assert process.stdout
    assert any('"NodeFailed"' in line for line in process.stdout)
    process.kill()
    process.wait()
    broken_off = Tape.load(tmp_path / "t.jsonl")
    assert (broken_off.ended, broken_off.fault) == (None, "")
    (tmp_path / "go").touch()
    process = start("agent", "--resume", "t.jsonl")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert out.rstrip().endswith("done")
    tape = Tape.load(tmp_path / "t.jsonl")
    assert tape.verdict == "It was written with your key, and no line was changed."
    assert tape.lines[: len(broken_off.lines)] == broken_off.lines
    assert sum(isinstance(line.step, Revised) for line in tape.lines) == 2


@pytest.mark.e2e
@pytest.mark.timeout(2 * PATIENCE)
def test_killed_while_the_model_thinks_about_a_repair_it_goes_on(
    tmp_path: Path, openai: OpenAIServer, start: Start
) -> None:
    model = ("--model", MODEL, "--base-url", openai.base_url)
    thinking = threading.Event()

    async def think(request: Any, body: Any) -> Any:
        thinking.set()
        return await stalls("WHY: ")(request, body)

    openai.script(answers(ODD), think)
    process = start("agent", "Say the area", "-o", "it.plan.py", "--tape", "t.jsonl", *model)
    assert thinking.wait(PATIENCE)
    process.kill()
    process.wait()
    broken_off = Tape.load(tmp_path / "t.jsonl")
    assert (broken_off.ended, broken_off.fault) == (None, "")

    openai.script(mends(MENDED))
    process = start("agent", "--resume", "t.jsonl")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert "6.0 square metres" in out
    tape = Tape.load(tmp_path / "t.jsonl")
    assert tape.verdict == "It was written with your key, and no line was changed."
    assert tape.lines[: len(broken_off.lines)] == broken_off.lines
    steps = [line.step for line in tape.lines]
    assert steps[-1] == Ended(status="done")
    # The plan was asked for once, its repair twice: the first question was never answered.
    assert len(openai.bodies) == 3
    assert sum(isinstance(step, Answered) for step in steps) == 2
    assert "sk-for-the-tests" not in tape.path.read_text(encoding="utf-8")


def test_work_that_is_done_is_not_done_again(codeact: Codeact) -> None:
    codeact.plan(MISSPELT)
    assert codeact("agent", "-o", "it.plan.py", "--tape", "t.jsonl").status == 0
    again = codeact("agent", "--resume", "t.jsonl")
    assert again.status == 3
    assert "its work is done. See it with 'codeact tape replay'" in again.err


def test_a_repair_that_was_told_of_and_not_saved_is_saved(codeact: Codeact) -> None:
    """A crash between the two leaves the tape ahead of the file."""
    plan = codeact.plan(MISSPELT)
    codeact("agent", "-o", "it.plan.py", "--tape", "t.jsonl")
    mended = plan.read_text()
    tape = Tape.load(codeact.folder / "t.jsonl")
    lines = tape.path.read_bytes().splitlines(keepends=True)
    last = max(at for at, each in enumerate(tape.lines) if isinstance(each.step, Revised))
    tape.path.write_bytes(b"".join(lines[: last + 1]))
    plan.write_text(MISSPELT.lstrip("\n"))
    again = codeact("agent", "--resume", "t.jsonl")
    assert (again.status, "total:" in again.out) == (0, True)
    assert plan.read_text() == mended


def test_a_plan_that_was_edited_since_is_not_touched(codeact: Codeact) -> None:
    plan = codeact.plan(ODD)
    stuck = codeact("agent", "-o", "it.plan.py", "--tape", "t.jsonl")
    assert "it.plan.py:3:35: 'area': KeyError: 'the other one'" in stuck.out
    assert (stuck.status, "to go on: codeact agent --resume t.jsonl" in stuck.err) == (1, True)
    plan.write_text("# mine\n")
    again = codeact("agent", "--resume", "t.jsonl")
    assert again.status == 3
    assert "it.plan.py is not what it was when the tape t.jsonl broke off" in again.err
    assert plan.read_text() == "# mine\n"


def test_a_plan_that_was_deleted_since_is_not_made_again(codeact: Codeact) -> None:
    plan = codeact.plan(ODD)
    codeact("agent", "-o", "it.plan.py", "--tape", "t.jsonl")
    plan.unlink()
    again = codeact("agent", "--resume", "t.jsonl")
    assert (again.status, plan.exists()) == (3, False)
    assert "it.plan.py is not what it was" in again.err


def test_answers_with_which_it_got_stuck_are_not_given_again(tmp_path: Path) -> None:
    """Whoever goes on from there wants something else to come of it."""
    with TapeWriter.begin(tmp_path / "t.jsonl") as tape:
        tape.write(Begun(command="agent", task="", file="a", shown="a", program="1"))
        tape.write(Revised(text="x", by="file"))
        for number, status in enumerate(("stuck", "bounded", "stopped")):
            tape.write(Asked(purpose="repair", question=number, messages=(("user", "mend"),)))
            tape.write(Answered(question=number, text=str(number), sent=5, received=2))
            tape.write(Ended(status=status))
    left = left_by(Tape.load(tmp_path / "t.jsonl"), "x")
    assert [answer.text for _, answer in left.known] == ["1", "2"]
    assert (left.spent.tokens, left.spent.calls) == (21, 3)


def test_what_is_used_up_stays_used_up_until_more_is_allowed(codeact: Codeact) -> None:
    codeact.plan(MISSPELT.replace("range", "rnge"))
    first = codeact("agent", "-o", "it.plan.py", "--tape", "t.jsonl", "--attempts", "1")
    again = codeact("agent", "--resume", "t.jsonl")
    for ended in (first, again):
        assert (ended.status, "repairs were made: 1" in ended.out) == (1, True)
    more = codeact("agent", "--resume", "t.jsonl", "--attempts", "3")
    assert (more.status, more.out.rstrip().endswith("done")) == (0, True)


def test_how_plans_are_run_is_on_the_tape_but_for_secrets(codeact: Codeact) -> None:
    codeact.plan(ODD.replace("area()", "area(scale: int, wiki_token: str)"))
    given = ("--input", "scale=2", "--input", "wiki_token=not-for-others", "--workers", "1")
    codeact("agent", "-o", "it.plan.py", "--tape", "t.jsonl", *given)
    tape = Tape.load(codeact.folder / "t.jsonl")
    assert tape.begun.options[:4] == ("--input", "scale=2", "--workers", "1")
    assert "not-for-others" not in tape.path.read_text(encoding="utf-8")
    lacking = codeact("agent", "--resume", "t.jsonl")
    assert "needs the input 'wiki_token', which has no value" in lacking.out
    again = codeact("agent", "--resume", "t.jsonl", "--input", "wiki_token=not-for-others")
    assert "KeyError: 'the other one'" in again.out


def test_secrets_of_the_inputs_file_stay_off_the_tape(codeact: Codeact) -> None:
    codeact.plan('def login(wiki_token: str) -> str:\n    raise ValueError(f"no {wiki_token}")\n')
    codeact.plan('wiki_token = "plain-words"\n', "it.plan.toml")
    ended = codeact("agent", "-o", "it.plan.py", "--tape", "t.jsonl")
    assert "plain-words" in ended.out
    assert "plain-words" not in (codeact.folder / "t.jsonl").read_text(encoding="utf-8")


def test_what_a_whole_tape_tells_is_told_again_to_the_byte(codeact: Codeact) -> None:
    codeact.plan(MISSPELT)
    ran = codeact("agent", "-o", "it.plan.py", "--tape", "t.jsonl")
    assert codeact("tape", "replay", "t.jsonl").out == ran.out
    codeact.plan(MISSPELT)
    ran = codeact("agent", "-o", "it.plan.py", "--tape", "j.jsonl", "--json")
    assert codeact("tape", "replay", "j.jsonl", "--json").out == ran.out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["Sum up"], "name the plan with -o FILE"),
        (["Sum up", "-o", "new.plan.py"], "no model is configured"),
        (["-o", "none.plan.py"], "there is no such file; say what it is to do"),
        (["--resume", "none.jsonl"], "No such file"),
        (["Other", "--resume", "t.jsonl"], "--resume goes on with the task of its tape"),
    ],
    ids=["no plan", "no model", "no task", "no tape", "two tasks"],
)
def test_what_cannot_be_begun_is_told(codeact: Codeact, arguments: list[str], why: str) -> None:
    ended = codeact("agent", *arguments)
    assert (ended.status, ended.out) == (3, "")
    assert why in ended.err

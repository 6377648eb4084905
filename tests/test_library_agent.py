"""Tasks and tapes from Python."""

from pathlib import Path
from textwrap import dedent

import pytest

import codeact_lsp
from codeact_lsp.tape.steps import Step, Tried

MISSPELT = """
    def numbers(count: int = 3) -> list[int]:
        return list(range(count))


    def total(numbers: list[int]) -> int:
        return sum(nmbers)
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan with a slip, where no model is configured."""
    monkeypatch.delenv("CODEACT_MODEL", raising=False)
    path = tmp_path / "it.plan.py"
    path.write_text(dedent(MISSPELT).lstrip())
    return path


def test_a_plan_is_worked_on_until_it_runs(plan: Path) -> None:
    heard: list[Step] = []
    result = codeact_lsp.work_on(
        "", plan, inputs={"count": 4}, tape=plan.with_name("t.jsonl"), heard=heard.append
    )
    run = result.raise_for_status().run
    assert run
    assert run["total"].preview == "6"
    assert "sum(numbers)" in plan.read_text()
    assert any(isinstance(step, Tried) and step.worked for step in heard)
    failed, done = codeact_lsp.replay(result.tape)
    assert list(failed.errors) == ["total"]
    assert (done.status, done["total"].preview) == ("done", "6")


def test_what_was_not_done_raises_if_it_is_asked_to_and_says_where(plan: Path) -> None:
    plan.write_text("def a() -> int:\n    return {}['missing']\n")
    result = codeact_lsp.work_on("", plan, tape=plan.with_name("t.jsonl"))
    assert result.stuck
    with pytest.raises(codeact_lsp.AgentError, match=r"it\.plan\.py:2:\d+: KeyError") as failed:
        result.raise_for_status()
    assert failed.value.result is result


async def test_from_a_coroutine_it_is_the_same(plan: Path) -> None:
    result = await codeact_lsp.awork_on("", plan, tape=plan.with_name("t.jsonl"))
    assert (result.ok, result.message) == (True, "")


def test_what_cannot_begin_raises_what_says_why(plan: Path) -> None:
    with pytest.raises(codeact_lsp.SetupError, match="No model is configured"):
        codeact_lsp.write_plan("Sum up", plan)
    with pytest.raises(TypeError, match="'boundz' is no option of a run"):
        codeact_lsp.work_on("", plan, boundz=3)  # type: ignore[call-arg] # A slip.
    plan.with_name("t.jsonl").touch()
    with pytest.raises(codeact_lsp.TapeError, match="a tape is never written over"):
        codeact_lsp.work_on("", plan, tape=plan.with_name("t.jsonl"))
    with pytest.raises(codeact_lsp.TapeError, match="is no tape"):
        codeact_lsp.replay(plan)


def test_a_tape_that_was_changed_is_no_source_of_results(plan: Path) -> None:
    tape = codeact_lsp.work_on("", plan, tape=plan.with_name("t.jsonl")).tape
    tape.write_bytes(tape.read_bytes().replace(b'"total"', b'"tutal"', 1))
    with pytest.raises(codeact_lsp.TapeError, match="is not what was written"):
        codeact_lsp.replay(tape)

"""`codeact run --tape` and `codeact tape`: what was recorded, shown and made again."""

import json
from pathlib import Path

import pytest

from tests.cli.command import Codeact

PLAN = """
    def price() -> float:
        print("asking")
        return None

    def tax(price: float) -> float:
        return price * 0.19

    def bill(tax: float) -> float:
        return tax

    def ünrelated() -> list[int]:
        return [1, 2]
"""


def spoil(path: Path, line: int) -> None:
    """Change one line of a tape."""
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b"price", b"prize")
    path.write_bytes(b"".join(lines))


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["for people", "as JSON"])
def test_a_run_is_made_again_to_the_byte(codeact: Codeact, form: list[str]) -> None:
    plan = codeact.plan(PLAN)
    ran = codeact("run", "it.plan.py", "--tape", "t.jsonl", *form)
    plan.unlink()  # Nothing but the tape is needed.
    again = codeact("tape", "replay", "t.jsonl", *form)
    assert (ran.status, again.status, again.err) == (1, 0, "")
    assert again.out == ran.out


def test_the_steps_are_listed_with_what_the_tape_proves(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    codeact.run("--tape", "t.jsonl", "--no-cache")
    shown = codeact("tape", "show", "t.jsonl")
    assert shown.status == 0
    assert "✗ tax  TypeError: unsupported operand type(s)" in shown.out
    assert shown.out.endswith("It was written with your key, and no line was changed.\n")
    kinds = [step["event"] for step in codeact("tape", "show", "t.jsonl", "--json").told]
    assert kinds[:4] == ["Begun", "Revised", "Started", "RunStarted"]
    assert kinds[-2:] == ["RunFinished", "Ended"]


def test_a_tape_that_was_tampered_with_is_told_of_and_not_believed(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    codeact.run("--tape", "t.jsonl")
    spoil(codeact.folder / "t.jsonl", 4)
    for action in ("show", "replay", "export"):
        ended = codeact("tape", action, "t.jsonl")
        assert ended.status == 1
        assert "Line 5 is not what was written: it was changed" in ended.out + ended.err
        assert "prize" not in ended.out


def test_two_tapes_differ_in_what_was_done_and_not_in_when(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    for name in ("a.jsonl", "b.jsonl"):
        codeact.run("--tape", name, "--no-cache")
    same = codeact("tape", "diff", "a.jsonl", "b.jsonl")
    assert (same.status, same.out) == (0, "The tapes tell the same.\n")
    codeact.plan(PLAN.replace("[1, 2]", "[1, 2, 3]"))
    codeact.run("--tape", "c.jsonl", "--no-cache")
    other = codeact("tape", "diff", "a.jsonl", "c.jsonl")
    assert other.status == 1
    assert "list 2 items = [1, 2]" in other.out
    assert "list 3 items = [1, 2, 3]" in other.out
    assert "price  NoneType" not in other.out
    (first, *_) = codeact("tape", "diff", "a.jsonl", "c.jsonl", "--json").told
    assert [step["event"] for step in first["gone"]] == ["Revised"]


def test_a_tape_is_handed_on_as_one_document(codeact: Codeact) -> None:
    codeact.plan(PLAN.replace("asking", "```\\n<img src=x>"))
    codeact.run("--tape", "t.jsonl", "--no-cache")
    document = json.loads(codeact("tape", "export", "t.jsonl").out)
    assert (document["schema"], document["own"]) == ("codeact-tape/1", True)
    assert document["steps"][-1]["status"] == "failed"
    assert codeact("tape", "export", "t.jsonl", "--format", "markdown", "-o", "t.md").status == 0
    page = (codeact.folder / "t.md").read_text(encoding="utf-8")
    assert "## 1. the plan, 12 lines, by file\n\n````python\n" in page
    assert "\\<img src=x\\>" in page


def test_a_tape_is_never_written_over(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    codeact.run("--tape", "t.jsonl")
    again = codeact.run("--tape", "t.jsonl")
    assert (again.status, again.out) == (3, "")
    assert "a tape is never written over" in again.err


def test_what_is_no_tape_is_told(codeact: Codeact) -> None:
    plan = codeact.plan(PLAN)
    ended = codeact("tape", "show", plan.name)
    assert ended.status == 3
    assert "it.plan.py is no tape. Line 1" in ended.err

"""Tapes that somebody else has made up: their lines fit together, and may tell anything."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from codeact_lsp.cli.failures import Failures
from codeact_lsp.engine.events import NodeFailed
from codeact_lsp.plan import Plan
from codeact_lsp.tape import Tape, TapeFileError
from codeact_lsp.tape.chain import Chain
from codeact_lsp.tape.coding import encoded
from codeact_lsp.tape.export import as_markdown
from codeact_lsp.tape.replay import runs
from codeact_lsp.tape.steps import Answered, Asked, Happened, Revised, Started, Step
from tests.tape.taping import BEGUN, EVENTS, STEPS, TEXT

STEERS = "\x1b]0;x\x07 \u202e"
HALF = "\ud800"


def made_up(path: Path, steps: Sequence[Step], time: float = 1.0) -> Path:
    """A tape that nobody's program has written."""
    chain = Chain(b"theirs")
    heads = ({"step": number, "time": time, "key": "0" * 16} for number in range(len(steps)))
    lines = [chain.sealed(head | encoded(step)) for head, step in zip(heads, steps, strict=True)]
    path.write_bytes(b"".join(lines))
    return path


@pytest.mark.parametrize("time", [-1.0, 1e300, 10**400])
def test_a_time_that_no_clock_shows_is_not_believed(tmp_path: Path, time: float) -> None:
    with pytest.raises(TapeFileError, match="at a time that no clock shows"):
        Tape.load(made_up(tmp_path / "t.jsonl", STEPS, time))


def test_a_run_for_what_the_plan_does_not_have_can_be_looked_at(tmp_path: Path) -> None:
    steps = (BEGUN, Revised(text=TEXT, by="file"), Started(targets=("a", "gone")))
    (run,) = runs(Tape.load(made_up(tmp_path / "t.jsonl", steps)).lines)
    assert (run.job.targets, run.job.nodes) == (("a",), ("a",))


def test_what_is_told_of_nodes_that_the_plan_does_not_have_is_left_out(tmp_path: Path) -> None:
    told = next(event for event in EVENTS if isinstance(event, NodeFailed))
    steps: list[Step] = [BEGUN, Revised(text=TEXT, by="file"), Started(targets=("a",))]
    steps += [Happened(event=replace(told, node="gone")), Happened(event=told)]
    (run,) = runs(Tape.load(made_up(tmp_path / "t.jsonl", steps)).lines)
    assert [getattr(event, "node", "") for event in run.events] == [told.node]


@pytest.mark.parametrize("odd", [STEERS, HALF])
def test_a_page_steers_no_terminal_and_can_be_written(tmp_path: Path, odd: str) -> None:
    steps = (
        replace(BEGUN, task=odd),
        Asked(purpose=odd, question=1, messages=((odd, odd),)),
        Answered(question=1, text=odd),
        Revised(text=f"# {odd}\r\nx = 1\r\n", by="model", title=odd),
    )
    page = as_markdown(Tape.load(made_up(tmp_path / "t.jsonl", steps)))
    assert page.replace("\n", "").isprintable()
    assert "x = 1\n" in page


def test_a_margin_ends_however_deep_a_cause_is_said_to_be() -> None:
    told = next(event for event in EVENTS if isinstance(event, NodeFailed))
    (linked,) = told.error.linked
    shown = io.StringIO()
    failures = Failures(Plan.from_text(TEXT), Path("it.plan.py"), Console(file=shown, width=80))
    failures.show(replace(told.error, linked=(replace(linked, depth=2**53),)))
    assert f"{' ' * 20}cause: KeyError: 'k'" in shown.getvalue()

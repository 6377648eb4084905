"""What is secret stays off a tape, whatever way it would come."""

from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.engine.events import NodeFailed
from codeact_lsp.engine.failures.errors import CodeError, Value
from codeact_lsp.plan import Span
from codeact_lsp.tape import Tape, TapeWriter
from codeact_lsp.tape.masking import Mask
from codeact_lsp.tape.steps import Answered, Asked, Happened, Revised, Tried
from tests.tape.taping import BEGUN, EVENTS, an_event

KEY = "sk-proj-abcdefghijklmnopqrstuvwx"
OWN = "hunter2-is-my-password"


@pytest.fixture
def tape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TapeWriter:
    """A tape of somebody with secrets in the environment and in an input."""
    monkeypatch.setenv("SERVICE_API_KEY", "in-the-environment")
    return TapeWriter.begin(tmp_path / "t.jsonl", {"wiki_password": OWN, "month": "october"})


def test_no_step_brings_a_secret_onto_a_tape(tape: TapeWriter) -> None:
    secrets = (KEY, OWN, "in-the-environment")
    for secret in secrets:
        told = f"got {secret} from october"
        tape.write(BEGUN)
        tape.write(Asked(purpose="plan", question=1, messages=(("user", told),)))
        tape.write(Answered(question=1, text=told))
        tape.write(Revised(text=f"A = '{secret}'  # october\n", by="model", title=told))
        tape.write(Tried(node="a", by="rule", title=told, edit=(5, 6, told), worked=True))
        tape.write(Happened(event=an_event(type(EVENTS[2]), text=told)))
    tape.close()
    written = tape.path.read_text(encoding="utf-8")
    assert [secret for secret in secrets if secret in written] == []
    # What is no secret stays, in seven texts; of the plan only its changes are told again.
    assert written.count("october") == 7 * len(secrets) - 2


def test_what_stands_in_the_plan_as_a_secret_is_covered_where_it_is_said(tape: TapeWriter) -> None:
    code = "PASSPHRASE = 'four little words'\nTOKEN = 'word'\n"
    tape.write(BEGUN)
    tape.write(Revised(text=code, by="file"))
    tape.write(Answered(question=1, text="four little words, and a word"))
    tape.close()
    told = tape.path.read_text(encoding="utf-8")
    assert "four little words" not in told
    assert "and a word" in told
    with Tape.load(tape.path).continued(code=code) as more:
        more.write(Answered(question=2, text="again four little words"))
    assert "four little words" not in tape.path.read_text(encoding="utf-8")


def test_what_a_failure_quotes_of_a_hidden_value_is_covered(tape: TapeWriter) -> None:
    value = Value("conf['token']", Span(0, 3), "••••••", "str", bad=(("str", "'blue seventeen'"),))
    error = CodeError("a", "ValueError", "no number: 'blue seventeen'", "user", Span(0, 3))
    failed = NodeFailed(
        run="r", sequence=1, time=0.0, node="a", error=replace(error, values=(value,))
    )
    tape.write(BEGUN)
    tape.write(Happened(event=failed))
    tape.close()
    told = tape.path.read_text(encoding="utf-8")
    assert "no number: '" in told
    assert "blue seventeen" not in told


def test_code_keeps_the_place_of_all_that_is_no_secret() -> None:
    code = f"import os\nTOKEN: str = 'hunter2'; other = '{KEY}' + name  # the rest\n"
    covered = Mask().code(code)
    assert covered == (
        f"import os\nTOKEN: str = '{'•' * 7}'; other = '{'•' * len(KEY)}' + name  # the rest\n"
    )
    assert Mask().code("url = 'https://ann:pw@host'") == "url = 'https://ann:••@host'"


def test_an_answer_says_that_something_in_it_is_covered(tape: TapeWriter) -> None:
    tape.write(Answered(question=1, text=f"use {KEY}"))
    tape.close()
    assert '"covered":true' in tape.path.read_text(encoding="utf-8")

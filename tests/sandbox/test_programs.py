"""Programs of the system answer, or the words of the error are theirs."""

import os
import sys
from pathlib import Path

import pytest

from codeact_lsp.sandbox.programs import Question, answer


def test_what_a_program_writes_is_its_answer_and_it_has_nothing_of_the_users(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANARY", "secret")
    script = "import os; print(os.getcwd(), 'CANARY' in os.environ)"
    assert answer([sys.executable, "-c", script], 30) == "/ False\n"


def test_it_works_on_its_answer_before_that_is_asked_for(tmp_path: Path) -> None:
    made = tmp_path / "made"
    question = Question([sys.executable, "-c", f"open({str(made)!r}, 'w'); print('done')"])
    while not made.exists():
        pass
    assert question.answer(30) == "done\n"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import sys; sys.exit('first\\nthe last line counts')", "the last line counts"),
        ("import sys; sys.exit(7)", "status 7"),
    ],
)
def test_one_that_fails_says_why(script: str, words: str) -> None:
    with pytest.raises(OSError, match=words):
        answer([sys.executable, "-c", script], 30)


def test_one_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    script = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    question = Question([sys.executable, "-c", script])
    while not (told.exists() and told.read_text()):
        pass
    with pytest.raises(OSError, match=r"no answer in 0\.1 s"):
        question.answer(0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


def test_one_that_is_not_there_does_not_start() -> None:
    with pytest.raises(FileNotFoundError):
        Question(["/nowhere/at/all"])

"""A tool is given a text and nothing else, and whatever goes wrong with it is one kind of error."""

import sys
from pathlib import Path

import pytest

from codeact_lsp.sandbox.tools import answer

SEEN = "import os, sys; print(sys.stdin.read(), os.getcwd(), sorted(os.environ))"


def run(code: str, patience: float = 30.0) -> str:
    return answer([sys.executable, "-I", "-c", code], b"text", patience).decode()


def test_it_sees_neither_the_workspace_nor_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUFF_CONFIG", "here")
    told = run(SEEN)
    assert told.startswith("text / ")
    assert "RUFF_CONFIG" not in told


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import sys; sys.exit('no such rule')", "no such rule"),
        ("import sys; sys.exit(3)", "status 3"),
        ("print('x', file=__import__('sys').stderr); raise SystemExit(1)", "x"),
    ],
    ids=["message", "status", "both"],
)
def test_a_failure_is_told_in_its_own_words(code: str, why: str) -> None:
    with pytest.raises(OSError, match=f"^{why}$"):
        run(code)


def test_one_that_hangs_is_killed() -> None:
    with pytest.raises(OSError, match=r"^no answer in 0\.2 s$"):
        run("import time; time.sleep(600)", patience=0.2)


def test_one_that_is_not_there_is_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        answer([str(tmp_path / "ruff")], b"", 1.0)

"""`codeact plan`: a model writes a plan, and nothing is run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Codeact
from tests.openai_server.script import says
from tests.openai_server.server import MODEL, OpenAIServer, serving

WRITTEN = '''"""Touch."""

from pathlib import Path


def touched() -> None:
    """Leave a mark."""
    Path("ran").touch()
'''


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIServer]:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-the-tests-0123456789")
    with serving(says(f"```python\n{WRITTEN}```\nEND OF PLAN\n")) as server:
        yield server


def test_it_writes_a_plan_and_runs_nothing(codeact: Codeact, openai: OpenAIServer) -> None:
    ended = codeact(
        "plan", "Leave a mark", "-o", "it.plan.py", "--tape", "t.jsonl",
        "--model", MODEL, "--base-url", openai.base_url,
    )  # fmt: skip
    assert (ended.status, ended.err) == (0, "")
    assert (codeact.folder / "it.plan.py").read_text(encoding="utf-8") == WRITTEN
    assert not (codeact.folder / "ran").exists()
    assert codeact("tape", "replay", "t.jsonl").out == ended.out


def test_without_a_model_it_says_how_to_name_one(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CODEACT_MODEL", raising=False)
    ended = codeact("plan", "Leave a mark", "-o", "it.plan.py")
    assert (ended.status, ended.out) == (3, "")
    assert "no model is configured: name one with --model or in CODEACT_MODEL" in ended.err
    assert list(tmp_path.iterdir()) == []

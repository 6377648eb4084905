"""`codeact fix --model`: a model is asked about what nothing else mends, and never otherwise."""

import pytest

from tests.cli.command import Codeact
from tests.openai_server.script import says
from tests.openai_server.server import MODEL, serving

PLAN = """
    def total() -> float:
        return sum(float(word) for word in ["a dozen"])
"""
RIGHT = """WHY: it is a word
```python
def total() -> float:
    return sum({"a dozen": 12.0}[word] for word in ["a dozen"])
```
<<END>>"""


def test_what_nothing_else_mends_is_asked_about(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = codeact.plan(PLAN)
    with serving(says(RIGHT)) as server:
        monkeypatch.setenv("CODEACT_MODEL_BASE_URL", server.base_url)
        ended = codeact("fix", "it.plan.py", "--no-model", "--model", MODEL)
        assert (server.bodies, ended.err) == ([], "")
        ended = codeact("fix", "it.plan.py", "--model", MODEL)
    assert "→ Take the model's answer: it is a word: runs, N ms\n" in ended.tidy
    assert ended.err == "codeact: the model took 100 tokens in, 20 out, price unknown.\n"
    assert "a dozen" in plan.read_text()
    assert len(server.bodies) == 1

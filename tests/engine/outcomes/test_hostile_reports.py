"""What a worker can say to hurt the engine, and what comes of it: one outcome, soon."""

import asyncio
import json
from pathlib import Path

import pytest

from codeact_lsp.engine.failures.errors import code_error
from codeact_lsp.engine.outcomes.outcome import RawError, RawFact
from codeact_lsp.engine.outcomes.reading import read_outcome
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Usage
from codeact_lsp.plan import Plan
from tests.engine.running import run_plan

FILE = "/plans/x.plan.py"


def test_a_fault_on_a_line_of_five_thousand_digits_is_a_crash() -> None:
    words = f'  File "{FILE}", line {"9" * 5_000} in a\n'
    outcome = read_outcome(words.encode(), -11, Usage(), FILE)
    assert outcome.error is not None
    assert (outcome.error.type, outcome.error.frames) == ("SIGSEGV", [])


def test_a_path_that_is_none_is_not_understood() -> None:
    said = {
        "ok": True,
        "preview": {"type": "int", "size": "", "text": "1"},
        "reads": [["\0", None]],
    }
    outcome = read_outcome(json.dumps(said).encode(), 0, Usage(), FILE)
    assert outcome.error is not None
    assert outcome.error.category == "crash"


def test_endless_names_are_cut_before_anything_compares_them() -> None:
    options = ["b" * 100_000, *(f"name{number}" for number in range(100))]
    raw = RawError(
        "KeyError", "", "user", facts=RawFact("key", "a" * 100_000, options, (1, 0, 1, 3))
    )
    fact = code_error(Plan.from_text("def a(): pass\n"), "a", raw).fact
    assert fact is not None
    assert (len(fact.name), fact.options) == (200, tuple(f"name{number}" for number in range(8)))


@pytest.mark.e2e
@pytest.mark.asyncio(loop_scope="module")
async def test_a_run_ends_whatever_its_node_reports(engine: Engine, tmp_path: Path) -> None:
    text = f"""
import os

def bad():
    os.write(3, b'  File "{tmp_path}/it.plan.py", line ' + b"9" * 5000 + b" in bad")
    os._exit(1)
"""
    async with asyncio.timeout(30):
        ran = await run_plan(engine, tmp_path, text)
    assert ran.became == {"bad": "failed"}

"""What is said where a node lacks what other programs have."""

from pathlib import Path

import pytest

from codeact_lsp.engine.failures.denials import explained
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan, Span
from codeact_lsp.sandbox.levels import UNCONFINED, Level, Policy, preset

FILE = Path("/work/it.plan.py")
PLAN = Plan.from_text("def a():\n    return 1\n")
STANDARD = preset(Level.STANDARD, Path("/work"))
MANAGERS = "/usr/lib/python3.11/multiprocessing/connection.py:399"


def said(kind: str, message: str, surfaced: str | None = None, policy: Policy = STANDARD) -> str:
    error = CodeError("a", kind, message, "user", Span(0, 1), surfaced=surfaced)
    return " ".join(explained(error, PLAN, FILE, policy).notes)


@pytest.mark.parametrize("policy", [STANDARD, UNCONFINED])
def test_nobody_is_there_to_type(policy: Policy) -> None:
    assert "no standard input" in said("EOFError", "EOF when reading a line", policy=policy)


def test_managers_speak_through_sockets_that_no_node_has() -> None:
    assert "sockets with names" in said("EOFError", "", MANAGERS)
    assert not said("EOFError", "", MANAGERS, UNCONFINED)
    assert not said("EOFError", "Compressed file ended", "/usr/lib/python3.11/gzip.py:507")


def test_joblib_reads_what_is_closed_to_processes_of_a_node() -> None:
    assert "threading" in said("TerminatedWorkerError", "a worker was terminated")
    assert not said("TerminatedWorkerError", "a worker was terminated", policy=UNCONFINED)

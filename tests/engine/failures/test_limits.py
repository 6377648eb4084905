"""Who runs into a limit is told which one that is, and where it is set."""

import errno
import os
from pathlib import Path

import pytest

from codeact_lsp.engine.failures.denials import explained
from codeact_lsp.engine.failures.errors import CodeError, Linked
from codeact_lsp.plan import Plan, Span
from codeact_lsp.sandbox.levels import UNCONFINED, Level, Limits, Policy

FILE = Path("/work/it.plan.py")
PLAN = Plan.from_text("def a(): pass\n")
MB = 10**6
LIMITS = Limits(200 * MB, None, 7, 900, 8 * MB, 3 * MB, 1_500)
POLICY = Policy(Level.STRICT, Path("/work"), limits=LIMITS)
WHERE = "in [sandbox.limits] of your configuration, or of the workspace's pyproject.toml."


def notes(error: CodeError, policy: Policy = POLICY) -> tuple[str, ...]:
    """What is said beside."""
    return explained(error, PLAN, FILE, policy).notes


def error(message: str, kind: str = "OSError", category: str = "user") -> CodeError:
    return CodeError("a", kind, message, category, Span(0, 1))


def of_the_system(number: int) -> str:
    return f"[Errno {number}] {os.strerror(number)}"


@pytest.mark.parametrize(
    ("failure", "note"),
    [
        (
            error("", "MemoryError", "memory"),
            (
                "A node may use 200 MB of memory. The limit is 'Memory:' in the docstring of the "
                f"node, or else 'memory' {WHERE}"
            ),
        ),
        (
            error(f"{of_the_system(errno.ENOSPC)}: '/tmp/x'"),
            (
                "The scratch files of a node may take 3 MB, and there may be 1,500. The limits are "
                f"'scratch' and 'scratch-files' {WHERE}"
            ),
        ),
        (
            error(of_the_system(errno.EMFILE)),
            f"A process may have 900 files open at once. The limit is 'open-files' {WHERE}",
        ),
        (
            error(of_the_system(errno.EFBIG)),
            f"A file may be as large as 8 MB. The limit is 'file-size' {WHERE}",
        ),
        (
            error("can't start new thread", "RuntimeError"),
            (
                "A node may have 7 processes and threads at once, and each takes memory. The "
                f"limits are 'processes' and 'memory' {WHERE}"
            ),
        ),
    ],
)
def test_what_was_used_up_is_named_with_its_limit(failure: CodeError, note: str) -> None:
    assert notes(failure) == (note,)
    assert notes(failure, UNCONFINED) == ()


def test_what_lies_behind_a_failure_counts_as_well() -> None:
    behind = Linked("cause", "OSError", of_the_system(errno.EMFILE), None)
    failed = CodeError("a", "ValueError", "no", "user", Span(0, 1), linked=(behind,))
    (note,) = notes(failed)
    assert note.startswith("A process may have 900 files open")


def test_what_no_limit_explains_gets_no_note() -> None:
    assert notes(error(of_the_system(errno.ENOENT))) == ()
    assert notes(error("all was used up", "MemoryLimit", "memory")) == ()
    unbounded = Policy(Level.STRICT, limits=Limits(memory=None))
    assert notes(error("", "MemoryError", "memory"), unbounded) == ()

"""Check a model's answer as any candidate is checked, run it, and say what came of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.session import Engine
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.safety import sound
from codeact_lsp.repair.verify import Failure, Fix, verify


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a candidate: a fix, or why it is none."""

    fix: Fix | None = None
    said: str = ""


_UNSAFE = "it catches exceptions, brings what is not allowed here, or begins to write or to send"

Trial = Callable[[Failure, Candidate], Awaitable[Tried]]
"""Checks and runs a candidate."""


def trial_in(engine: Engine) -> Trial:
    """Trials that an engine carries out."""

    async def trial(failure: Failure, candidate: Candidate) -> Tried:
        # In a thread: a linter reads it, and editors wait on the loop.
        safe = await asyncio.to_thread(sound, failure.job, failure.error.node, [candidate])
        if not safe:
            return Tried(said=_UNSAFE)
        errors: list[CodeError] = []
        fix = await verify(engine, failure, candidate, errors.append)
        if fix:
            return Tried(fix)
        return Tried(said=_said(errors[-1]) if errors else "it does not end in time")

    return trial


def _said(error: CodeError) -> str:
    return f"run again, it fails with {error.headline}"

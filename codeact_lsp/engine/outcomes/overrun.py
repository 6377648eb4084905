"""Calls that the kernel ended, or part of them, since they used up what they might."""

import signal
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.engine.outcomes.outcome import Outcome, RawError
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.engine.values import Usage
from codeact_lsp.sandbox.levels import Limits

# For a limit the kernel counts ticks of the clock, which on a busy machine run ahead of the time.
_SURE = 0.75
WHERE = "in [sandbox.limits] of your configuration, or of the workspace's pyproject.toml"
MEMORY_LIMIT = "MemoryLimit"
"""The type of a failure of which the kernel's limit on several processes is the cause."""


def with_limit(outcome: Outcome, status: int, killed: int, limits: Limits) -> Outcome:
    """The same outcome; if a limit explains how it failed, it names that limit and its place.

    Args:
        outcome: How the call ended, as it looks.
        status: The exit status of its process; a negative one is the signal that ended it.
        killed: How many of its processes were ended since in sum they held too much memory.
        limits: What it might use.
    """
    error = outcome.error
    if error is None:
        return outcome  # It made its value all the same.
    if killed and status == -signal.SIGKILL:
        said, where = _memory(outcome.usage, limits)
        return replace(outcome, error=RawError(MEMORY_LIMIT, f"{said}.", "memory", notes=[where]))
    if _is_out_of_time(status, outcome.usage, limits):
        said = f"used up {limits.cpu:g} s of processor time, its limit"
        where = f"The limit is 'cpu' {WHERE}."
        return replace(outcome, error=RawError("Timeout", said, "timeout", notes=[where]))
    notes = [*error.notes, *_lost(outcome.usage, killed, limits)]
    return replace(outcome, error=replace(error, notes=notes))


def _is_out_of_time(status: int, usage: Usage, limits: Limits) -> bool:
    if limits.cpu is None:
        return False
    # Who does not heed the first signal gets the second one a second later.
    spent = usage.cpu >= limits.cpu * _SURE
    return status == -signal.SIGXCPU or (status == -signal.SIGKILL and spent)


def _lost(usage: Usage, killed: int, limits: Limits) -> Iterator[str]:
    """What a failure may come from that is the node's own."""
    if killed:
        said, where = _memory(usage, limits)
        who = "One process that it started was" if killed == 1 else f"{killed} processes were"
        yield f"{who} ended meanwhile: {said}. {where}"


def _memory(usage: Usage, limits: Limits) -> tuple[str, str]:
    """Which limit of memory was in the way, and where it is set."""
    own, together = limits.memory, limits.together
    if own is not None and usage.memory >= own:
        return (
            f"the node and what it started held more than {said_size(own)} of memory at once",
            f"The limit is 'Memory:' in the docstring of the node, or else 'memory' {WHERE}.",
        )
    most = said_size(together) if together else "three quarters of the machine's memory"
    return (
        f"all nodes at work held more than {most} in sum",
        f"The limit is 'together' {WHERE}.",
    )

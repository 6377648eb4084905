"""What calls took, in words: all of it, or only what is out of the ordinary."""

from collections.abc import Iterator

from codeact_lsp.engine.run.modes import said_time
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.engine.values import Usage

# What is below these is as good as nothing: every node takes as much.
_LEAST_BYTES = 100_000
_NOTABLE_BYTES = 100_000_000
_NOTABLE_MEMORY = 500_000_000
_NOTABLE_SECONDS = 1.0
# To make a process and to take it down counts as its work, though not as a part of the call.
_AROUND_SECONDS = 0.05
_NOTABLE_PROCESSORS = 1.5


def told(usage: Usage) -> str:
    """All of it, in a sentence or two; empty if nobody measured it."""
    if not usage.wall:
        return ""
    parts = [said_time(usage.wall)]
    if usage.cpu:
        if usage.cpu > usage.wall + _AROUND_SECONDS:
            parts[0] += f", and {said_time(usage.cpu)} of processors"
        else:
            parts[0] += f", of which {said_time(min(usage.cpu, usage.wall))} on a processor"
    if usage.memory:
        parts.append(f"at most {said_size(usage.memory)} of memory")
    moved = " and ".join(_moved(usage))
    return f"Took {'; '.join(parts)}.{f' It {moved}.' if moved else ''}"


def notable(usage: Usage) -> str:
    """What of it somebody may have to know, in a few words; mostly nothing."""
    parts: list[str] = []
    if usage.cpu >= max(_NOTABLE_SECONDS, usage.wall * _NOTABLE_PROCESSORS):
        parts.append(f"{said_time(usage.cpu)} of processors")
    if usage.memory >= _NOTABLE_MEMORY:
        parts.append(f"{said_size(usage.memory)} of memory")
    parts += (
        f"{doing} {said_size(count)}"
        for doing, count in (("read", usage.read or 0), ("wrote", usage.written or 0))
        if count >= _NOTABLE_BYTES
    )
    return ", ".join(parts)


def _moved(usage: Usage) -> Iterator[str]:
    for doing, count, disk, where in (
        ("read", usage.read, usage.disk_read, "from a disk"),
        ("wrote", usage.written, usage.disk_written, "to a disk"),
    ):
        if max(count or 0, disk or 0) >= _LEAST_BYTES:
            said = f"{doing} {said_size(count or 0)}"
            yield f"{said} ({said_size(disk)} {where})" if disk is not None else said

"""Which processes there are below one."""

from pathlib import Path


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    below = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        own = [int(child) for child in below.read_text().split()]
    except OSError:  # It has ended.
        return []
    return [process for child in own for process in (child, *descendants(child))]

"""What the system says of a process: its memory and its processor time."""

from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def memory_mb(pid: int) -> float:
    """Resident memory of a process and all its descendants, in MB (of 1,000,000 bytes)."""
    return sum(_resident_kib(each) for each in family(pid)) * 1024 / 1e6


def processor_seconds(pid: int) -> float:
    """Time that all threads of a process have spent on a processor."""
    spent = (_read(thread / "schedstat") for thread in (_PROC / str(pid) / "task").iterdir())
    return sum(int(text.split()[0]) for text in spent if text) / 1e9


def family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    for thread in _threads(pid):
        for child in _read(thread / "children").split():
            yield from family(int(child))


def _threads(pid: int) -> list[Path]:
    """The threads of a process; none if it has ended meanwhile."""
    try:
        return list((_PROC / str(pid) / "task").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return []


def _resident_kib(pid: int) -> int:
    for line in _read(_PROC / str(pid) / "status").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def _read(path: Path) -> str:
    """The text of a file of a process; nothing if the process has ended meanwhile."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""

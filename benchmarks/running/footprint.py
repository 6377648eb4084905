"""The memory of a tree of processes while it works."""

import threading
from pathlib import Path
from typing import Self

from benchmarks.processes import family

_EVERY_SECONDS = 0.02


def shared_out_mb(pid: int) -> float:
    """Memory of a process and all its descendants in MB; what several share counts once.

    Pages of files count as long as they are mapped.
    """
    return sum(_proportional_kib(each) for each in family(pid)) * 1024 / 1e6


class Footprint:
    """Samples the memory of a process's tree from its entry to its exit.

    Attributes:
        peak_mb: The most that was seen.
    """

    def __init__(self, pid: int) -> None:
        self.peak_mb = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            self.peak_mb = max(self.peak_mb, shared_out_mb(self._pid))


def _proportional_kib(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0  # It has ended meanwhile.
    lines = (line.split() for line in text.splitlines())
    return next((int(words[1]) for words in lines if words[0] == "Pss:"), 0)

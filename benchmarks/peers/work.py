"""What nodes do that are not trivial."""

import time
from pathlib import Path
from typing import Any

COLUMNS = 5


def burn(seconds: float) -> int:
    """Keep a processor busy for so long; waiting for one does not count."""
    end = time.thread_time() + seconds
    rounds = 0
    while time.thread_time() < end:
        rounds += 1
    return rounds


def rest(seconds: float) -> float:
    """Wait."""
    time.sleep(seconds)
    return seconds


def large(kind: str, megabytes: int) -> Any:
    """An array of that size, or a table of five columns."""
    import numpy as np  # noqa: PLC0415 - not every engine has it.

    rows = megabytes * 1_000_000 // 8
    if kind == "array":
        return np.ones(rows)
    import pandas as pd  # type: ignore[import-untyped]  # noqa: PLC0415 - nor this.

    rows //= COLUMNS
    return pd.DataFrame({f"c{each}": np.ones(rows) for each in range(COLUMNS)})


def consume(value: Any) -> tuple[float, float]:
    """The sum of all that is in it, and what memory of its own the process has meanwhile."""
    columns = [value[each].to_numpy() for each in value] if hasattr(value, "columns") else [value]
    return float(sum(column.sum() for column in columns)), own_megabytes()


def own_megabytes() -> float:
    """Memory of this process that no other one shares and that no file is behind."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines():
        if line.startswith("Pss_Anon:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError("the kernel does not say what memory is a process's own")

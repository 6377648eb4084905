"""Timings as people read them: the median, the 95th percentile, and of how many."""

import gc
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


@dataclass
class Samples:
    """Timings of one kind of work, in milliseconds."""

    values: list[float] = field(default_factory=list)

    def add(self, seconds: float) -> None:
        """Take in one timing."""
        self.values.append(seconds * 1000)

    def time(
        self, work: Callable[_Given, _Result], *args: _Given.args, **kwargs: _Given.kwargs
    ) -> _Result:
        """Do the work, take in how long it took, and give what it gave."""
        begin = time.perf_counter()
        result = work(*args, **kwargs)
        self.add(time.perf_counter() - begin)
        return result

    @property
    def p50(self) -> float:
        """The median; NaN of nothing."""
        return median(self.values) if self.values else math.nan

    @property
    def p95(self) -> float:
        """The 95th percentile; NaN of nothing."""
        return percentile(self.values, 95)

    @property
    def p99(self) -> float:
        """The 99th percentile; NaN of nothing."""
        return percentile(self.values, 99)


def percentile(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile: always one of the values, never one between two of them."""
    if not values:
        return math.nan
    rank = math.ceil(len(values) * percent / 100)
    return sorted(values)[max(rank, 1) - 1]


def merged(series: Sequence[Samples]) -> Samples:
    """All timings of several series as one."""
    return Samples([value for samples in series for value in samples.values])


@contextmanager
def collector_off() -> Iterator[None]:
    """Without garbage collection, which makes a full parse up to twice as fast."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

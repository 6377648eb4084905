"""loky, and what joblib makes of it: arguments in memory maps, and results on disk."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import joblib
import loky

from benchmarks.peers.driving import Case, Settings, main
from benchmarks.peers.modules import load
from benchmarks.peers.pools import Pool
from benchmarks.peers.rerun import again
from benchmarks.peers.shapes import Graph, name
from benchmarks.peers.tasks import WORKERS, tasks
from benchmarks.peers.work import consume, large


@contextmanager
def _loky() -> Iterator[Pool]:
    with loky.get_reusable_executor(max_workers=WORKERS) as executor:
        yield Pool(executor)


class _Memmap:
    """joblib's own way to hand on what is large; it knows no graphs."""

    def __init__(self, parallel: Any) -> None:
        self._parallel = parallel

    def graph(self, made: Graph) -> Callable[[], int]:
        """What calls the nodes in order, each in a worker."""
        raise NotImplementedError("joblib knows no graphs")

    def together(self, work: Callable[[float], Any], each: Sequence[float]) -> Callable[[], Any]:
        """What does the work as many times at once."""
        return lambda: self._parallel(joblib.delayed(work)(seconds) for seconds in each)

    def handed_on(self, kind: str, megabytes: int) -> Callable[[], tuple[float, float]]:
        """What makes a value in one worker and consumes it in another."""

        def work() -> tuple[float, float]:
            (value,) = self._parallel([joblib.delayed(large)(kind, megabytes)])
            (found,) = self._parallel([joblib.delayed(consume)(value)])
            return float(found[0]), float(found[1])

        return work


@contextmanager
def _memmap() -> Iterator[_Memmap]:
    with joblib.Parallel(n_jobs=WORKERS, max_nbytes="1M") as parallel:
        yield _Memmap(parallel)


def _rerun(settings: Settings) -> Iterator[Case]:
    yield settings["case"], lambda: again(settings, _remembered)


def _remembered(file: Path, made: Graph, kept: Path) -> tuple[int, int]:
    """All nodes by plain calls, each through `joblib.Memory`."""
    # As deep as its own calls of other functions go.
    sys.setrecursionlimit(10_000)
    module = load(file)
    memory = joblib.Memory(kept, verbose=0)
    results: list[int] = []
    for number, before in enumerate(made):
        node = memory.cache(getattr(module, name(number)))
        results.append(node(*[results[each] for each in before]))
    return results[-1], len(module._RAN)  # noqa: SLF001 - the tally that the text was given.


if __name__ == "__main__":
    main(
        {
            **tasks("loky", _loky),
            **tasks("memmap", _memmap),
            ("memory", "rerun"): _rerun,
        }
    )

"""Hamilton: its driver as it comes, with its cache, and with nodes in processes."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from hamilton import driver
from hamilton.execution import executors

from benchmarks.peers.driving import Case, Measured, Settings, main
from benchmarks.peers.modules import helpers, load
from benchmarks.peers.rerun import again
from benchmarks.peers.shapes import Graph, module, name
from benchmarks.peers.tasks import WORKERS, tasks

_PARALLEL = """
from hamilton.htypes import Collect, Parallelizable


def each(seconds: list) -> Parallelizable[float]:
    for one in seconds:
        yield one


def done(each: float) -> float:
    return float(_{work}(each))


def all_done(done: Collect[float]) -> int:
    return len(list(done))
"""


class _Hamilton:
    """The driver that runs nodes in this process, one after another, maybe with its cache."""

    def __init__(self, folder: Path, *, cached: bool) -> None:
        self._folder = folder
        self._cached = cached
        self._numbers = count()

    def graph(self, made: Graph) -> Callable[[], int]:
        """What runs a graph, and gives the value of its last node."""
        kept = self._folder / f"kept_{next(self._numbers)}"
        built = _driver(self._module(module(made)), kept if self._cached else None)
        ends = _ends(made)
        return lambda: int(built.execute(ends)[ends[-1]])

    def together(self, work: Callable[[float], Any], each: Sequence[float]) -> Callable[[], Any]:
        """What does the work as many times at once, in processes."""
        built = (
            driver.Builder()
            .with_modules(self._module(helpers() + _PARALLEL.format(work=work.__name__)))
            .enable_dynamic_execution(allow_experimental_mode=True)
            .with_remote_executor(executors.MultiProcessingExecutor(max_tasks=WORKERS))
            .build()
        )
        return lambda: built.execute(["all_done"], inputs={"seconds": list(each)})

    def handed_on(self, kind: str, megabytes: int) -> Callable[[], tuple[float, float]]:
        """Nothing is handed on: all is one process."""
        raise NotImplementedError("Hamilton's nodes share one process")

    def _module(self, text: str) -> ModuleType:
        file = self._folder / f"nodes_{next(self._numbers)}.py"
        file.write_text(text, encoding="utf-8")
        return load(file)


def _driver(nodes: ModuleType, kept: Path | None) -> Any:
    builder = driver.Builder().with_modules(nodes)
    return (builder.with_cache(path=kept) if kept else builder).build()


def _ends(made: Graph) -> list[str]:
    used = {each for before in made for each in before}
    return [name(number) for number in range(len(made)) if number not in used]


@contextmanager
def _plain() -> Iterator[_Hamilton]:
    with tempfile.TemporaryDirectory() as folder:
        yield _Hamilton(Path(folder), cached=False)


@contextmanager
def _cached() -> Iterator[_Hamilton]:
    with tempfile.TemporaryDirectory() as folder:
        yield _Hamilton(Path(folder), cached=True)


def _rerun(settings: Settings) -> Iterator[Case]:
    yield settings["case"], lambda: _again(settings)


def _again(settings: Settings) -> Measured:
    return again(settings, _executed)


def _executed(file: Path, made: Graph, kept: Path) -> tuple[int, int]:
    nodes, ends = load(file), _ends(made)
    value = _driver(nodes, kept).execute(ends)[ends[-1]]
    return int(value), len(nodes._RAN)  # noqa: SLF001 - the tally that the text was given.


if __name__ == "__main__":
    # As deep as its own walk of a chain goes, which Python's limit would end.
    sys.setrecursionlimit(20_000)
    main({**tasks("plain", _plain), **tasks("cached", _cached), ("cached", "rerun"): _rerun})

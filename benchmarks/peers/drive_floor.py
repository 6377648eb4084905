"""What nothing can be faster than: plain calls, a bare fork; and the pool of Python itself."""

import importlib
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from benchmarks.peers.driving import Case, Measured, Settings, main, timed
from benchmarks.peers.pools import Pool
from benchmarks.peers.shapes import Graph, graph, values
from benchmarks.peers.tasks import WORKERS, tasks


@contextmanager
def _pool() -> Iterator[Pool]:
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("fork")) as executor:
        yield Pool(executor)


def _calls(settings: Settings) -> Iterator[Case]:
    for shape in settings["shapes"]:
        yield shape, partial(_plain, graph(shape, settings["nodes"]), settings["repeats"])


def _plain(made: Graph, repeats: int) -> Measured:
    return Measured([timed(lambda: values(made)) for _ in range(repeats)])


def _forks(settings: Settings) -> Iterator[Case]:
    yield "bare", lambda: _forked(settings["forks"])
    for library in settings["libraries"]:
        importlib.import_module(library)
    yield "libraries", lambda: _forked(settings["forks"])


def _forked(times: int) -> Measured:
    return Measured([timed(_fork) for _ in range(times)])


def _fork() -> None:
    if not (pid := os.fork()):
        os._exit(0)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main(
        {("calls", "overhead"): _calls, ("fork", "isolated"): _forks, **tasks("processpool", _pool)}
    )

"""The tasks that every engine is given, over the three things that it has to be able to do."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Protocol

from benchmarks.peers.driving import Case, Measured, Settings, Task, require, timed
from benchmarks.peers.shapes import Graph, graph, values
from benchmarks.peers.work import burn, rest

# Of every engine that has any.
WORKERS = 2
_WARM_MEGABYTES = 1


class Engine(Protocol):
    """Something that runs nodes."""

    def graph(self, made: Graph) -> Callable[[], int]:
        """What runs a graph of trivial nodes, and gives the value of the last one."""

    def together(self, work: Callable[[float], Any], each: Sequence[float]) -> Callable[[], Any]:
        """What does the work as many times, with nothing between them to wait for."""

    def handed_on(self, kind: str, megabytes: int) -> Callable[[], tuple[float, float]]:
        """What makes a large value in one node and consumes it in another."""


Open = Callable[[], AbstractContextManager[Engine]]


def tasks(variant: str, opened: Open) -> dict[tuple[str, str], Task]:
    """The table of a driver for one variant of its engine."""
    named = {"overhead": _overhead, "together": _together, "passing": _passing}
    return {(variant, name): partial(task, opened) for name, task in named.items()}


def _overhead(opened: Open, settings: Settings) -> Iterator[Case]:
    with opened() as engine:
        engine.graph([[]])()
        for shape in settings["shapes"]:
            made = graph(shape, settings["nodes"])
            yield shape, partial(_graph, engine, made, settings["repeats"])


def _graph(engine: Engine, made: Graph, repeats: int) -> Measured:
    expected = values(made)[-1]
    return Measured([timed(engine.graph(made), expected) for _ in range(repeats)])


def _together(opened: Open, settings: Settings) -> Iterator[Case]:
    rests, burns = settings["rest"], settings["burn"]
    with opened() as engine:
        # Every worker is there, and has seen the work.
        engine.together(rest, [0.1] * WORKERS)()
        yield "rest", partial(_at_once, engine, rest, rests)
        yield "burn", partial(_at_once, engine, burn, burns)


def _at_once(engine: Engine, work: Callable[[float], Any], each: Sequence[float]) -> Measured:
    return Measured([timed(engine.together(work, each))])


def _passing(opened: Open, settings: Settings) -> Iterator[Case]:
    with opened() as engine:
        kind, megabytes = settings["kind"], settings["megabytes"]
        # The libraries are loaded, and what they take is no part of the value.
        _, before = engine.handed_on(kind, _WARM_MEGABYTES)()
        yield kind, partial(_handed_on, engine, kind, megabytes, before)


def _handed_on(engine: Engine, kind: str, megabytes: int, before: float) -> Measured:
    found: list[tuple[float, float]] = []
    work = engine.handed_on(kind, megabytes)
    seconds = timed(lambda: found.append(work()))
    total, own = found[0]
    require(total, megabytes * 1_000_000 / 8)
    return Measured([seconds], {"own_mb": own - before})

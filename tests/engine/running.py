"""Run a plan and look at what became of it. In a plan's text, `«»` mark a place to be checked."""

import asyncio
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any, TypeVar

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span
from codeact_lsp.worker import values

_E = TypeVar("_E", bound=events.Event)
_BECAME: Mapping[type[events.Event], str] = {
    events.NodeSucceeded: "ran",
    events.NodeCached: "cached",
    events.NodeFailed: "failed",
    events.NodeBlocked: "blocked",
    events.NodeCancelled: "cancelled",
}


@dataclass(frozen=True)
class Ran:
    """A run that is over."""

    plan: Plan
    engine: Engine
    events: list[events.Event]

    def of(self, kind: type[_E], node: str | None = None) -> list[_E]:
        """The events of one kind, of all nodes or of one."""
        found = [event for event in self.events if isinstance(event, kind)]
        return [event for event in found if node in {None, getattr(event, "node", None)}]

    @property
    def status(self) -> str:
        """How the run ended."""
        (finished,) = self.of(events.RunFinished)
        return finished.status

    @property
    def became(self) -> dict[str, str]:
        """What became of each node, in the order in which it did."""
        ends = [event for event in self.events if type(event) in _BECAME]
        return {str(getattr(event, "node", "")): _BECAME[type(event)] for event in ends}

    @property
    def errors(self) -> dict[str, CodeError]:
        """The errors of the nodes that failed."""
        return {event.node: event.error for event in self.of(events.NodeFailed)}

    @property
    def results(self) -> dict[str, Result]:
        """The results of the nodes that have one."""
        ran = {event.node: event.result for event in self.of(events.NodeSucceeded)}
        return ran | {event.node: event.result for event in self.of(events.NodeCached)}

    def value(self, node: str) -> Any:
        """A node's value, loaded as a worker would."""
        descriptor = self.engine.store.open_blob(self.results[node].blob)
        try:
            return values.load(descriptor)
        finally:
            os.close(descriptor)

    def output(self, node: str, stream: str = "stdout") -> str:
        """All that a node wrote to a stream."""
        told = self.of(events.NodeOutput, node)
        return "".join(event.text for event in told if event.stream == stream)

    def why(self, node: str) -> str:
        """Why a node ran although results are kept, or why it did not."""
        whys = [event.why for event in self.of(events.NodeStarted, node)]
        whys += [event.why for event in self.of(events.NodeCached, node)]
        (why,) = whys
        return why

    def text(self, span: Span | None) -> str | None:
        """The plan's text at a span."""
        return self.plan.source.text[span.start : span.end] if span else None


def marked(text: str) -> tuple[str, list[Span]]:
    """A text without its `«»`, and the spans that they enclosed."""
    parts = re.split("([«»])", dedent(text).lstrip("\n"))
    plain, starts, spans = "", [], []
    for part in parts:
        if part == "«":
            starts.append(len(plain))
        elif part == "»":
            spans.append(Span(starts.pop(), len(plain)))
        else:
            plain += part
    return plain, sorted(spans)


async def run_plan(
    engine: Engine, folder: Path, text: str, wanted: Iterable[str] = (), **settings: Any
) -> Ran:
    """Run a plan that lies in `folder` to the end of the run."""
    plan, file = write_plan(folder, text)
    run = engine.run(make_job(plan, file, select(plan, wanted), **settings))
    return Ran(plan, engine, [event async for event in run])


def write_plan(folder: Path, text: str) -> tuple[Plan, Path]:
    """Save a plan, and read it as the engine does."""
    plain, _ = marked(text)
    file = folder / "it.plan.py"
    file.write_text(plain, encoding="utf-8", newline="")
    return Plan.from_text(plain), file


async def failed(engine: Engine, folder: Path, text: str) -> tuple[CodeError, Ran, list[Span]]:
    """The one failure of a plan, the run, and the marked places."""
    ran = await run_plan(engine, folder, text)
    (error,) = ran.errors.values()
    return error, ran, marked(text)[1]


async def check_failure(
    engine: Engine, folder: Path, text: str, headline: str, category: str, **settings: Any
) -> CodeError:
    """Run a plan whose one failing node is to fail at the place that `«»` mark."""
    ran = await run_plan(engine, folder, text, **settings)
    (error,) = ran.errors.values()
    _, (place,) = marked(text)
    assert (error.headline, error.category) == (headline, category)
    assert ran.text(error.span) == ran.text(place)
    assert error.span == place
    return error


def alive(pid: int) -> bool:
    """Whether a process still runs; one that nobody has waited for yet does not."""
    try:
        stat = Path("/proc", str(pid), "stat").read_bytes()
    except OSError:
        return False
    return stat.rpartition(b")")[2].split()[0] not in {b"Z", b"X"}


async def wait_until_gone(pid: int) -> None:
    """Wait, with a deadline, until a process has ended."""
    async with asyncio.timeout(20):
        while alive(pid):  # noqa: ASYNC110 - nothing tells when a process of others ends.
            await asyncio.sleep(0.01)

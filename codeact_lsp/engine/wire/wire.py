"""Events, problems and graphs as plain JSON data: the form that scripts and editors get.

Positions are those of the Language Server Protocol: 0-based lines and UTF-16 characters.
"""

from dataclasses import asdict, fields
from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.history.metrics import Metrics, NodeMetrics
from codeact_lsp.engine.history.records import Record
from codeact_lsp.engine.values import Result, Usage
from codeact_lsp.engine.wire.wire_plan import graph, problem, span
from codeact_lsp.plan import Source

__all__ = ["VERSION", "error", "event", "graph", "metrics", "problem", "result", "span", "usage"]

VERSION = 1


def event(happened: events.Event, source: Source) -> dict[str, Any]:
    """An event; `source` is the text that the run is of."""
    data: dict[str, Any] = {"event": type(happened).__name__, "version": VERSION}
    for field in fields(happened):
        value = getattr(happened, field.name)
        if isinstance(value, CodeError):
            value = error(value, source)
        elif isinstance(value, Result):
            value = result(value)
        elif isinstance(value, Metrics):
            value = metrics(value)
        elif isinstance(value, Usage):
            value = usage(value)
        data[field.name] = value
    if isinstance(happened, events.NodeSucceeded):
        data["usage"] = usage(happened.result.usage)
    return data


def error(failure: CodeError, source: Source) -> dict[str, Any]:
    """A failure. `range` is Python's own, of the innermost frame inside the plan."""
    data = {
        "type": failure.type,
        "message": failure.message,
        "category": failure.category,
        "range": span(failure.span, source),
        "frames": [
            {"function": frame.function, "range": span(frame.span, source)}
            for frame in failure.frames
        ],
        "values": [
            {"text": value.text, "value": value.value, "type": value.type, "input": value.input}
            for value in failure.values
        ],
        "notes": list(failure.notes),
        "surfaced": failure.surfaced,
        "related": _related(failure, source),
    }
    if failure.focus:
        data["focus"] = span(failure.focus, source)
    if failure.denied:
        data["denied"] = asdict(failure.denied)
    return data


def _related(failure: CodeError, source: Source) -> list[dict[str, Any]]:
    """Other places that belong to a failure: the value's origin, causes, members of a group."""
    related: list[dict[str, Any]] = [
        {
            "kind": linked.how,
            "message": linked.headline,
            "range": span(linked.span, source) if linked.span else None,
            "depth": linked.depth,
        }
        for linked in failure.linked
    ]
    return [*(_origin(blame, source) for blame in failure.origins), *related]


def _origin(blame: Blame, source: Source) -> dict[str, Any]:
    return {
        "kind": "origin",
        "message": blame.message,
        "range": span(blame.span, source),
        "node": blame.node,
        "likely": blame.likely,
    }


def result(made: Result) -> dict[str, Any]:
    """A node's value, as far as it can be told without loading it."""
    return {
        "type": made.preview.type,
        "size": made.preview.size,
        "preview": made.preview.text,
        "digest": made.blob.digest,
        "bytes": made.blob.size,
        "wall": made.usage.wall,
        "cpu": made.usage.cpu or None,
        "memory": made.usage.memory or None,
        "effects": [asdict(effect) for effect in made.effects],
    }


def usage(took: Usage | NodeMetrics | Record) -> dict[str, Any]:
    """What a call took: seconds and bytes; null is what nobody knows, and never nothing."""
    return {
        "wall": took.wall,
        # No process does without either.
        "cpu": took.cpu or None,
        "memory": took.memory or None,
        "read": took.read,
        "written": took.written,
        "diskRead": took.disk_read,
        "diskWritten": took.disk_written,
    }


def metrics(measured: Metrics) -> dict[str, Any]:
    """What a run took: seconds and bytes."""
    return {
        "seconds": measured.seconds,
        "workers": measured.workers,
        "work": measured.work,
        "efficiency": measured.efficiency,
        "criticalPath": list(measured.critical_path),
        "criticalSeconds": measured.critical_seconds,
        "saved": measured.saved,
        "queued": measured.queued,
        "nodes": [
            {
                "node": node.node,
                "outcome": node.outcome,
                "start": node.start,
                "end": node.end,
                **usage(node),
                "bytes": node.size,
                "queued": node.queued,
            }
            for node in measured.nodes
        ],
    }

"""Above the plan and above each node: run it, and what is known of it."""

from collections.abc import Iterator

from lsprotocol import types as lsp

from codeact_lsp.plan import Span
from codeact_lsp.server.board import Seen, Status
from codeact_lsp.server.session import Snapshot

_MARKS = {Status.DONE: "✓", Status.REUSED: "✓", Status.FAILED: "✗", Status.BLOCKED: "–"}
_REUSED = {"trial": "ran while a fix was tried"}


def code_lenses(snapshot: Snapshot, _params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    """All lenses, in the order of the text."""
    if not snapshot.plan.nodes:
        return []
    lenses = list(_plan(snapshot))
    for name, definition in snapshot.plan.nodes.items():
        place = snapshot.range(definition.span(definition.node.name_span))
        lenses += _node(snapshot, name, place)
    return lenses


def _plan(snapshot: Snapshot) -> Iterator[lsp.CodeLens]:
    place = snapshot.range(Span(0, 0))
    if snapshot.running:
        yield _lens(place, "■ Cancel", "codeact.cancel", uri=snapshot.uri)
        return
    known = sum(seen.result is not None for seen in snapshot.seen.values())
    nodes = len(snapshot.plan.nodes)
    title = f"▶ Run plan ({nodes - known} of {nodes} to run)"
    yield _lens(place, title, "codeact.runPlan", uri=snapshot.uri)


def _node(snapshot: Snapshot, name: str, place: lsp.Range) -> Iterator[lsp.CodeLens]:
    yield _lens(place, "▶ Run", "codeact.runNode", uri=snapshot.uri, node=name)
    if snapshot.plan.graph.dependents(name):
        yield _lens(
            place,
            "▶ Run with downstream",
            "codeact.runNode",
            uri=snapshot.uri,
            node=name,
            downstream=True,
        )
    if seen := snapshot.seen.get(name):
        # A lens without a command is text; most editors show one with an empty command so.
        yield _lens(place, state(seen), "")


def state(seen: Seen) -> str:
    """What is known of a node, on one line."""
    mark = _MARKS.get(seen.status, "")
    if seen.result:
        parts = [f"{mark} {duration(seen.result.usage.wall)}", seen.result.preview.line]
        if seen.status is Status.REUSED:
            parts.append(_REUSED.get(seen.result.origin, "reused"))
        return " · ".join(part for part in parts if part)
    if seen.error:
        return f"{mark} {_first_line(seen.error.headline)}"
    if seen.status is Status.BLOCKED:
        return f"{mark} needs {', '.join(seen.by)}"
    return f"{seen.status.value} …"


def _first_line(headline: str) -> str:
    """The first line, cut to what fits; an exception may bear no name and no message."""
    return next(iter(headline.splitlines()), "")[:100] or "failed"


def duration(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 1:
        return f"{seconds * 1000:,.0f} ms"
    return f"{seconds:,.1f} s"


def _lens(place: lsp.Range, title: str, command: str, **arguments: object) -> lsp.CodeLens:
    return lsp.CodeLens(
        range=place,
        command=lsp.Command(
            title=title, command=command, arguments=[arguments] if arguments else None
        ),
    )

"""Above the plan and above each node: run it, and what is known of it."""

from collections.abc import Iterator

from lsprotocol import types as lsp

from codeact_lsp.engine.effects import verdict
from codeact_lsp.engine.forecast import Forecast
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
        yield lsp.CodeLens(range=place, command=of_plan(snapshot, None))
    else:  # What a run would do takes a look at files, so it is told when the lens is shown.
        yield lsp.CodeLens(range=place, data={"uri": snapshot.uri})


def of_plan(snapshot: Snapshot, expected: Forecast | None) -> lsp.Command:
    """What can be done with a plan; `expected` is what a run would do, if that can be told."""
    if snapshot.running:
        return _command("■ Cancel", "codeact.cancel", uri=snapshot.uri)
    nodes = len(snapshot.plan.nodes)
    reused = len(expected.prospects) - expected.to_run if expected else 0
    about = [f"{nodes - reused} of {nodes} to run"]
    if expected and expected.to_run and expected.choice.seconds is not None:
        about.append(f"~{duration(expected.choice.seconds)}")
    return _command(f"▶ Run plan ({', '.join(about)})", "codeact.runPlan", uri=snapshot.uri)


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
        cache = snapshot.plan.nodes[name].node.directives.cache
        yield _lens(place, state(seen, cache=cache), "")


def state(seen: Seen, *, cache: bool | None = None) -> str:
    """What is known of a node, on one line; `cache` is what its docstring says of reuse."""
    mark = _MARKS.get(seen.status, "")
    if seen.result:
        parts = [f"{mark} {duration(seen.result.usage.wall)}", seen.result.preview.line]
        if seen.status is Status.REUSED:
            parts.append(_REUSED.get(seen.result.origin, "reused"))
        parts.append(verdict(seen.result.effects, cache=cache))
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
    return lsp.CodeLens(range=place, command=_command(title, command, **arguments))


def _command(title: str, command: str, **arguments: object) -> lsp.Command:
    return lsp.Command(title=title, command=command, arguments=[arguments] if arguments else None)

"""Above the plan and above each node: run it, and what is known of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lsprotocol import types as lsp

from codeact_lsp.engine.costs import notable
from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.history.forecast import Forecast
from codeact_lsp.engine.reuse.effects import verdict
from codeact_lsp.engine.run.modes import said_time
from codeact_lsp.plan import Piece
from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.structure.latest import latest
from codeact_lsp.plan.visible import visible
from codeact_lsp.server.anchor import Anchor, anchored
from codeact_lsp.server.board import Seen, Status
from codeact_lsp.server.snapshot import Snapshot
from codeact_lsp.server.written import Movable, Written, array, written

_MARKS = {Status.DONE: "✓", Status.REUSED: "✓", Status.FAILED: "✗", Status.BLOCKED: "–"}
_REUSED = {"trial": "ran while a fix was tried"}
_TOP = {end: {"line": 0, "character": 0} for end in ("start", "end")}


def code_lenses(snapshot: Snapshot, _params: lsp.CodeLensParams) -> Written:
    """All lenses, in the order of the text."""
    if not snapshot.plan.nodes:
        return array(())
    return array([_above_plan(snapshot), *_above_nodes(snapshot)])


def _above_plan(snapshot: Snapshot) -> str:
    if snapshot.running:
        return written({"range": _TOP, "command": _of_plan(snapshot, None)})
    # What a run would do takes a look at files, so it is told when the lens is shown.
    return written({"range": _TOP, "data": {"uri": snapshot.uri}})


def _above_nodes(snapshot: Snapshot) -> Iterator[str]:
    plan, table = snapshot.plan, snapshot.plan.table
    for index, (piece, anchor) in enumerate(anchored(plan.document, snapshot.encoding)):
        for node in piece.nodes:
            if table.holds(node, index):
                level = anchor._replace(line=0)
                yield _of_node(piece, node, level, _about(snapshot, node)).at(anchor.line)


class _About(NamedTuple):
    """What the lenses of a node say: whether others need it, and what is known of it."""

    uri: str
    needed: bool
    debugs: bool
    known: str | None


def _about(snapshot: Snapshot, node: Node) -> _About:
    seen = snapshot.seen.get(node.name)
    known = state(seen, cache=node.directives.cache) if seen else None
    needed = node.name in snapshot.plan.graph.mentions
    return _About(snapshot.uri, needed, snapshot.client.debugs, known)


@latest
def _of_node(piece: Piece, node: Node, anchor: Anchor, about: _About) -> Movable:
    """The lenses above a node."""
    place = anchor.place(piece, node.name_span)
    run, arguments = "codeact.runNode", {"uri": about.uri, "node": node.name}
    commands = [_command("▶ Run", run, **arguments)]
    if about.known is not None:
        # A lens without a command is text; most editors show one with an empty command so. What is
        # known comes before what can be done besides: a narrow editor cuts off the end.
        commands.append(_command(about.known, ""))
    if about.needed:
        commands.append(_command("▶ Run with downstream", run, **arguments, downstream=True))
    if about.debugs:
        commands.append(_command("Debug", "codeact.debugNode", **arguments))
    return Movable.of(*({"range": place, "command": command} for command in commands))


def of_plan(snapshot: Snapshot, expected: Forecast | None) -> lsp.Command:
    """What can be done with a plan; `expected` is what a run would do, if that can be told."""
    return lsp.Command(**_of_plan(snapshot, expected))


def _of_plan(snapshot: Snapshot, expected: Forecast | None) -> dict[str, Any]:
    if snapshot.running:
        return _command("■ Cancel", "codeact.cancel", uri=snapshot.uri)
    nodes = len(snapshot.plan.nodes)
    reused = len(expected.prospects) - expected.to_run if expected else 0
    about = [f"{nodes - reused} of {nodes} to run"]
    if expected and expected.to_run and expected.choice.seconds is not None:
        about.append(f"~{said_time(expected.choice.seconds)}")
    return _command(f"▶ Run plan ({', '.join(about)})", "codeact.runPlan", uri=snapshot.uri)


def state(seen: Seen, *, cache: bool | None = None) -> str:
    """What is known of a node, on one line; `cache` is what its docstring says of reuse."""
    return visible(_state(seen, cache=cache))


def _state(seen: Seen, *, cache: bool | None) -> str:
    mark = _MARKS.get(seen.status, "")
    if seen.result:
        wall = seen.result.usage.wall
        took = f"{mark} {said_time(wall)}" if wall else mark  # Nobody measures who is debugged.
        parts = [took, seen.result.preview.brief]
        if seen.status is Status.REUSED:
            parts.append(_REUSED.get(seen.result.origin, "reused"))
        parts.append(notable(seen.result.usage))
        parts.append(verdict(seen.result.effects, cache=cache))
        return " · ".join(part for part in parts if part)
    if seen.error:
        parts = [f"{mark} {brief(seen.error)}", notable(seen.usage)]
        return " · ".join(part for part in parts if part)
    if seen.status is Status.BLOCKED:
        return f"{mark} needs {', '.join(seen.by)}"
    return f"{seen.status.value} …"


def brief(error: CodeError) -> str:
    """The first line, cut to what fits; an exception may bear no name and no message.

    What was refused goes before it: the exception may tell of a network that does not answer.
    """
    line = next(iter(error.headline.splitlines()), "")
    if error.category == "denied" and error.denied:
        line = f"denied {error.denied.right} {error.denied.what}: {line}"
    return visible(line[:100]) or "failed"


def _command(title: str, command: str, **arguments: object) -> dict[str, Any]:
    said: dict[str, Any] = {"title": title, "command": command}
    return {**said, "arguments": [arguments]} if arguments else said

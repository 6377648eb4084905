"""`codeact.states`: what is known of each node, for clients that draw it themselves."""

from typing import TYPE_CHECKING, Any

from codeact_lsp.engine.wire import wire
from codeact_lsp.plan import relocate
from codeact_lsp.server.board import Seen
from codeact_lsp.server.features.code_lens import brief, state
from codeact_lsp.server.features.inlay_hints import short
from codeact_lsp.server.saving import stale

if TYPE_CHECKING:
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer
    from codeact_lsp.server.snapshot import Snapshot


def states(server: "PlanServer", opened: "OpenPlan") -> dict[str, Any]:
    """What holds of a plan at this moment, as plain data.

    Returns:
        `running`; the `stale` nodes, which edits and new inputs affected; and of each of the
        `nodes` of which something is known what that is, those that others need first.
    """
    snapshot = server.session.snapshot_of(opened)
    return {
        "running": snapshot.running,
        "stale": list(stale(opened, snapshot.settings)),
        "nodes": [_of_node(snapshot, name, seen) for name, seen in snapshot.seen.items()],
    }


def _of_node(snapshot: "Snapshot", name: str, seen: Seen) -> dict[str, Any]:
    result, error = seen.result, seen.error
    place = relocate(seen.plan, snapshot.plan, error.focus or error.span) if error else None
    usage = result.usage if result else seen.usage
    return {
        "node": name,
        "status": seen.status.value,
        "line": state(seen, cache=snapshot.plan.table.nodes[name].directives.cache),
        "wall": usage.wall or None,
        "memory": usage.memory or None,
        "value": short(result.preview) if result else "",
        "error": brief(error) if error else "",
        "range": wire.span(place, snapshot.plan.source) if place else None,
        "by": list(seen.by),
    }
